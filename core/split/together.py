"""Which images must stay on one side of a split."""

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from core.quality.clusters import connected
from core.split.groups import groups_of
from core.split.settings import Split

Unit = np.ndarray
"""Row positions of images that stay together, in the order of their paths."""


def units_together(split: Split, images: pd.DataFrame, clusters: np.ndarray | None = None) -> list[Unit]:
    """The images of each unit, in the order of the first path of each; every image is in one.

    ``clusters``, (images,), is the same number for images that look alike. Where it is not known, look-alikes are those
    with the same pixels. Images of no group are a unit with those of the same pixels.
    """
    keys = _keys(split, images, clusters)
    units: dict[Hashable, list[int]] = {}
    for row in np.argsort(images["path"].to_numpy(dtype=str), kind="stable"):
        units.setdefault(keys[row], []).append(row)
    return [np.asarray(unit) for unit in units.values()]


def _keys(split: Split, images: pd.DataFrame, clusters: np.ndarray | None) -> Sequence[Hashable]:
    """What is equal for images of one unit."""
    pixels: list[str] = images["pixel_hash"].tolist()
    if split.keep_together == "nothing":
        return range(len(images))
    if split.keep_together == "group":
        groups = groups_of(split.group_pattern, images)
        return [(group, None if group else pixel_hash) for group, pixel_hash in zip(groups, pixels, strict=True)]
    if split.keep_together == "exact" or clusters is None:
        return pixels
    twins = np.concatenate([_firsts(pixels), _firsts(clusters.tolist())])
    return connected(np.tile(np.arange(len(images)), 2), twins, len(images)).tolist()


def _firsts(keys: Sequence[Hashable]) -> np.ndarray:
    """For each row the first one with its key."""
    first: dict[Hashable, int] = {}
    return np.array([first.setdefault(key, row) for row, key in enumerate(keys)], dtype=np.int64)
