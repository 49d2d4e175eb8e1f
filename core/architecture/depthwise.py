"""What the layers with a depthwise kernel share."""

from typing import Annotated

from pydantic import Field

from core.architecture.convolution2d import Convolution2D
from core.architecture.layer import Obstacle, Repair, Shape
from core.architecture.regularizers import AnyRegularizer
from core.architecture.window import height_and_width
from core.message import mark, say, times

DepthMultiplier = Annotated[int, Field(ge=1, le=64, description=mark("How many filters each channel has."))]
DepthwiseRegularizer = Annotated[
    AnyRegularizer | None, Field(description=mark("A price on large weights of the depthwise kernel."))
]


class StridesAlike(Convolution2D):
    """A layer that TensorFlow can move only by the same stride in both directions, unless it is dilated.

    With a dilation, Keras moves by 1 and picks the positions itself, so that any strides work. Some processors can do
    without the rule (those for which TensorFlow uses oneDNN), but a recipe has to work on every computer.
    Source: https://www.tensorflow.org/api_docs/python/tf/nn/depthwise_conv2d
    """

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        down, right = height_and_width(self.strides)
        if down == right or max(height_and_width(self.dilation_rate)) > 1:
            return super().obstacle_on_map(input_shape)
        message = say(
            "{kind} moves by the same stride in both directions, but its strides are {strides}.",
            kind=self.kind,
            strides=times((down, right)),
        )
        sizes = dict.fromkeys((max(down, right), min(down, right)))
        repairs = (
            Repair(say("Set {name} to {size}", name="strides", size=times((size, size))), (self.changed(strides=size),))
            for size in sizes
        )
        return Obstacle(message, tuple(repairs))
