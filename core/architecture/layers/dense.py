"""Fully connected layer: https://keras.io/api/layers/core_layers/dense/"""

from math import prod
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.activations import ActivationName
from core.architecture.layer import Layer, Purpose, Shape
from core.message import mark


class Dense(Layer):
    """Every output is joined to every input. On a map it works on each position by itself, along the channels."""

    purpose: ClassVar[Purpose] = Purpose.DENSE
    summary: ClassVar[str] = mark("Joins every output to every input; the last one gives the answer.")

    kind: Literal["Dense"] = "Dense"
    units: Annotated[int, Field(ge=1, le=65536, description=mark("Number of outputs."))]
    activation: Annotated[
        ActivationName | None, Field(description=mark("The function each output passes through."))
    ] = None
    use_bias: Annotated[bool, Field(description=mark("One number per unit that is added to its answer."))] = True

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape[:-1], self.units)

    def parameters(self, input_shape: Shape) -> int:
        """inputs × units, plus one bias per unit."""
        return (input_shape[-1] + self.use_bias) * self.units

    def multiply_adds(self, input_shape: Shape) -> int:
        return prod(input_shape) * self.units
