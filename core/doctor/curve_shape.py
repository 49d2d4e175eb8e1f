"""What the shape of a curve says: its level, how much it trembles, how far it has fallen."""

from math import ceil, pi, sqrt

import numpy as np
from scipy.ndimage import median_filter

LEVEL_EPOCHS = 3
"""The level at the end of a curve is the median of so many epochs."""


def level(curve: np.ndarray) -> float:
    """Where the curve is at its end: the median of its last three values."""
    return float(np.median(curve[-LEVEL_EPOCHS:]))


def smoothed(curve: np.ndarray) -> np.ndarray:
    """The running median of three values, which leaves out single outliers."""
    return median_filter(curve, size=3, mode="nearest")


def tremble(curve: np.ndarray) -> float:
    """The standard deviation of the noise on the curve, whatever its course; 0 for fewer than four values.

    By how far its values are from the running median: not at all where it only falls or only rises, and on average
    σ / √π where they are independent and normal.
    """
    if len(curve) < 4:
        return 0.0
    return float(np.abs(curve - smoothed(curve))[1:-1].mean() * sqrt(pi))


def last_third(epochs: int) -> int:
    """Where the last third of so many epochs begins, as a position; it has two epochs at least."""
    return max(0, epochs - max(2, ceil(epochs / 3)))


def fall(curve: np.ndarray, start: int = 0) -> float:
    """By which share of its value at ``start`` the curve has fallen at the end; below 0 where it has risen."""
    return float(1 - curve[-1] / curve[start]) if curve[start] > 0 else 0.0
