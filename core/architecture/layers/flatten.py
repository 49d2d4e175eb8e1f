"""Flatten: https://keras.io/api/layers/reshaping_layers/flatten/"""

from math import prod
from typing import ClassVar, Literal

from core.architecture.layer import Layer, Purpose, Shape
from core.message import mark


class Flatten(Layer):
    """All numbers of the map in one row."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Lays all numbers of the map out in one row.")

    kind: Literal["Flatten"] = "Flatten"

    def output_shape(self, input_shape: Shape) -> Shape:
        return (prod(input_shape),)

    def window(self, input_shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        """The row as a whole sees all of the map."""
        return (input_shape[:2], (1, 1)) if len(input_shape) == 3 else ((1, 1), (1, 1))
