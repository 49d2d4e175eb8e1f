"""What MaxPooling2D and AveragePooling2D share. Formulas: https://keras.io/api/layers/pooling_layers/max_pooling2d/"""

from typing import Annotated

from pydantic import Field

from core.architecture.layer import Obstacle, Shape
from core.architecture.sliding import SlidingLayer, windows_of
from core.architecture.window import Padding, Size, Window
from core.message import mark


class Pooling2D(SlidingLayer):
    """A window that keeps one number per channel of what it covers."""

    pool_size: Annotated[Size, Field(description=mark("Height and width of the window, in pixels."))] = 2
    strides: Annotated[
        Size | None, Field(description=mark("How many pixels the window moves at each step; none: its own size."))
    ] = None
    padding: Annotated[
        Padding, Field(description=mark("valid: only where the window fits whole. same: also over the edge."))
    ] = "valid"

    def sliding_windows(self) -> tuple[Window, Window]:
        return windows_of(self.pool_size, self.pool_size if self.strides is None else self.strides, self.padding)

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        return self.too_large(input_shape, "pool_size")
