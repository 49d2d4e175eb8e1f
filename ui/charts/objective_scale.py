"""Which values of an objective an axis holds: all near the best; the few that are far worse stand at its end."""

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final, Self

import numpy as np
import pandas as pd

_MARGIN: Final = 0.05
"""Room for the marks at the edge, as a share: where they stood over, the browser would shrink the chart to hold
them."""
_REACH: Final = 1.5
"""How far beyond the worse quarter the axis goes, in distances of that quarter from the best."""
_PARTS: Final = 5
_SMALLEST_SPAN: Final = 1e-9


@dataclass(frozen=True)
class ObjectiveScale:
    """The lowest and the highest value that are told apart, both round; ``maximizes`` where more is better, which is
    where the values are shares."""

    low: float
    high: float
    maximizes: bool

    @classmethod
    def of(cls, values: pd.Series, *, maximizes: bool) -> Self:
        """That of ``values``, NaN where there is none; rounded, so that it seldom changes while values are added."""
        known = values[np.isfinite(values)]
        if known.empty:
            return cls(0.0, 1.0, maximizes)
        low, high = _worth_telling_apart(known, maximizes=maximizes)
        step = _round_step(max(high - low, abs(high) * 0.01, _SMALLEST_SPAN))
        low, high = floor(low / step) * step, ceil(high / step) * step
        if low == high:
            low, high = low - step, high + step
        return cls(round(max(low, 0.0), 12), round(min(high, 1.0) if maximizes else high, 12), maximizes)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis, with room for whole marks."""
        margin = _MARGIN * (self.high - self.low)
        return self.low - margin, self.high + margin

    @property
    def ticks(self) -> tuple[float, ...]:
        """The round values from the lowest to the highest."""
        step = _round_step(self.high - self.low)
        return tuple(round(self.low + count * step, 12) for count in range(round((self.high - self.low) / step) + 1))

    @property
    def worst(self) -> float:
        """Where whatever is worse stands, and what has no value."""
        return self.low if self.maximizes else self.high

    def held(self, values: pd.Series) -> pd.Series:
        """``values``, those beyond an end at that end."""
        return values.clip(self.low, self.high)

    def positions(self, values: pd.Series) -> pd.Series:
        """Where they stand between the lowest (0) and the highest (1)."""
        return (self.held(values) - self.low) / (self.high - self.low)

    def beyond(self, values: pd.Series) -> int:
        """How many are worse than the axis tells."""
        return int(((values < self.low) | (values > self.high)).sum())


def _worth_telling_apart(known: pd.Series, *, maximizes: bool) -> tuple[float, float]:
    if maximizes:
        best, quarter = float(known.max()), float(known.quantile(0.25))
        return max(float(known.min()), min(quarter, best - (1 + _REACH) * (best - quarter))), best
    best, quarter = float(known.min()), float(known.quantile(0.75))
    return best, min(float(known.max()), max(quarter, best + (1 + _REACH) * (quarter - best)))


def _round_step(span: float) -> float:
    """1, 2 or 5 times a power of ten, so that about five of them make ``span``."""
    power = 10.0 ** floor(log10(span / _PARTS))
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= span / _PARTS * (1 - 1e-9))
