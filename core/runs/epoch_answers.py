"""What a net answered after epochs of its training, as the run's folder keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

_FILE = "epoch_answers.npz"


@dataclass(frozen=True)
class EpochAnswers:
    """What `core.runs.inspections.ask_epoch_answers` has left in ``file``: the answers after each of ``epochs``, which
    ascend from 1. They may be many, so that those of one epoch are read at a time."""

    file: Path
    epochs: tuple[int, ...]

    @classmethod
    def stored(cls, folder: Path) -> Self | None:
        """Those in the ``folder`` of a run; None where nobody has asked for them since it last trained."""
        file = folder / _FILE
        if not file.exists():
            return None
        with np.load(file, allow_pickle=False) as arrays:
            epochs = tuple(sorted(int(name) for name in arrays.files if name.isdigit()))
        return cls(file, epochs) if epochs else None  # an older file has other names

    @classmethod
    def store(cls, folder: Path, answers: Mapping[int, np.ndarray]) -> Self:
        """Keeps ``answers`` by epoch, as `after` gives them, in the ``folder`` of a run."""
        unfinished = folder / f".unfinished-{_FILE}"
        named: dict[str, Any] = {f"{epoch:05d}": of_epoch for epoch, of_epoch in answers.items()}
        with unfinished.open("wb") as file:
            np.savez(file, **named)
        unfinished.replace(folder / _FILE)
        return cls(folder / _FILE, tuple(sorted(answers)))

    def after(self, epoch: int) -> np.ndarray:
        """Float32, (images, units): what the net gave for the validation images, in the order of
        ``assignment.rows("validation")``, with its weights after ``epoch``, one of ``epochs``. Numbers are in their own
        units."""
        with np.load(self.file, allow_pickle=False) as arrays:
            return arrays[f"{epoch:05d}"]


def forget_answers(folder: Path) -> None:
    """For a run that goes on: its epochs will be others."""
    (folder / _FILE).unlink(missing_ok=True)
