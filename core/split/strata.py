"""What every part of a split should have the same share of: each class, or where numbers are to be predicted, each
range of them."""

import numpy as np
import pandas as pd

BINS = 10


def strata_of(images: pd.DataFrame) -> np.ndarray:
    """The stratum of each of ``images`` (columns label, value), (images,): its label, or for numbers the bin of its
    value."""
    if has_numbers(images):
        return value_bins(images["value"].to_numpy())
    return images["label"].to_numpy(dtype=np.int64)


def has_numbers(images: pd.DataFrame) -> bool:
    """Whether ``images`` have a value each instead of a class."""
    return "value" in images and bool(images["value"].notna().any())


def value_bins(values: np.ndarray, bins: int = BINS) -> np.ndarray:
    """The bin of each of ``values``, (images,), from 0: at most ``bins`` of about as many images each.

    Edges are values themselves and equal values are in one bin, so that nothing depends on how a quantile is
    interpolated.
    """
    ordered = np.sort(values)
    edges = np.unique(ordered[[len(ordered) * i // bins for i in range(1, bins)]]) if len(ordered) else ordered
    return np.searchsorted(edges, values, side="right")
