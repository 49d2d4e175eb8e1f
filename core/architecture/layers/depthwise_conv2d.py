"""Depthwise convolution. Formulas: https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/"""

from typing import ClassVar, Literal

from core.architecture.convolution2d import FilterBias, OutputActivation
from core.architecture.cost import Term, term
from core.architecture.depthwise import DepthMultiplier, DepthwiseRegularizer, StridesAlike
from core.architecture.layer import Purpose, Shape
from core.message import mark


class DepthwiseConv2D(StridesAlike):
    """Each channel is convolved by itself; the channels do not mix."""

    purpose: ClassVar[Purpose] = Purpose.CONVOLUTION
    summary: ClassVar[str] = mark("A filter for each channel by itself: few weights, and the channels do not mix.")

    kind: Literal["DepthwiseConv2D"] = "DepthwiseConv2D"
    depth_multiplier: DepthMultiplier = 1
    activation: OutputActivation = None
    use_bias: FilterBias = True
    depthwise_regularizer: DepthwiseRegularizer = None

    def output_channels(self, input_shape: Shape) -> int:
        return input_shape[2] * self.depth_multiplier

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """kernel height × kernel width × input channels × depth multiplier, plus one bias per output channel."""
        biases = term(mark("biases"), (mark("output channels"), self.output_channels(input_shape)))
        return (self._weights(input_shape), *((biases,) if self.use_bias else ()))

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Every weight is used once at every position."""
        weights = self._weights(input_shape)
        return (Term(weights.name, (*self.position_factors(input_shape), *weights.factors)),)

    def _weights(self, input_shape: Shape) -> Term:
        return term(
            mark("weights"),
            *self.kernel_factors(),
            (mark("input channels"), input_shape[2]),
            (mark("depth multiplier"), self.depth_multiplier),
        )
