"""Fully connected layer: https://keras.io/api/layers/core_layers/dense/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.convolution2d import OutputActivation
from core.architecture.cost import Term, term
from core.architecture.layer import Layer, Purpose, Shape
from core.architecture.receptive_field import ReceptiveField
from core.architecture.regularizers import KernelRegularizer
from core.message import mark


class Dense(Layer):
    """Every output is joined to every input. On a map it works on each position by itself, along the channels."""

    purpose: ClassVar[Purpose] = Purpose.DENSE
    summary: ClassVar[str] = mark("Joins every output to every input; the last one gives the answer.")

    kind: Literal["Dense"] = "Dense"
    units: Annotated[int, Field(ge=1, le=65536, description=mark("Number of outputs."))]
    activation: OutputActivation = None
    use_bias: Annotated[bool, Field(description=mark("One number per unit that is added to its answer."))] = True
    kernel_regularizer: KernelRegularizer = None

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape[:-1], self.units)

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        return ((mark("units") if len(input_shape) == 1 else mark("channels"), f"{self.units:,}"),)

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """inputs × units, plus one bias per unit."""
        biases = term(mark("biases"), (mark("units"), self.units))
        return (self._weights(input_shape), *((biases,) if self.use_bias else ()))

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Every weight is used once; on a map, once at every position."""
        weights = self._weights(input_shape)
        if len(input_shape) == 1:
            return (weights,)
        positions = term("", (mark("output height"), input_shape[0]), (mark("output width"), input_shape[1])).factors
        return (Term(weights.name, (*positions, *weights.factors)),)

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        """Of a vector, every output sees all of it."""
        return field.merged if len(input_shape) == 1 else field

    def _weights(self, input_shape: Shape) -> Term:
        inputs = mark("inputs") if len(input_shape) == 1 else mark("input channels")
        return term(mark("weights"), (inputs, input_shape[-1]), (mark("units"), self.units))
