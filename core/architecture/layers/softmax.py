"""Softmax as a layer: https://keras.io/api/layers/activation_layers/softmax/"""

from typing import ClassVar, Literal

from core.architecture.layer import Layer, Purpose
from core.message import mark


class Softmax(Layer):
    """Turns the numbers of each position into shares that sum to 1."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Turns numbers into shares between 0 and 1 that sum to 1.")

    kind: Literal["Softmax"] = "Softmax"
