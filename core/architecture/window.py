"""The arithmetic of a window that slides over a map: convolution and pooling share it.

Sources: the Keras pages of Conv2D and MaxPooling2D; Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning" (2016), relations 6 and 15.
"""

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


def dilated(kernel: int, dilation: int) -> int:
    """How many pixels a kernel of ``kernel`` weights spans when its weights are ``dilation`` pixels apart."""
    return dilation * (kernel - 1) + 1


def largest_kernel(length: int, dilation: int) -> int:
    """How many weights, ``dilation`` pixels apart, a kernel can have to span no more than ``length`` pixels."""
    return (length - 1) // dilation + 1


def positions(length: int, window: int, stride: int, padding: Padding) -> int:
    """At how many places a window of ``window`` pixels stands on ``length`` pixels, ``stride`` apart.

    ``valid``: floor((length − window) / stride) + 1, which is 0 or less where the window does not fit. ``same``:
    ceil(length / stride).
    """
    if padding == "same":
        return -(-length // stride)
    return (length - window) // stride + 1
