"""The output of one layer for one image, as it is kept and shown."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.architecture import Shape
from core.message import say
from core.runs.inspections import Inspection, InspectionError

MOST_CHANNELS = 64
MOST_UNITS = 512
LARGEST_SIDE = 144
"""Pixels of a map that is kept: larger ones are made smaller by averaging over blocks."""


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """The answer to `core.runs.inspections.ask_feature_maps`.

    ``shape`` is that of the whole output, ``(height, width, channels)`` or ``(units,)``. ``shown`` holds its first
    channels or units. For maps it is uint8, (height, width, channels): each channel goes from its own ``low``, as 0, to
    its own ``high``, as 255, in blocks where it is larger than `LARGEST_SIDE`. For a vector it is float32, (units,),
    with one ``low`` and one ``high`` for all its units.
    """

    shape: Shape
    low: tuple[float, ...]
    high: tuple[float, ...]
    shown: np.ndarray

    @classmethod
    def of(cls, output: np.ndarray) -> Self:
        """Those of ``output``, floats of one image. InspectionError where one of them is not a finite number."""
        refuse_not_finite(output)
        if output.ndim == 1:
            low, high = float(output.min()), float(output.max())
            return cls(output.shape, (low,), (high,), output[:MOST_UNITS].astype(np.float32))
        channels = output[..., :MOST_CHANNELS].astype(np.float64)
        lows, highs = channels.min(axis=(0, 1)), channels.max(axis=(0, 1))
        spans = np.where(highs > lows, highs - lows, 1.0)
        shown = np.rint(_smaller((channels - lows) / spans) * 255).astype(np.uint8)
        return cls(output.shape, tuple(lows.tolist()), tuple(highs.tolist()), shown)

    @classmethod
    def read(cls, inspection: Inspection) -> Self:
        """Those that an answered inspection holds."""
        assert inspection.result is not None
        assert inspection.data is not None
        result: Mapping[str, Any] = inspection.result
        with np.load(io.BytesIO(inspection.data), allow_pickle=False) as arrays:
            shown = arrays["shown"]
        return cls(tuple(result["shape"]), tuple(result["low"]), tuple(result["high"]), shown)

    @property
    def is_vector(self) -> bool:
        """Whether there are units to show, and no maps."""
        return len(self.shape) == 1

    @property
    def channels(self) -> int:
        """How many channels or units the whole output has."""
        return self.shape[-1]

    def to_result(self) -> dict[str, Any]:
        """Everything but ``shown``, in JSON values."""
        return {
            "shape": list(self.shape),
            "channels": self.channels,
            "low": list(self.low),
            "high": list(self.high),
        }

    def to_data(self) -> bytes:
        """``shown`` as a compressed npz file."""
        file = io.BytesIO()
        np.savez_compressed(file, shown=self.shown)
        return file.getvalue()


def refuse_not_finite(values: np.ndarray) -> None:
    """InspectionError where one of ``values``, which come from a layer, is not a finite number."""
    if np.isfinite(values).all():
        return
    raise InspectionError(
        say(
            "This layer's output holds values that are not finite numbers, so there is no picture of it. The "
            "weights are too large: a lower learning rate keeps them small."
        )
    )


def _smaller(channels: np.ndarray) -> np.ndarray:
    """``channels`` (height, width, channels) as means over blocks, so that no side is longer than `LARGEST_SIDE`.

    Rows and columns that fill no block at the end are left out.
    """
    block = -(-max(channels.shape[:2]) // LARGEST_SIDE)
    height, width = (max(length // block, 1) for length in channels.shape[:2])
    rows, columns = min(block, channels.shape[0]), min(block, channels.shape[1])
    blocks = channels[: height * rows, : width * columns].reshape(height, rows, width, columns, -1)
    return blocks.mean(axis=(1, 3))
