"""What Conv2D, SeparableConv2D and DepthwiseConv2D share: a kernel that visits the positions of a map."""

from typing import Annotated

from pydantic import Field

from core.architecture.activations import ActivationName
from core.architecture.cost import Factor
from core.architecture.layer import Layer, Obstacle, Shape
from core.architecture.sliding import SlidingLayer, windows_of
from core.architecture.window import Padding, Size, Window, height_and_width
from core.message import mark

KernelSize = Annotated[Size, Field(description=mark("Height and width of each filter, in pixels."))]
Strides = Annotated[Size, Field(description=mark("How many pixels the filter moves at each step."))]
KernelPadding = Annotated[
    Padding,
    Field(
        description=mark("valid: only where the filter fits whole. same: zeros around, so the size stays at stride 1.")
    ),
]
DilationRate = Annotated[Size, Field(description=mark("Distance between the weights of a filter, in pixels."))]
OutputActivation = Annotated[ActivationName | None, Field(description=mark("The function each output passes through."))]
FilterBias = Annotated[bool, Field(description=mark("One number per filter that is added to its answers."))]


class FilteringLayer(Layer):
    """A layer with filters. It stands behind `Convolution2D` among the bases, so that its field comes before theirs."""

    filters: Annotated[int, Field(ge=1, le=8192, description=mark("Number of filters: the channels of the output."))]


class Convolution2D(SlidingLayer):
    """A layer with a kernel."""

    kernel_size: KernelSize
    strides: Strides = 1
    padding: KernelPadding = "valid"
    dilation_rate: DilationRate = 1

    def sliding_windows(self) -> tuple[Window, Window]:
        return windows_of(self.kernel_size, self.strides, self.padding, self.dilation_rate)

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        return self.too_large(input_shape, "kernel_size")

    def kernel_factors(self) -> tuple[tuple[str, int], tuple[str, int]]:
        height, width = height_and_width(self.kernel_size)
        return (mark("kernel height"), height), (mark("kernel width"), width)

    def position_factors(self, input_shape: Shape) -> tuple[Factor, Factor]:
        height, width = self.positions(input_shape)
        return Factor(mark("output height"), height), Factor(mark("output width"), width)
