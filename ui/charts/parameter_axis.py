"""Where a value of a parameter stands on an axis from 0 to 1, and what is written beside the axis."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log2, log10
from typing import Any, Final, Self

import numpy as np
import pandas as pd

from core.tuning.space import Choices, Label, Parameter, Range

_MOST_LABELS: Final = 6
_APART: Final = 0.12
"""The least distance of two labels."""
_DIGITS: Final = 4

Written = Callable[[Label], str]


@dataclass(frozen=True)
class Mark:
    """A place on the axis, and what is written there."""

    position: float
    text: str


@dataclass(frozen=True)
class ParameterAxis:
    """The axis of one parameter: ``title`` in words; ``marks`` from 0 to 1."""

    path: str
    title: str
    parameter: Parameter
    marks: tuple[Mark, ...]

    @classmethod
    def of(cls, path: str, title: str, parameter: Parameter, written: Written) -> Self:
        """``written`` says how a value is shown."""
        return cls(path, title, parameter, _marks(parameter, written))

    def positions(self, values: pd.Series) -> pd.Series:
        """Where ``values`` stand, from 0 to 1; NaN for what is none of the parameter's.

        Numbers of a range by their size, or by its logarithm where the range has it so; choices evenly, in their order.
        """
        if isinstance(self.parameter, Choices):
            return values.map(lambda value: _place_of_choice(self.parameter.labels, value)).astype("float64")
        return _along(self.parameter, pd.to_numeric(values, errors="coerce").astype("float64"))


def _along(given: Range, values: Any) -> Any:
    low, high = float(given.low), float(given.last)
    if low == high:
        return values * 0 + 0.5
    if given.log:
        return (np.log(values) - np.log(low)) / (np.log(high) - np.log(low))
    return (values - low) / (high - low)


def _place_of_choice(labels: tuple[Label, ...], value: Any) -> float:
    """A table has NaN where the value is None, and 16.0 for 16."""
    wanted = None if isinstance(value, float) and not isfinite(value) else value
    if wanted not in labels:
        return float("nan")
    return labels.index(wanted) / (len(labels) - 1) if len(labels) > 1 else 0.5


def _marks(parameter: Parameter, written: Written) -> tuple[Mark, ...]:
    if isinstance(parameter, Choices):
        placed = [(_place_of_choice(parameter.labels, label), label) for label in parameter.labels]
    else:
        placed = [(float(_along(parameter, float(number))), number) for number in _numbers(parameter)]
    return tuple(Mark(round(position, _DIGITS), written(label)) for position, label in placed)


def _numbers(given: Range) -> list[Label]:
    """Those that are written beside the axis: both ends, and round ones in between that leave room for each other."""
    if given.count is not None and given.count <= _MOST_LABELS:
        return list(given.labels or ())
    kept: list[float] = [given.low, given.last]
    for number in _powers(given) if given.log else _round_numbers(given):
        place = _along(given, float(number))
        if all(abs(place - _along(given, float(other))) >= _APART for other in kept):
            kept.append(number)
    return sorted(kept)


def _powers(given: Range) -> Iterator[float]:
    """Of two, where the numbers are whole, as those of filters and of images in a batch; else of ten."""
    if given.is_whole:
        yield from (2**power for power in range(ceil(log2(given.low)), floor(log2(given.last)) + 1))
        return
    yield from (float(f"1e{power}") for power in range(ceil(log10(given.low)), floor(log10(given.last)) + 1))


def _round_numbers(given: Range) -> Iterator[float]:
    """Four or five steps of 1, 2 or 5 times a power of ten."""
    span = float(given.last - given.low)
    power = 10.0 ** floor(log10(span / 4))
    step = next(power * digit for digit in (1, 2, 5, 10) if power * digit >= span / 4.5)
    for count in range(ceil(given.low / step), floor(given.last / step) + 1):
        yield round(count * step) if given.is_whole else float(f"{count * step:.12g}")
