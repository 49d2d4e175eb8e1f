"""Flatten: https://keras.io/api/layers/reshaping_layers/flatten/"""

from math import prod
from typing import ClassVar, Literal

from core.architecture.layer import Layer, Purpose, Shape
from core.message import mark, times


class Flatten(Layer):
    """All numbers of the map in one row."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Lays all numbers of the map out in one row.")

    kind: Literal["Flatten"] = "Flatten"

    def output_shape(self, input_shape: Shape) -> Shape:
        return (prod(input_shape),)

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        if len(input_shape) == 1:
            return ()
        return ((mark("numbers"), f"{times(input_shape)} = {prod(input_shape):,}"),)
