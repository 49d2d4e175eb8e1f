"""The images of a split that whoever is compared with a net may see: those of training and validation."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.errors import RunError
from core.message import say
from core.split import Assignment


@dataclass(frozen=True, eq=False)
class VisibleRows:
    """The positions of the training and the validation images among ``images`` of a dataset, each ascending. Where the
    others are, nobody can learn from it."""

    train: np.ndarray
    validation: np.ndarray
    images: int

    @classmethod
    def of(cls, assignment: Assignment) -> Self:
        """Those of ``assignment``. Raises RunError where one of the two parts is empty."""
        train, validation = assignment.rows("train"), assignment.rows("validation")
        if not (len(train) and len(validation)):
            raise RunError(
                say("There is nothing to compare a net with: the split has no training or no validation images.")
            )
        return cls(train, validation, len(assignment.parts))

    def to_json(self) -> dict[str, Any]:
        """A bit for each image and part; `from_json` reads it back."""
        parts = {"train": self.train, "validation": self.validation}
        return {"images": self.images} | {name: _bits(rows, self.images) for name, rows in parts.items()}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        images = content["images"]
        return cls(_rows(content["train"], images), _rows(content["validation"], images), images)


def _bits(rows: np.ndarray, images: int) -> str:
    is_in = np.zeros(images, dtype=bool)
    is_in[rows] = True
    return base64.b64encode(np.packbits(is_in).tobytes()).decode()


def _rows(bits: str, images: int) -> np.ndarray:
    packed = np.frombuffer(base64.b64decode(bits), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(packed, count=images))
