"""A range as a list of values, for a grid, which tries every one of its values."""

from math import ceil, floor, log10
from typing import Any, Final

from core.tuning.space import Range

MOST_LISTED: Final = 10
_IN_A_DECADE: Final = (1, 3)
_PLACES: Final = 5


def listed(parameter: Range) -> list[Any]:
    """All numbers of a range that has only a few; of another one both ends and, between them, round numbers: 1 and 3 in
    each order of magnitude where it is logarithmic, else in even steps."""
    if parameter.count is not None and parameter.count <= MOST_LISTED:
        return list(parameter.labels or ())
    between = _orders(parameter) if parameter.log else _even(parameter)
    return sorted({parameter.low, *between, parameter.last})


def _orders(parameter: Range) -> list[Any]:
    first, last = floor(log10(parameter.low)), ceil(log10(parameter.last))
    numbers = (float(f"{digit}e{order}") for order in range(first, last + 1) for digit in _IN_A_DECADE)
    return [_as_in(parameter, number) for number in numbers if parameter.low < number < parameter.last]


def _even(parameter: Range) -> list[Any]:
    width = (parameter.last - parameter.low) / (_PLACES - 1)
    return [_as_in(parameter, float(f"{parameter.low + place * width:.6g}")) for place in range(1, _PLACES - 1)]


def _as_in(parameter: Range, number: float) -> Any:
    return round(number) if parameter.is_whole else number
