"""A training that was interrupted ends, to the last bit, as one that was not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event

import keras
import numpy as np
import pandas as pd
import pytest

from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_rotation import RandomRotation
from core.dataset.store import Dataset
from core.message import say
from core.recipe import Recipe
from core.runs import progress
from core.runs.admission import admit
from core.runs.control import go_on
from core.runs.database import Database
from core.runs.process import PROJECT_ROOT, Process
from core.runs.progress import Live, RateChange, StepMetrics
from core.runs.queue import claim, write_lost
from core.runs.states import RunState
from core.runs.store import epochs, get, run_folder, steps
from core.training import worker
from core.training.build import Parts
from core.training.checkpoint import Checkpoints, Interval
from core.training.checkpoint import read as read_checkpoint
from core.training.job import prepare
from core.training.loop import Outcome, fit
from core.training.reporter import Reporter
from core.workspace import Workspace
from tests.core.runs.builders import eventually
from tests.core.training.nets import SOFTMAX, Recorder, Report, recipe_of, some_data
from tests.core.training.stored import make_dataset
from tests.samples import some

NET = (Conv2D(filters=2, kernel_size=3), BatchNormalization(), Flatten(), Dropout(rate=0.5), SOFTMAX)
BY_CHANCE = (RandomFlip(), RandomRotation(factor=0.1))
CLASS_WEIGHTS = (0.5, 2.0, 1.0)
IMAGES, STEPS = 36, 10
"""Batches of 8, one smaller batch behind them, two epochs."""

RATE_CHANGES = (RateChange(1, 0.02, step=3), RateChange(2, 0.005, step=7))
NEVER, ALWAYS = Interval(seconds=1e9), Interval(steps=1)
PATIENCE_SECONDS = 200


def course(**training: object) -> Recipe:
    """Everything that a step depends on besides the images: chance, slots, running means, rates, the best epoch."""
    settings = {
        "optimizer": {"kind": "Adam", "learning_rate": 0.01},
        "schedule": {"kind": "CosineDecay", "warmup_epochs": 0.5},
        "keep_best": "val_loss",
        "reduce_on_plateau": {"patience": 1, "min_delta": 10.0, "factor": 0.5},
        "early_stopping": {"patience": 50},
        "metrics": ("mean_absolute_error",),
        "seed": 3,
    }
    return recipe_of(NET, augmentation=BY_CHANCE, **settings | training)


@dataclass(frozen=True)
class Ended:
    """What a training left: its report, the model's weights, and all else that a step depends on."""

    report: Report
    weights: list[np.ndarray]
    variables: list[np.ndarray]


class Dies(Recorder):
    """The process ends in the middle of its work, after so many calls."""

    def __init__(self, after_calls: int) -> None:
        super().__init__()
        self._after_calls = after_calls

    def on_steps(self, steps: Sequence[StepMetrics], live: Live) -> None:
        super().on_steps(steps, live)
        if len(self.calls) == self._after_calls:
            raise InterruptedError


def carried_on(recipe: Recipe, recorder: Recorder, checkpoints: Checkpoints | None) -> Ended:
    """As a fresh process does it: other random numbers were drawn, and nothing is left but the checkpoints."""
    parts = prepare(recipe)
    data = some_data(parts, images=IMAGES, class_weights=CLASS_WEIGHTS)
    result = fit(parts, data, recipe.training, recorder, checkpoints, chunk_seconds=0.0)
    return Ended(recorder.report(result), parts.model.get_weights(), _values(parts))


@cache
def uninterrupted(rate_changes: tuple[RateChange, ...] = ()) -> Ended:
    return carried_on(course(), Recorder(rate_changes=rate_changes), None)


def test_the_uninterrupted_training_has_all_that_could_be_forgotten() -> None:
    whole = uninterrupted()

    assert whole.report.outcome is Outcome.COMPLETED
    assert [step.step for step in whole.report.steps] == list(range(1, STEPS + 1))
    assert whole.report.kept_epoch in (1, 2)


@pytest.mark.parametrize("calls", some(range(STEPS), (0, 1, 4, 5, 6, 9)))
def test_a_paused_training_goes_on_exactly_where_it_was(calls: int, tmp_path: Path) -> None:
    before = carried_on(course(), Recorder(pause_after_calls=calls), Checkpoints(tmp_path, NEVER))

    after = carried_on(course(), Recorder(), Checkpoints(tmp_path, NEVER))

    assert before.report.outcome is Outcome.PAUSED
    _assert_as_uninterrupted([before.report, after.report], after)


@pytest.mark.parametrize("judged", [0, 1, 2])
def test_a_training_that_is_paused_while_it_is_judged_goes_on_there(judged: int, tmp_path: Path) -> None:
    class PausesWhileJudged(Recorder):
        asked = 0

        def orders(self):
            self.asked += 1
            asked_in_epoch = STEPS // 2 + judged + 1
            return progress.Orders(stop=False, pause=self.asked == asked_in_epoch)

    before = carried_on(course(), PausesWhileJudged(), Checkpoints(tmp_path, NEVER))
    snapshot = read_checkpoint(tmp_path)

    after = carried_on(course(), Recorder(), Checkpoints(tmp_path, NEVER))

    assert (snapshot.content["epoch"], len(snapshot.arrays["judged_images"])) == (0, judged)
    _assert_as_uninterrupted([before.report, after.report], after)


@pytest.mark.parametrize("calls", some(range(1, STEPS + 1), (1, 4, 5, 6, 10)))
def test_a_training_whose_process_dies_goes_on_from_its_last_checkpoint(calls: int, tmp_path: Path) -> None:
    dying = Dies(after_calls=calls)
    with pytest.raises(InterruptedError):
        carried_on(course(), dying, Checkpoints(tmp_path, ALWAYS))

    snapshot = read_checkpoint(tmp_path)
    after = carried_on(course(), Recorder(), Checkpoints(tmp_path, ALWAYS))

    epoch, done = (0, 0) if snapshot is None else (snapshot.content["epoch"], snapshot.content["step"])
    assert done == calls - 1
    kept_steps = [step for call in dying.calls for step in call if step.step <= done]
    before = Report(Outcome.PAUSED, None, kept_steps, dying.epochs[:epoch], done)
    _assert_as_uninterrupted([before, after.report], after)


def test_a_training_may_be_interrupted_again_and_again(tmp_path: Path) -> None:
    reports = []
    while not reports or reports[-1].outcome is Outcome.PAUSED:
        ended = carried_on(course(), Recorder(pause_after_calls=1), Checkpoints(tmp_path, NEVER))
        reports.append(ended.report)

    assert len(reports) == STEPS + 1
    _assert_as_uninterrupted(reports, ended)


@pytest.mark.parametrize("calls", some(range(1, STEPS), (2, 3, 5, 7, 8)))
def test_a_changed_learning_rate_is_changed_at_the_same_step_again(calls: int, tmp_path: Path) -> None:
    whole = uninterrupted(RATE_CHANGES)
    carried_on(course(), Recorder(pause_after_calls=calls, rate_changes=RATE_CHANGES), Checkpoints(tmp_path, NEVER))

    after = carried_on(course(), Recorder(rate_changes=RATE_CHANGES), Checkpoints(tmp_path, NEVER))

    assert [step.learning_rate for step in after.report.steps] == [
        step.learning_rate for step in whole.report.steps[calls:]
    ]
    _assert_equal(after.weights, whole.weights)


def test_a_training_that_was_completed_has_nothing_left_to_do(tmp_path: Path) -> None:
    carried_on(course(), Recorder(), Checkpoints(tmp_path, NEVER))

    after = carried_on(course(), Recorder(), Checkpoints(tmp_path, NEVER))

    assert (after.report.outcome, after.report.calls, after.report.epochs) == (Outcome.COMPLETED, 0, [])
    _assert_equal(after.weights, uninterrupted().weights)


@pytest.fixture
def dataset(workspace: Workspace, tmp_path: Path) -> Dataset:
    return make_dataset(workspace, tmp_path / "rows", 60)


def test_a_process_that_is_killed_loses_nothing_but_time(
    database: Database, workspace: Workspace, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERLAB_CHECKPOINT_STEPS", "5")
    recipe = course(epochs=60, batch_size=4, class_weights="balanced")
    process = Process.of(os.getpid())
    for name in ("whole", "killed"):
        admit(database, workspace, recipe, dataset.id, project_id=None, name=name, process=process)
    worker.work(database, workspace, progress.begin(database, "whole", os.getpid()), Event())

    _kill_when(lambda: get(database, "killed").step > 20, "killed")
    assert get(database, "killed").state is RunState.RUNNING
    write_lost(database, "killed", say("The training process was killed."))
    go_on(database, "killed")
    assert claim(database, process) == "killed"
    state = worker.work(database, workspace, progress.begin(database, "killed", os.getpid()), Event())

    assert (state, get(database, "whole").state) == (RunState.COMPLETED, RunState.COMPLETED)
    _resumed_epoch, resumed_step = get(database, "killed").resumed_at
    assert 0 < resumed_step < get(database, "killed").step
    models = [
        keras.models.load_model(run_folder(workspace, name) / "model.keras").get_weights()
        for name in ("whole", "killed")
    ]
    _assert_equal(*models)
    figures = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"]
    pd.testing.assert_frame_equal(*(epochs(database, name)[figures] for name in ("whole", "killed")))
    pd.testing.assert_frame_equal(*(steps(database, name) for name in ("whole", "killed")))


def test_what_was_said_is_in_the_database_before_a_checkpoint_is_written(database, workspace, dataset) -> None:
    process = Process.of(os.getpid())
    admit(database, workspace, course(), dataset.id, project_id=None, name="one", process=process)
    progress.begin(database, "one", os.getpid())

    with Reporter(database, "one", Event(), seconds=1e6) as reporter:
        reporter.on_steps([StepMetrics(1, 0.5, 0.25)], Live())
        reporter.on_checkpoint()

        assert steps(database, "one")["loss"].tolist() == [0.5]


def _kill_when(is_so, run_id: str) -> None:
    command = [sys.executable, "-m", "core.training.worker", run_id]
    with subprocess.Popen(command, cwd=PROJECT_ROOT) as process:
        try:
            eventually(is_so, PATIENCE_SECONDS)
        finally:
            process.kill()
    assert process.returncode == -signal.SIGKILL


def _values(parts: Parts) -> list[np.ndarray]:
    return [variable.numpy() for variable in parts.variables]


def _assert_as_uninterrupted(reports: Sequence[Report], last: Ended) -> None:
    whole = uninterrupted()
    assert [step for report in reports for step in report.steps] == whole.report.steps
    assert [figures for report in reports for figures in report.history] == whole.report.history
    assert [rate for report in reports for rate in _rates(report)] == list(_rates(whole.report))
    assert (last.report.outcome, last.report.kept_epoch) == (Outcome.COMPLETED, whole.report.kept_epoch)
    _assert_equal(last.weights, whole.weights)
    _assert_equal(last.variables, whole.variables)


def _rates(report: Report) -> Iterator[float | None]:
    return (epoch.learning_rate for epoch in report.epochs)


def _assert_equal(these: Sequence[np.ndarray], those: Sequence[np.ndarray]) -> None:
    for this, that in zip(these, those, strict=True):
        np.testing.assert_array_equal(this, that)
