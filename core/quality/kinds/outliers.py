"""Images whose measure is beyond a limit."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.quality.finding import in_groups

_RANGES = 3.0


def beyond(is_beyond: np.ndarray, severity: np.ndarray, figures: np.ndarray) -> dict[str, Any] | None:
    """The fields ``groups`` and ``figures`` of a finding about the images, (images,), that ``is_beyond`` is true of:
    one group, the most severe first. None where there are none."""
    positions = np.flatnonzero(is_beyond)
    if not len(positions):
        return None
    return in_groups([positions[np.argsort(-severity[positions], kind="stable")]], figures)


def count_of(fields: dict[str, Any]) -> int:
    """How many images those fields speak of."""
    return len(fields["groups"][0])


def limit_below(values: np.ndarray, most: float) -> float:
    """What an image of this dataset must be below to stand out: ``most``, or half of what is usual here, if that is
    less. A dataset that is like that as a whole, such as pictures of the night sky, is as it should be."""
    return min(most, float(np.median(values)) / 2)


@dataclass(frozen=True, eq=False)
class Unusual:
    """How far positive values are from what is usual: ``usual`` is their median, ``times`` how many times it, or so
    many times less, each is, and ``factor`` how many times makes one odd."""

    usual: float
    times: np.ndarray
    factor: float

    @classmethod
    def among(cls, values: np.ndarray, at_least: float) -> Self:
        """Odd is what is 3 interquartile ranges of the logarithm away, and ``at_least`` times."""
        usual = float(np.median(values))
        low, high = np.quantile(np.log(values), (0.25, 0.75))
        factor = max(at_least, float(np.exp(_RANGES * (high - low))))
        return cls(usual, np.maximum(values / usual, usual / values), factor)

    def beyond(self, figures: np.ndarray) -> dict[str, Any] | None:
        """As `beyond`, of the odd ones."""
        return beyond(self.times >= self.factor, self.times, figures)
