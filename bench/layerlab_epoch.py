"""The one place where the benchmarks call Layerlab's training loop as a run does, but for what a run stores."""

from collections.abc import Callable

from bench.contenders.arrays import Arrays
from bench.contenders.arrays import Examples as Digits
from bench.work import CLASSES, recipe
from core.runs.progress import EpochMetrics
from core.training.build import Parts
from core.training.data import Examples, TrainingData, encode
from core.training.job import prepare
from core.training.loop import fit
from core.training.watcher import Nobody


def train(arrays: Arrays, epochs: int, seed: int, after_epoch: Callable[[int, float | None], None]) -> None:
    """Trains the net of the benchmarks; ``after_epoch`` gets the epoch, from 1, and its validation accuracy."""
    whole = recipe(epochs, seed)
    parts = prepare(whole)
    fit(
        parts,
        TrainingData(_examples(arrays.training, parts), _examples(arrays.validation, parts)),
        whole.training,
        _Watcher(after_epoch),
    )


class _Watcher(Nobody):
    def __init__(self, after_epoch: Callable[[int, float | None], None]) -> None:
        self._after_epoch = after_epoch

    def on_epoch(self, epoch: EpochMetrics) -> None:
        self._after_epoch(epoch.epoch, epoch.val_accuracy)


def _examples(digits: Digits, parts: Parts) -> Examples:
    return Examples.of(digits.images, encode(digits.labels, parts.labels, units=CLASSES))
