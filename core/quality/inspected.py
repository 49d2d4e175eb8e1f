"""What the kinds of findings look at."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.quality.clusters import clusters_of


@dataclass(frozen=True, eq=False)
class Inspected:
    """A dataset after one pass over its images. ``images`` and ``class_names`` are the dataset's; ``measures`` has a
    row for each image, see `core.quality.measures`; ``look_alikes`` are pairs, see `core.quality.look_alikes`."""

    images: pd.DataFrame
    class_names: tuple[str, ...]
    measures: pd.DataFrame
    look_alikes: pd.DataFrame

    @cached_property
    def exact_pairs(self) -> pd.DataFrame:
        """Columns first, second and similarity (1): in each group of images with the same pixels, one of those with the
        lowest label or value, with each of the others."""
        told = self.images[["pixel_hash", "label", "value"]]
        order = told.sort_values(["pixel_hash", "label", "value"], kind="stable").index.to_numpy()
        hashes = told["pixel_hash"].to_numpy()[order]
        begins = np.r_[True, hashes[1:] != hashes[:-1]]
        firsts = order[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
        return pd.DataFrame({"first": firsts[~begins], "second": order[~begins], "similarity": 1.0})

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """All pairs of images that show the same, exactly or nearly; columns first, second, similarity."""
        known = [pairs for pairs in (self.exact_pairs, self.look_alikes) if len(pairs)]
        return pd.concat(known, ignore_index=True) if known else self.exact_pairs

    @cached_property
    def cluster_of(self) -> np.ndarray:
        """The number of the cluster of each image, (images,), by all pairs."""
        return clusters_of(self.pairs, len(self.images))

    def clusters_with(self, is_meant: np.ndarray) -> list[np.ndarray]:
        """The images of each cluster that holds one of the pairs that ``is_meant``, (pairs,), is true of."""
        firsts = self.pairs["first"].to_numpy()[is_meant]
        return groups_of(self.cluster_of, np.unique(self.cluster_of[firsts]))


def groups_of(numbers: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """The positions at which each of the ``wanted`` stands in ``numbers``; the group with the first position first."""
    positions = np.flatnonzero(np.isin(numbers, wanted))
    order = positions[np.argsort(numbers[positions], kind="stable")]
    if not len(order):
        return []
    groups = np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1)
    return sorted(groups, key=lambda group: int(group[0]))
