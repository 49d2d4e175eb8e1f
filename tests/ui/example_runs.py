"""A run in several states of its life, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.recipe import load
from core.runs.run import Run
from core.runs.states import RunState

START = datetime(2026, 1, 31, 14, 25, tzinfo=UTC)
NOW = START + timedelta(seconds=12)
RUN = Run(
    id="run",
    number=1,
    project_id="project",
    dataset_id="dataset",
    recipe=load(Path("recipes/first_cnn.yaml")),
    state=RunState.RUNNING,
    epoch=0,
    step=0,
    steps_per_epoch=None,
    parameters=None,
    stop_requested=False,
    message=None,
    process=None,
    created_at=START,
    started_at=START,
    heartbeat_at=NOW,
    finished_at=None,
    epoch_seconds=None,
)
BUILT = replace(RUN, steps_per_epoch=100)
EPOCHS = RUN.epochs
STEPS = 100 * EPOCHS
AFTER_240 = replace(BUILT, epoch=2, step=240)
CONTINUED = replace(AFTER_240, worked_seconds=48.0)
