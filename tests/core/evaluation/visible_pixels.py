"""Pixels of which only some may be read."""

from collections.abc import Iterable

import numpy as np


class VisiblePixels:
    """``images`` as an array gives them; reading any but those at ``rows`` fails."""

    def __init__(self, images: np.ndarray, rows: Iterable[int]) -> None:
        self._images = images
        self._rows = frozenset(int(row) for row in rows)

    def __getitem__(self, rows: np.ndarray | int) -> np.ndarray:
        assert self._rows.issuperset(np.atleast_1d(rows).tolist()), "a sealed image was read"
        return self._images[rows]

    def __array__(self, *_: object, **__: object) -> np.ndarray:
        raise AssertionError("all images were read")
