"""The training images that a judged image looks like: a net knows those by heart, with whatever label they have."""

import numpy as np
import pandas as pd

from core.split import Assignment


def training_twins(
    row: int,
    assignment: Assignment,
    images: pd.DataFrame,
    pairs: pd.DataFrame | None = None,
    clusters: np.ndarray | None = None,
) -> pd.DataFrame:
    """The training images that are like the image at position ``row`` of ``images`` (with the column pixel_hash), the
    most similar first: columns row and similarity.

    Those with the same pixels have similarity 1. ``pairs`` of look-alikes, as of `core.quality.store.near_pairs`, and
    their ``clusters``, as of `core.quality.clusters.clusters_of`, add those that they connect, with the similarity of
    the pair; NaN where that goes by way of others.
    """
    hashes = images["pixel_hash"].to_numpy()
    similarity = np.full(len(images), np.nan)
    is_twin = hashes == hashes[row]
    if pairs is not None and clusters is not None:
        is_twin |= clusters == clusters[row]
        for here, there in (("first", "second"), ("second", "first")):
            direct = pairs[pairs[here] == row]
            similarity[direct[there]] = direct["similarity"]
    similarity[hashes == hashes[row]] = 1.0
    is_twin &= assignment.parts == "train"
    is_twin[row] = False
    table = pd.DataFrame({"row": np.flatnonzero(is_twin), "similarity": similarity[is_twin]})
    return table.sort_values("similarity", ascending=False, kind="stable", ignore_index=True)
