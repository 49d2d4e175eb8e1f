"""Depthwise separable convolution. Formulas: https://keras.io/api/layers/convolution_layers/separable_convolution2d/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.convolution2d import FilterBias, FilteringLayer, OutputActivation
from core.architecture.cost import Term, term
from core.architecture.depthwise import DepthMultiplier, DepthwiseRegularizer, StridesAlike
from core.architecture.layer import Purpose, Shape
from core.architecture.regularizers import AnyRegularizer
from core.message import mark


class SeparableConv2D(StridesAlike, FilteringLayer):
    """A depthwise convolution, then a 1 × 1 convolution that mixes the channels."""

    purpose: ClassVar[Purpose] = Purpose.CONVOLUTION
    summary: ClassVar[str] = mark(
        "Each channel filtered by itself, then mixed by 1 × 1: a Conv2D with far fewer weights."
    )

    kind: Literal["SeparableConv2D"] = "SeparableConv2D"
    depth_multiplier: DepthMultiplier = 1
    activation: OutputActivation = None
    use_bias: FilterBias = True
    depthwise_regularizer: DepthwiseRegularizer = None
    pointwise_regularizer: Annotated[
        AnyRegularizer | None, Field(description=mark("A price on large weights of the 1 × 1 part."))
    ] = None

    def output_channels(self, input_shape: Shape) -> int:
        return self.filters

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """The depthwise weights, the weights of the 1 × 1 convolution, and one bias per filter."""
        biases = term(mark("biases"), (mark("filters"), self.filters))
        return (*self._weights(input_shape), *((biases,) if self.use_bias else ()))

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Every weight is used once at every position of the output: Keras moves the depthwise part by the strides."""
        positions = self.position_factors(input_shape)
        return tuple(Term(weights.name, (*positions, *weights.factors)) for weights in self._weights(input_shape))

    def _weights(self, input_shape: Shape) -> tuple[Term, Term]:
        depthwise = (mark("input channels"), input_shape[2]), (mark("depth multiplier"), self.depth_multiplier)
        return (
            term(mark("depthwise weights"), *self.kernel_factors(), *depthwise),
            term(mark("pointwise weights"), *depthwise, (mark("filters"), self.filters)),
        )
