from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.recipe import load
from core.runs.run import Run
from core.runs.states import RunState
from ui.run_progress import progress

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


@pytest.mark.parametrize(
    ("run", "before", "expected"),
    [
        (
            replace(RUN, state=RunState.QUEUED, started_at=None),
            0,
            "Next in line: the training process is getting ready",
        ),
        (replace(RUN, state=RunState.QUEUED, started_at=None), 1, "In the queue: 1 run is before it."),
        (replace(RUN, state=RunState.QUEUED, started_at=None), 3, "In the queue: 3 runs are before it."),
        (RUN, 0, "Getting ready: the model is being built"),
        (BUILT, 0, f"Epoch 1 of {EPOCHS} · update 0 of {100 * EPOCHS} · 12 seconds so far"),
        (
            replace(BUILT, epoch=1, step=100, epoch_seconds=12.0),
            0,
            f"Epoch 2 of {EPOCHS} · update 100 of {100 * EPOCHS} · 12 seconds so far · about "
            f"{12 * (EPOCHS - 1)} seconds left",
        ),
        (replace(BUILT, epoch=EPOCHS, step=100 * EPOCHS, epoch_seconds=12.0), 0, f"Epoch {EPOCHS} of {EPOCHS}"),
        (replace(BUILT, stop_requested=True), 0, "Stopping after the update that is being made."),
        (
            replace(BUILT, state=RunState.STOPPED, epoch=2, finished_at=NOW),
            0,
            f"2 of {EPOCHS} epochs done in 12 seconds",
        ),
        (replace(RUN, state=RunState.STOPPED, started_at=None), 0, "It was taken out of the queue before it began."),
    ],
)
def test_how_far_a_run_is(run, before, expected):
    assert str(progress(run, NOW, before)).startswith(expected)
