"""Convolution over height and width. Formulas: https://keras.io/api/layers/convolution_layers/convolution2d/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.activations import ActivationName
from core.architecture.layer import Obstacle, Purpose, Repair, Shape
from core.architecture.maps import MapLayer, does_not_fit, resized
from core.architecture.window import Padding, Size, dilated, height_and_width, largest_kernel, positions
from core.message import mark, say, times


class Conv2D(MapLayer):
    """Filters that visit every position of the map."""

    purpose: ClassVar[Purpose] = Purpose.CONVOLUTION
    summary: ClassVar[str] = mark("Filters that slide over the image and answer where they find their pattern.")

    kind: Literal["Conv2D"] = "Conv2D"
    filters: Annotated[int, Field(ge=1, le=8192, description=mark("Number of filters: the channels of the output."))]
    kernel_size: Annotated[Size, Field(description=mark("Height and width of each filter, in pixels."))]
    strides: Annotated[Size, Field(description=mark("How many pixels the filter moves at each step."))] = 1
    padding: Annotated[
        Padding,
        Field(
            description=mark(
                "valid: only where the filter fits whole. same: zeros around, so the size stays at stride 1."
            )
        ),
    ] = "valid"
    dilation_rate: Annotated[Size, Field(description=mark("Distance between the weights of a filter, in pixels."))] = 1
    groups: Annotated[
        int,
        Field(ge=1, le=8192, description=mark("Channels and filters are cut into this many groups that do not mix.")),
    ] = 1
    activation: Annotated[
        ActivationName | None, Field(description=mark("The function each output passes through."))
    ] = None
    use_bias: Annotated[bool, Field(description=mark("One number per filter that is added to its answers."))] = True

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        if max(height_and_width(self.strides)) > 1 and max(height_and_width(self.dilation_rate)) > 1:
            return self._strides_and_dilation()
        if input_shape[2] % self.groups or self.filters % self.groups:
            return self._groups_do_not_divide(input_shape[2])
        if min(self._positions(input_shape)) < 1:
            return self._kernel_too_large(input_shape)
        return None

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self._positions(input_shape), self.filters)

    def parameters(self, input_shape: Shape) -> int:
        """kernel height × kernel width × input channels ÷ groups × filters, plus one bias per filter."""
        return self._weights(input_shape) + self.use_bias * self.filters

    def multiply_adds(self, input_shape: Shape) -> int:
        """Every weight is used once at every position."""
        height, width = self._positions(input_shape)
        return height * width * self._weights(input_shape)

    def window(self, input_shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        return self._span(), height_and_width(self.strides)

    def _weights(self, input_shape: Shape) -> int:
        height, width = height_and_width(self.kernel_size)
        return height * width * (input_shape[2] // self.groups) * self.filters

    def _span(self) -> tuple[int, int]:
        kernel, dilation = height_and_width(self.kernel_size), height_and_width(self.dilation_rate)
        return dilated(kernel[0], dilation[0]), dilated(kernel[1], dilation[1])

    def _positions(self, input_shape: Shape) -> tuple[int, int]:
        span, strides = self._span(), height_and_width(self.strides)
        height, width = (positions(input_shape[i], span[i], strides[i], self.padding) for i in (0, 1))
        return height, width

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

    def _groups_do_not_divide(self, channels: int) -> Obstacle:
        message = say(
            "{groups:,} groups must divide both the {channels:,} input channels and the {filters:,} filters "
            "without a rest.",
            groups=self.groups,
            channels=channels,
            filters=self.filters,
        )
        repairs = [Repair(say("Set groups to 1"), (self.changed(groups=1),))]
        if channels % self.groups == 0:
            filters = max(self.filters // self.groups, 1) * self.groups
            repairs.append(Repair(say("Set filters to {filters:,}", filters=filters), (self.changed(filters=filters),)))
        return Obstacle(message, tuple(repairs))

    def _kernel_too_large(self, input_shape: Shape) -> Obstacle:
        kernel, dilation = height_and_width(self.kernel_size), height_and_width(self.dilation_rate)
        fitting = (
            min(kernel[0], largest_kernel(input_shape[0], dilation[0])),
            min(kernel[1], largest_kernel(input_shape[1], dilation[1])),
        )
        smaller: tuple[Repair, ...] = (resized(self, "kernel_size", fitting),)
        if max(dilation) == 1:
            return does_not_fit(self, "kernel_size", kernel, input_shape, smaller)
        undilated = self.changed(dilation_rate=1)
        if undilated.obstacle_on_map(input_shape) is None:
            smaller = (Repair(say("Set dilation_rate to 1"), (undilated,)), *smaller)
        return does_not_fit(self, say("dilated kernel"), self._span(), input_shape, smaller)
