"""The arithmetic of a window that slides over a map: convolution and pooling share it.

Sources: the Keras pages of Conv2D and MaxPooling2D; Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning" (2016), relations 6 and 15.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from core.message import mark

Padding = Literal["valid", "same"]


def _one_or_two_lengths(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError as error:
        raise PydanticCustomError(
            "size", mark("must be a whole number of at least 1, or two of them as [height, width]")
        ) from error


_Length = Annotated[int, Field(ge=1)]
_TwoLengths = Annotated[tuple[_Length, _Length], Field(strict=False)]  # a file has no tuples, only lists
Size = Annotated[_Length | _TwoLengths, WrapValidator(_one_or_two_lengths)]
"""One length for height and width alike, or ``(height, width)``."""


def height_and_width(size: int | tuple[int, int]) -> tuple[int, int]:
    """``size`` as ``(height, width)``."""
    return (size, size) if isinstance(size, int) else size


def one_or_two(size: tuple[int, int]) -> int | tuple[int, int]:
    """``(height, width)`` as one number where they are equal."""
    return size[0] if size[0] == size[1] else size


def largest_kernel(length: int, dilation: int) -> int:
    """How many weights, ``dilation`` pixels apart, a kernel can have to span no more than ``length`` pixels."""
    return (length - 1) // dilation + 1


@dataclass(frozen=True)
class Window:
    """A window along one axis: it covers ``size`` pixels that are ``dilation`` apart, and moves by ``stride``."""

    size: int
    stride: int = 1
    padding: Padding = "valid"
    dilation: int = 1

    @property
    def span(self) -> int:
        """From the first to the last pixel that it covers, both included."""
        return self.dilation * (self.size - 1) + 1

    def positions(self, length: int) -> int:
        """At how many places it stands on ``length`` pixels.

        ``valid``: floor((length − span) / stride) + 1, which is 0 or less where the window does not fit. ``same``:
        ceil(length / stride).
        """
        if self.padding == "same":
            return -(-length // self.stride)
        return (length - self.span) // self.stride + 1

    def formula(self, length: int) -> str:
        """`positions` with its numbers: ``⌊(28 − 5) ÷ 1⌋ + 1 = 24``."""
        result = f"{self.positions(length):,}"
        if self.padding == "same":
            return f"⌈{length:,} ÷ {self.stride:,}⌉ = {result}"
        return f"⌊({length:,} − {self.span:,}) ÷ {self.stride:,}⌋ + 1 = {result}"

    def zeros_before(self, length: int) -> int:
        """How many zeros stand before the first pixel; of an odd number of zeros the extra one goes to the end."""
        if self.padding == "valid":
            return 0
        return max((self.positions(length) - 1) * self.stride + self.span - length, 0) // 2

    def covers(self, length: int) -> Sequence[range]:
        """The pixels, of ``length``, that it covers at each of its places; none where it covers only padding."""
        before = self.zeros_before(length)
        starts = (position * self.stride - before for position in range(self.positions(length)))
        return [self._covered(start, length) for start in starts]

    def _covered(self, start: int, length: int) -> range:
        first = start if start >= 0 else start % self.dilation
        return range(first, min(start + self.span, length), self.dilation)
