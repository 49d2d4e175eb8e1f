"""What GlobalAveragePooling2D and GlobalMaxPooling2D share."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from core.architecture.layer import Shape
from core.architecture.maps import MapLayer
from core.message import mark


class GlobalPooling2D(MapLayer):
    """One number per channel of the whole map."""

    keepdims: Annotated[bool, Field(description=mark("Keep height and width as 1 × 1 instead of giving a vector."))] = (
        False
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        channels = input_shape[2]
        return (1, 1, channels) if self.keepdims else (channels,)

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        return ((mark("channels"), f"{input_shape[2]:,}"),)

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        return [range(input_shape[axis])]
