"""Up-sampling: https://keras.io/api/layers/reshaping_layers/up_sampling2d/"""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from core.architecture.growing import LARGEST_SIDE, GrowingLayer
from core.architecture.layer import Purpose, Shape
from core.architecture.window import height_and_width, one_or_two
from core.message import mark

LARGEST_FACTOR: Final = 64


def _one_or_two_factors(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError as error:
        raise PydanticCustomError(
            "factors",
            mark("must be a whole number from 1 to {most}, or two of them as [height, width]"),
            {"most": LARGEST_FACTOR},
        ) from error


_Factor = Annotated[int, Field(ge=1, le=LARGEST_FACTOR)]
_TwoFactors = Annotated[tuple[_Factor, _Factor], Field(strict=False)]  # a file has no tuples, only lists
Factors = Annotated[_Factor | _TwoFactors, WrapValidator(_one_or_two_factors)]
"""One factor for height and width alike, or ``(height, width)``."""


class UpSampling2D(GrowingLayer):
    """Each pixel of the map several times, or with steps between."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Makes the map larger by repeating its pixels, or by steps between them.")

    kind: Literal["UpSampling2D"] = "UpSampling2D"
    size: Annotated[Factors, Field(description=mark("How many times as high and as wide the map becomes."))] = 2
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

    def fitting(self, input_shape: Shape) -> dict[str, Any]:
        down, right = height_and_width(self.size)
        return {
            "size": one_or_two((min(down, LARGEST_SIDE // input_shape[0]), min(right, LARGEST_SIDE // input_shape[1])))
        }

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
