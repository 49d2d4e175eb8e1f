"""Which images belong together, by pairs of them."""

import numpy as np
import pandas as pd


def clusters_of(pairs: pd.DataFrame, images: int) -> np.ndarray:
    """Clusters of look-alikes, numbered from 0, (images,): the same number for images that ``pairs`` (columns first and
    second, as row positions) connect, also by way of others."""
    first, second = (pairs[column].to_numpy(dtype=np.int64) for column in ("first", "second"))
    return connected(first, second, images)


def connected(first: np.ndarray, second: np.ndarray, images: int) -> np.ndarray:
    """As `clusters_of`, where the image at each position of ``first`` is paired with that in ``second``."""
    from scipy.sparse import coo_array  # takes a quarter of a second, and most splits do without
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(images, images))
    return connected_components(graph, directed=False)[1]
