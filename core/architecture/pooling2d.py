"""What MaxPooling2D and AveragePooling2D share. Formulas: https://keras.io/api/layers/pooling_layers/max_pooling2d/"""

from typing import Annotated

from pydantic import Field

from core.architecture.layer import Obstacle, Shape
from core.architecture.maps import MapLayer, does_not_fit, resized
from core.architecture.window import Padding, Size, height_and_width, positions
from core.message import mark


class Pooling2D(MapLayer):
    """A window that keeps one number per channel of what it covers."""

    pool_size: Annotated[Size, Field(description=mark("Height and width of the window, in pixels."))] = 2
    strides: Annotated[
        Size | None, Field(description=mark("How many pixels the window moves at each step; none: its own size."))
    ] = None
    padding: Annotated[
        Padding, Field(description=mark("valid: only where the window fits whole. same: also over the edge."))
    ] = "valid"

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        if min(self._positions(input_shape)) >= 1:
            return None
        pool = height_and_width(self.pool_size)
        fitting = (min(pool[0], input_shape[0]), min(pool[1], input_shape[1]))
        return does_not_fit(self, "pool_size", pool, input_shape, (resized(self, "pool_size", fitting),))

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self._positions(input_shape), input_shape[2])

    def window(self, input_shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        return height_and_width(self.pool_size), self._strides()

    def _strides(self) -> tuple[int, int]:
        return height_and_width(self.pool_size if self.strides is None else self.strides)

    def _positions(self, input_shape: Shape) -> tuple[int, int]:
        pool, strides = height_and_width(self.pool_size), self._strides()
        height, width = (positions(input_shape[i], pool[i], strides[i], self.padding) for i in (0, 1))
        return height, width
