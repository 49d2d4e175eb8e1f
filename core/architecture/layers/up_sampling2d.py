"""Up-sampling: https://keras.io/api/layers/reshaping_layers/up_sampling2d/"""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Purpose, Shape
from core.architecture.maps import MapLayer
from core.architecture.window import Size, height_and_width
from core.message import mark


class UpSampling2D(MapLayer):
    """Each pixel of the map several times, or with steps between."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Makes the map larger by repeating its pixels, or by steps between them.")

    kind: Literal["UpSampling2D"] = "UpSampling2D"
    size: Annotated[Size, Field(description=mark("How many times as high and as wide the map becomes."))] = 2
    interpolation: Annotated[
        Literal["nearest", "bilinear"],
        Field(description=mark("nearest: pixels are repeated. bilinear: with even steps from one to the next.")),
    ] = "nearest"

    def output_shape(self, input_shape: Shape) -> Shape:
        down, right = height_and_width(self.size)
        return input_shape[0] * down, input_shape[1] * right, input_shape[2]

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        sizes = zip((mark("height"), mark("width")), input_shape, height_and_width(self.size), strict=False)
        return tuple((name, f"{length:,} × {factor:,} = {length * factor:,}") for name, length, factor in sizes)

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        length, factor = input_shape[axis], height_and_width(self.size)[axis]
        if self.interpolation == "nearest":
            return [range(position // factor, position // factor + 1) for position in range(length * factor)]
        return [_neighbours(position, length, factor) for position in range(length * factor)]


def _neighbours(position: int, length: int, factor: int) -> range:
    """The one or two pixels between which an output lies, whose centre is at (position + ½) / factor − ½."""
    twice = 2 * position + 1 - factor  # 2 × factor × the place in the input
    before, rest = divmod(twice, 2 * factor)
    return range(max(before, 0), min(before + (2 if rest else 1), length))
