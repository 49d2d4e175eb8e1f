"""What a net answered after epochs of its training, as it is kept in the run's folder and shown."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from core.runs.inspections import Inspection

_FILE = "epoch_answers.npz"


@dataclass(frozen=True, eq=False)
class EpochAnswers:
    """The answer to `core.runs.inspections.ask_epoch_answers`.

    ``answers``: float32, (epochs, images, units), what the net gave for the validation images in the order of
    ``assignment.rows("validation")`` with the weights after each of ``epochs``, which ascend from 1. Numbers are in
    their own units.
    """

    epochs: tuple[int, ...]
    answers: np.ndarray

    @classmethod
    def read(cls, inspection: Inspection) -> Self:
        """Those that an answered inspection holds."""
        assert inspection.data is not None
        return cls._from_file(io.BytesIO(inspection.data))

    @classmethod
    def stored(cls, folder: Path) -> Self | None:
        """Those that were asked for before, in the ``folder`` of a run; None where nobody did since it last trained."""
        path = folder / _FILE
        return cls._from_file(path) if path.exists() else None

    def store(self, folder: Path) -> None:
        """Keeps them in the ``folder`` of a run."""
        unfinished = folder / f".unfinished-{_FILE}"
        unfinished.write_bytes(self.to_data())
        unfinished.replace(folder / _FILE)

    def to_result(self) -> Mapping[str, Any]:
        """The epochs, as JSON values."""
        return {"epochs": list(self.epochs)}

    def to_data(self) -> bytes:
        """All of it as a compressed npz file."""
        file = io.BytesIO()
        np.savez_compressed(file, epochs=np.array(self.epochs), answers=self.answers)
        return file.getvalue()

    @classmethod
    def _from_file(cls, file: Path | io.BytesIO) -> Self:
        with np.load(file, allow_pickle=False) as arrays:
            return cls(tuple(arrays["epochs"].tolist()), arrays["answers"])


def forget_answers(folder: Path) -> None:
    """For a run that goes on: its epochs will be others."""
    (folder / _FILE).unlink(missing_ok=True)
