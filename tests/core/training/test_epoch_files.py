"""The weights of epochs that a training keeps, against trainings that ended with those epochs."""

import os
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from core.architecture import Residual
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.flatten import Flatten
from core.errors import RunError
from core.recipe import Recipe
from core.runs import control, progress
from core.runs.admission import admit
from core.runs.epoch_answers import EpochAnswers
from core.runs.epoch_weights import epoch_file, kept_epochs, weights_of
from core.runs.process import Process
from core.runs.queue import claim
from core.runs.store import get, run_folder
from core.training import worker
from core.training.build import build, weight_names
from core.training.checkpoint import Checkpoints, Interval
from core.training.epoch_files import EpochFiles, planned_epochs
from core.training.loop import Outcome, fit
from tests.core.training.nets import SMALL_NET, SOFTMAX, Recorder, Report, parts_of, recipe_of, some_data
from tests.core.training.stored import make_dataset

MEGABYTE = 2**20
NEVER, ALWAYS = Interval(seconds=1e9), Interval(steps=1)
STEPS_PER_EPOCH = 6

CONV = Conv2D(filters=4, kernel_size=3, padding="same")
BLOCK = Residual(layers=(BatchNormalization(), Conv2D(filters=2, kernel_size=3, padding="same")), activation="relu")


@pytest.mark.parametrize(
    ("epochs", "weight_bytes", "kept"),
    [
        (1, 1, [1]),
        (24, 1, list(range(1, 25))),
        (25, 1, [*range(1, 20), 20, 22, 23, 25]),
        (100, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 18, 21, 25, 30, 36, 43, 51, 60, 71, 84, 100]),
        (64, 64 * MEGABYTE, [4, 16, 64]),  # 256 MB are four files, one of which is for the best epoch
        (4, 64 * MEGABYTE, [1, 2, 3, 4]),
        (64, 128 * MEGABYTE, [64]),
        (64, 200 * MEGABYTE, []),  # only the last one and the best one
        (1, 10**12, []),
    ],
)
def test_of_a_long_training_epochs_are_kept_ever_fewer_as_it_goes_on(epochs, weight_bytes, kept):
    assert sorted(planned_epochs(epochs, weight_bytes)) == kept


@pytest.mark.parametrize("weight_bytes", [1, 11 * MEGABYTE, 50 * MEGABYTE, 100 * MEGABYTE])
@pytest.mark.parametrize("epochs", [2, 5, 23, 26, 99, 1234, 10_000])
def test_what_is_kept_stays_within_its_bounds(epochs, weight_bytes):
    planned = planned_epochs(epochs, weight_bytes)
    assert planned <= set(range(1, epochs + 1))
    assert epochs in planned
    with_the_best = min(epochs, len(planned) + 1)
    assert with_the_best <= 24
    assert with_the_best * weight_bytes <= 256 * MEGABYTE


def test_weights_are_named_by_the_place_of_their_layer():
    layers = (CONV.changed(disabled=True), CONV, BLOCK, Flatten(), SOFTMAX)
    model = build(recipe_of(layers))
    names = weight_names(model)
    shapes = dict(zip(names, (weights.shape for weights in model.get_weights()), strict=True))
    assert len(shapes) == len(names)
    assert shapes == {
        "1/kernel": (3, 3, 1, 4),
        "1/bias": (4,),
        "2.0/gamma": (4,),
        "2.0/beta": (4,),
        "2.0/moving_mean": (4,),
        "2.0/moving_variance": (4,),
        "2.1/kernel": (3, 3, 4, 2),
        "2.1/bias": (2,),
        "2.projection/kernel": (1, 1, 4, 2),
        "4/kernel": (128, 3),
        "4/bias": (3,),
    }


def few(folder: Path, recipe: Recipe, planned: tuple[int, ...] = ()) -> EpochFiles:
    """As for a net that is so large that only ``planned`` epochs are kept besides those that always are."""
    return EpochFiles(folder, weight_names(build(recipe)), frozenset(planned))


def trained(
    recipe: Recipe, epoch_files: EpochFiles, recorder: Recorder | None = None, checkpoints: Checkpoints | None = None
) -> Report:
    recorder, parts = recorder or Recorder(), parts_of(recipe)
    data = some_data(parts)
    result = fit(parts, data, recipe.training, recorder, checkpoints, chunk_seconds=0.0, epoch_files=epoch_files)
    return recorder.report(result)


def weights_after(recipe: Recipe, epochs: int) -> list[np.ndarray]:
    """By a training that is over then."""
    shorter = recipe.model_copy(update={"training": recipe.training.model_copy(update={"epochs": epochs})})
    parts = parts_of(shorter)
    fit(parts, some_data(parts), shorter.training, Recorder(), chunk_seconds=0.0)
    return parts.model.get_weights()


def test_each_epoch_has_the_weights_of_a_training_that_ended_with_it(tmp_path):
    recipe = recipe_of((CONV, BLOCK, Flatten(), SOFTMAX), epochs=3)
    trained(recipe, EpochFiles.of(tmp_path, build(recipe), 3))
    assert kept_epochs(tmp_path) == [1, 2, 3]
    for epoch in (1, 2, 3):
        kept = weights_of(tmp_path, epoch)
        assert list(kept) == weight_names(build(recipe))
        for one, other in zip(kept.values(), weights_after(recipe, epoch), strict=True):
            np.testing.assert_array_equal(one, other, strict=True)


HIGH_RATE = {"optimizer": {"kind": "SGD", "learning_rate": 0.5}, "epochs": 6, "keep_best": "val_loss", "seed": 1}


def test_the_last_and_the_best_epoch_are_there_at_the_end(tmp_path):
    recipe = recipe_of(SMALL_NET, **HIGH_RATE)
    report = trained(recipe, few(tmp_path, recipe, planned=(2,)))
    losses = [epoch.val_loss for epoch in report.epochs]
    best = int(np.argmin(losses)) + 1
    assert report.kept_epoch == best not in (2, 6), "else this tells nothing of the best epoch"
    assert kept_epochs(tmp_path) == sorted({2, best, 6})
    for one, other in zip(weights_of(tmp_path, best).values(), weights_after(recipe, best), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("calls", "kept"), [(0, []), (3, []), (STEPS_PER_EPOCH + 2, [1]), (3 * STEPS_PER_EPOCH + 1, [3])]
)
def test_a_training_that_is_stopped_leaves_its_last_whole_epoch(tmp_path, calls, kept):
    recipe = recipe_of(SMALL_NET, epochs=5)
    report = trained(recipe, few(tmp_path, recipe), Recorder(stop_after_calls=calls))
    assert report.outcome is Outcome.STOPPED
    assert kept_epochs(tmp_path) == sorted({*kept, report.kept_epoch} - {None})


class Dies(Recorder):
    """The process ends in the middle of an epoch."""

    def orders(self):
        if len(self.calls) == 3 * STEPS_PER_EPOCH + 2:
            raise InterruptedError
        return super().orders()


@pytest.mark.parametrize("interval", [NEVER, ALWAYS])
def test_a_training_that_goes_on_keeps_what_an_uninterrupted_one_keeps(tmp_path, interval):
    recipe = recipe_of(SMALL_NET, epochs=5, keep_best="val_loss")
    whole, parted = few(tmp_path / "whole", recipe, (2,)), few(tmp_path / "parted", recipe, (2,))
    for each in (whole, parted):
        each.folder.mkdir()
    trained(recipe, whole)

    checkpoints = Checkpoints(tmp_path / "checkpoint", interval)
    with pytest.raises(InterruptedError):
        trained(recipe, parted, Dies(), checkpoints)
    snapshot = checkpoints.read()
    done = snapshot.content["epoch"] if snapshot else 0
    parted.forget_after(done)
    assert kept_epochs(parted.folder) == ([2, 3] if done else [])
    trained(recipe, few(parted.folder, recipe, (2,)), checkpoints=Checkpoints(tmp_path / "checkpoint", interval))

    assert kept_epochs(parted.folder) == kept_epochs(whole.folder)
    for epoch in kept_epochs(whole.folder):
        assert epoch_file(parted.folder, epoch).read_bytes() == epoch_file(whole.folder, epoch).read_bytes()


def test_the_epoch_of_the_last_checkpoint_stays_until_the_next_one(tmp_path):
    files = EpochFiles(tmp_path, ["0/bias"], frozenset())
    weights = [np.zeros(3, np.float32)]
    kept = []
    for epoch in range(1, 6):
        files.on_epoch(epoch, weights)
        if epoch == 2:
            files.on_checkpoint(epoch)
        kept.append(kept_epochs(tmp_path))
    assert kept == [[1], [2], [2, 3], [2, 4], [2, 5]]
    files.on_end(5, 4, weights)
    assert kept_epochs(tmp_path) == [4, 5]
    assert sorted(path.name for path in (tmp_path / "epochs").iterdir()) == ["00004.npz", "00005.npz"]


def test_a_run_that_goes_on_has_no_epochs_and_no_answers_from_after_its_checkpoint(database, workspace, tmp_path):
    dataset = make_dataset(workspace, tmp_path / "rows", 40)
    process = Process.of(os.getpid())
    recipe = recipe_of(SMALL_NET, epochs=2)
    admit(database, workspace, recipe, dataset.id, project_id=None, name="one", process=process)
    folder = run_folder(workspace, "one")
    weights = [np.zeros(1, np.float32)]
    EpochFiles(folder, ["0/bias"], frozenset({7})).on_epoch(7, weights)
    EpochAnswers.store(folder, {7: np.zeros((2, 3), np.float32)})

    worker.work(database, workspace, progress.begin(database, "one", os.getpid()), Event())

    assert kept_epochs(folder) == [1, 2]
    assert EpochAnswers.stored(folder) is None

    child = control.train_further(database, workspace, "one", 2).id
    assert kept_epochs(run_folder(workspace, child)) == []
    assert claim(database, process) == child
    worker.work(database, workspace, progress.begin(database, child, os.getpid()), Event())
    assert get(database, child).epoch == 4
    assert kept_epochs(run_folder(workspace, child)) == [3, 4]
    with pytest.raises(RunError):
        weights_of(run_folder(workspace, child), 2)
