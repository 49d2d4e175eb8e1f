"""Average pooling: https://keras.io/api/layers/pooling_layers/average_pooling2d/"""

from typing import ClassVar, Literal

from core.architecture.layer import Purpose
from core.architecture.pooling2d import Pooling2D
from core.message import mark


class AveragePooling2D(Pooling2D):
    """The mean of the numbers under the window."""

    purpose: ClassVar[Purpose] = Purpose.POOLING
    summary: ClassVar[str] = mark("Shrinks the map by keeping the mean under a window.")

    kind: Literal["AveragePooling2D"] = "AveragePooling2D"
