"""Global average pooling: https://keras.io/api/layers/pooling_layers/global_average_pooling2d/"""

from typing import ClassVar, Literal

from core.architecture.global_pooling2d import GlobalPooling2D
from core.architecture.layer import Purpose
from core.message import mark


class GlobalAveragePooling2D(GlobalPooling2D):
    """The mean of each channel."""

    purpose: ClassVar[Purpose] = Purpose.POOLING
    summary: ClassVar[str] = mark("Turns the map into a vector: the mean of each channel.")

    kind: Literal["GlobalAveragePooling2D"] = "GlobalAveragePooling2D"
