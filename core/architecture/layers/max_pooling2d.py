"""Max pooling: https://keras.io/api/layers/pooling_layers/max_pooling2d/"""

from typing import ClassVar, Literal

from core.architecture.layer import Purpose
from core.architecture.pooling2d import Pooling2D
from core.message import mark


class MaxPooling2D(Pooling2D):
    """The largest number under the window."""

    purpose: ClassVar[Purpose] = Purpose.POOLING
    summary: ClassVar[str] = mark("Shrinks the map by keeping the largest number under a window.")

    kind: Literal["MaxPooling2D"] = "MaxPooling2D"
