"""Augmented copies of one image, as they are kept and shown."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np


@dataclass(frozen=True, eq=False)
class AugmentedImages:
    """The answer to `core.runs.inspections.ask_augmented_images`: uint8, (copies, height, width, channels)."""

    images: np.ndarray

    @classmethod
    def from_answer(cls, _result: Mapping[str, Any], data: bytes) -> Self:
        """Reads what `to_result` and `to_data` made and an inspection kept."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays["images"])

    def to_result(self) -> dict[str, Any]:
        """Everything but the pixels, in JSON values."""
        return {"copies": len(self.images)}

    def to_data(self) -> bytes:
        """The pixels as a compressed npz file."""
        file = io.BytesIO()
        np.savez_compressed(file, images=self.images)
        return file.getvalue()
