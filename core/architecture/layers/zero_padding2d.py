"""Zero padding: https://keras.io/api/layers/reshaping_layers/zero_padding2d/"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from core.architecture.growing import LARGEST_SIDE, GrowingLayer
from core.architecture.layer import Purpose, Shape
from core.architecture.receptive_field import ReceptiveField
from core.architecture.window import one_or_two
from core.message import mark


def _margins(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError as error:
        raise PydanticCustomError(
            "margins", mark("must be a whole number from 0 to 256, [rows, columns], or [[top, bottom], [left, right]]")
        ) from error


_Rows = Annotated[int, Field(ge=0, le=256)]
_Pair = Annotated[tuple[_Rows, _Rows], Field(strict=False)]  # a file has no tuples, only lists
_TwoPairs = Annotated[tuple[_Pair, _Pair], Field(strict=False)]
Margins = Annotated[_Rows | _Pair | _TwoPairs, WrapValidator(_margins)]
"""One number for all sides, ``(rows, columns)``, or ``((top, bottom), (left, right))``."""


class ZeroPadding2D(GrowingLayer):
    """Rows and columns of zeros around the map."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Puts rows and columns of zeros around the map.")

    kind: Literal["ZeroPadding2D"] = "ZeroPadding2D"
    padding: Annotated[Margins, Field(description=mark("Rows and columns of zeros that are added on each side."))] = 1

    def output_shape(self, input_shape: Shape) -> Shape:
        (top, bottom), (left, right) = self.margins()
        return input_shape[0] + top + bottom, input_shape[1] + left + right, input_shape[2]

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        height, width, _ = self.output_shape(input_shape)
        (top, bottom), (left, right) = self.margins()
        return (
            (mark("height"), f"{top:,} + {input_shape[0]:,} + {bottom:,} = {height:,}"),
            (mark("width"), f"{left:,} + {input_shape[1]:,} + {right:,} = {width:,}"),
        )

    def fitting(self, input_shape: Shape) -> dict[str, Any]:
        """Of margins that differ, each is made smaller in proportion."""
        rows, columns = (_within(LARGEST_SIDE - input_shape[axis], *self.margins()[axis]) for axis in (0, 1))
        if rows[0] == rows[1] and columns[0] == columns[1]:
            return {"padding": one_or_two((rows[0], columns[0]))}
        return {"padding": (rows, columns)}

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        """The added positions see nothing."""
        before, after = self.margins()[axis]
        inside = [range(position, position + 1) for position in range(input_shape[axis])]
        return [range(0)] * before + inside + [range(0)] * after

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        """Zeros add nothing that is seen."""
        return replace(super().field_behind(field, input_shape), reach=field.reach)

    def margins(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """``((top, bottom), (left, right))``."""
        if isinstance(self.padding, int):
            return (self.padding, self.padding), (self.padding, self.padding)
        rows, columns = self.padding
        return (
            rows if isinstance(rows, tuple) else (rows, rows),
            columns if isinstance(columns, tuple) else (columns, columns),
        )


def _within(room: int, before: int, after: int) -> tuple[int, int]:
    if before + after <= room:
        return before, after
    shortened = room * before // (before + after)
    return shortened, room - shortened
