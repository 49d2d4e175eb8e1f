"""Softmax as a layer: https://keras.io/api/layers/activation_layers/softmax/"""

from typing import ClassVar, Literal

from core.architecture.layer import Layer, Purpose, Shape
from core.architecture.receptive_field import ReceptiveField
from core.message import mark


class Softmax(Layer):
    """Turns the numbers of each position into shares that sum to 1."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Turns numbers into shares between 0 and 1 that sum to 1.")

    kind: Literal["Softmax"] = "Softmax"

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        """Of a vector, every output sees all of it."""
        return field.merged if len(input_shape) == 1 else field
