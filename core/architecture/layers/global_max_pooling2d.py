"""Global max pooling: https://keras.io/api/layers/pooling_layers/global_max_pooling2d/"""

from typing import ClassVar, Literal

from core.architecture.global_pooling2d import GlobalPooling2D
from core.architecture.layer import Purpose
from core.message import mark


class GlobalMaxPooling2D(GlobalPooling2D):
    """The largest number of each channel."""

    purpose: ClassVar[Purpose] = Purpose.POOLING
    summary: ClassVar[str] = mark("Turns the map into a vector: the largest number of each channel.")

    kind: Literal["GlobalMaxPooling2D"] = "GlobalMaxPooling2D"
