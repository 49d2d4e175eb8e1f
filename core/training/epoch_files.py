"""Keeping the weights of epochs while a run trains: those to look back at, the last ones, and the best ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import keras
import numpy as np

from core.runs.epoch_weights import epoch_file, kept_epochs
from core.training.build import weight_names

MOST_FILES = 24
MOST_BYTES = 256 * 2**20


def planned_epochs(epochs: int, weight_bytes: int) -> frozenset[int]:
    """Those of ``epochs`` whose weights, of ``weight_bytes``, stay whatever comes after them.

    Of a short training that is all of them; of a longer one every so many times as late an epoch, since a net changes
    most at first. The last one is among them, and room is left for the best one. It follows from the two numbers alone,
    so that a training that was interrupted keeps what it would have kept.
    """
    files = min(MOST_FILES, MOST_BYTES // max(weight_bytes, 1))
    if epochs <= files:
        return frozenset(range(1, epochs + 1))
    return frozenset(_growing_apart(epochs, files - 1))


def _growing_apart(last: int, count: int) -> list[int]:
    """``count`` whole numbers up to ``last``, each about as many times the one before, and none of them twice."""
    numbers: list[int] = []
    for left in range(count, 0, -1):
        before = numbers[-1] if numbers else 0
        start = max(before, 1)
        numbers.append(max(before + 1, round(start * (last / start) ** (1 / left))))
    return numbers


@dataclass
class EpochFiles:
    """Writes the weights of epochs into the ``folder`` of a run. ``names`` are those of ``model.get_weights()``.

    Besides the ``planned`` epochs the newest one is there, so that the last one is, however the training ends; and that
    of the last checkpoint, since a training that goes on from there may end before it has done another one.
    """

    folder: Path
    names: Sequence[str]
    planned: frozenset[int]
    _secured: int = field(default=0, init=False)

    @classmethod
    def of(cls, folder: Path, model: keras.Model, epochs: int) -> Self:
        """For a training of ``model`` that is to take ``epochs``."""
        weight_bytes = sum(weights.nbytes for weights in model.get_weights())
        return cls(folder, weight_names(model), planned_epochs(epochs, weight_bytes))

    def on_epoch(self, epoch: int, weights: Sequence[np.ndarray]) -> None:
        """Keeps the ``weights`` after ``epoch``, from 1."""
        self._write(epoch, weights)
        self._thin(epoch, self._secured)

    def on_checkpoint(self, epoch: int) -> None:
        """A training that goes on will do so behind ``epoch``."""
        self._secured = epoch

    def on_end(self, epoch: int, best_epoch: int | None, best_weights: Sequence[np.ndarray]) -> None:
        """The training ended after ``epoch``, and the model has the weights of ``best_epoch``, where that is one."""
        if best_epoch is not None:
            self._write(best_epoch, best_weights)
        self._thin(epoch, best_epoch)

    def forget_after(self, epoch: int) -> None:
        """What came after ``epoch`` will be done again."""
        for later in (each for each in kept_epochs(self.folder) if each > epoch):
            epoch_file(self.folder, later).unlink()

    def _thin(self, *epochs: int | None) -> None:
        """Only the planned ones and ``epochs`` stay."""
        for epoch in set(kept_epochs(self.folder)) - self.planned - set(epochs):
            epoch_file(self.folder, epoch).unlink()

    def _write(self, epoch: int, weights: Sequence[np.ndarray]) -> None:
        """The file is there as a whole or not at all; neither packed nor pressed onto the disk, which would take time.

        One that a failure of the power left damaged costs a look at that epoch, and nothing else.
        """
        path = epoch_file(self.folder, epoch)
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_name(f".unfinished-{path.name}")
        with unfinished.open("wb") as file:
            np.savez(file, allow_pickle=False, **dict(zip(self.names, weights, strict=True)))
        unfinished.replace(path)
