"""Which of the numbers that mean the same is shortest to write: of all thresholds between 0.2481 and 0.3619, 0.3."""

import numpy as np

_MOST_DECIMALS = 15


def fewest_digits(above: np.ndarray, up_to: np.ndarray) -> np.ndarray:
    """For each pair the middle, rounded to as few decimals as leave it above the first and not above the second; the
    second itself where rounding does not. Both are (numbers,), 0-1, the first less than the second."""
    found = up_to.copy()
    middle = (above + up_to) / 2
    for decimals in reversed(range(1, _MOST_DECIMALS + 1)):
        rounded = middle.round(decimals)
        found = np.where((rounded > above) & (rounded <= up_to), rounded, found)
    return found
