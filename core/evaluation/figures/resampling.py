"""What a figure would be on other images of the same kind, found by drawing anew from these (Efron, 1979).

The draws are the same each time: a figure that is asked for twice has one interval.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
_SEED = 0
_COUNTS_AT_ONCE = 2**22


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval; None where it is the same in every draw, which says nothing of other images."""

    value: float
    interval: tuple[float, float] | None


def estimate(value: float, drawn: np.ndarray) -> Estimate:
    """The figure ``value`` with the percentiles of ``drawn``, (draws,): what it was in each draw, NaN where it had no
    meaning.

    The percentiles of few images may miss the figure itself; the interval is widened to hold it.
    """
    known = drawn[~np.isnan(drawn)]
    if not len(known) or known.min() == known.max():
        return Estimate(value, None)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, (min(float(low), value), max(float(high), value)))


def drawn_from_counts(figure: Callable[[np.ndarray], np.ndarray], counts: np.ndarray) -> np.ndarray:
    """``figure`` of each draw of as many images as ``counts`` tells of: what ``figure`` gives, (`RESAMPLES`, …).

    ``counts``: how many images are alike in all that ``figure`` looks at, (kinds,). It is given (draws, kinds) of the
    same. To draw images one by one and count the kinds is to draw from a multinomial distribution.
    """
    chance = np.random.default_rng(_SEED)
    images, at_once = counts.sum(), max(_COUNTS_AT_ONCE // len(counts), 1)
    blocks = [min(at_once, RESAMPLES - start) for start in range(0, RESAMPLES, at_once)]
    return np.concatenate([figure(chance.multinomial(images, counts / images, size=block)) for block in blocks])


def drawn_means(values: np.ndarray) -> np.ndarray:
    """The means of ``values``, (images, figures), in each draw of as many images: (`RESAMPLES`, figures)."""
    chance = np.random.default_rng(_SEED)
    images = len(values)
    times_drawn = (np.bincount(chance.integers(images, size=images), minlength=images) for _ in range(RESAMPLES))
    return np.stack([times @ values for times in times_drawn]) / images
