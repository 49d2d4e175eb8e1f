"""Convolution over height and width. Formulas: https://keras.io/api/layers/convolution_layers/convolution2d/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.convolution2d import Convolution2D, FilterBias, FilteringLayer, OutputActivation
from core.architecture.cost import Term, term
from core.architecture.layer import Obstacle, Purpose, Repair, Shape
from core.architecture.regularizers import KernelRegularizer
from core.architecture.window import height_and_width
from core.message import mark, say, times


class Conv2D(Convolution2D, FilteringLayer):
    """Filters that visit every position of the map."""

    purpose: ClassVar[Purpose] = Purpose.CONVOLUTION
    summary: ClassVar[str] = mark("Filters that slide over the image and answer where they find their pattern.")

    kind: Literal["Conv2D"] = "Conv2D"
    groups: Annotated[
        int,
        Field(ge=1, le=8192, description=mark("Channels and filters are cut into this many groups that do not mix.")),
    ] = 1
    activation: OutputActivation = None
    use_bias: FilterBias = True
    kernel_regularizer: KernelRegularizer = None

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        if input_shape[2] % self.groups or self.filters % self.groups:
            return self._groups_do_not_divide(input_shape[2])
        if max(height_and_width(self.strides)) > 1 and max(height_and_width(self.dilation_rate)) > 1:
            return self._strides_and_dilation()
        return super().obstacle_on_map(input_shape)

    def output_channels(self, input_shape: Shape) -> int:
        return self.filters

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """kernel height × kernel width × input channels ÷ groups × filters, plus one bias per filter."""
        biases = term(mark("biases"), (mark("filters"), self.filters))
        return (self._weights(input_shape), *((biases,) if self.use_bias else ()))

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Every weight is used once at every position."""
        weights = self._weights(input_shape)
        return (Term(weights.name, (*self.position_factors(input_shape), *weights.factors)),)

    def _weights(self, input_shape: Shape) -> Term:
        channels = mark("input channels") if self.groups == 1 else mark("input channels per group")
        return term(
            mark("weights"),
            *self.kernel_factors(),
            (channels, input_shape[2] // self.groups),
            (mark("filters"), self.filters),
        )

    def _groups_do_not_divide(self, channels: int) -> Obstacle:
        message = say(
            "{groups:,} groups must divide both the {channels:,} input channels and the {filters:,} filters "
            "without remainder.",
            groups=self.groups,
            channels=channels,
            filters=self.filters,
        )
        repairs = [Repair(say("Set groups to 1"), (self.changed(groups=1),))]
        if channels % self.groups == 0:
            filters = max(self.filters // self.groups, 1) * self.groups
            repairs.append(Repair(say("Set filters to {filters:,}", filters=filters), (self.changed(filters=filters),)))
        return Obstacle(message, tuple(repairs))

    def _strides_and_dilation(self) -> Obstacle:
        message = say(
            "Strides of {strides} and a dilation rate of {dilation} cannot be used together: one of them has to be 1.",
            strides=times(height_and_width(self.strides)),
            dilation=times(height_and_width(self.dilation_rate)),
        )
        repairs = (
            Repair(say("Set dilation_rate to 1"), (self.changed(dilation_rate=1),)),
            Repair(say("Set strides to 1"), (self.changed(strides=1),)),
        )
        return Obstacle(message, repairs)
