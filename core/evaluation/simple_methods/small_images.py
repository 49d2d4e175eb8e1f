"""Images made small, and few of them: what is compared with a net should not take longer than the net."""

import numpy as np

LARGEST_SIDE = 32
"""Pixels. Larger images are reduced to at most so many on each side."""

MOST_IMAGES = 5000
"""Of more images to learn from, as many are drawn."""

_IMAGES_AT_ONCE = 256


def drawn(rows: np.ndarray, labels: np.ndarray | None, most: int = MOST_IMAGES) -> np.ndarray:
    """At most ``most`` of ``rows``, always the same, ascending; ``labels``, (rows,), keep their shares.

    Of each class the first is drawn before the second of any, and then those that lie at the same share of theirs.
    """
    if len(rows) <= most:
        return rows
    order = np.random.default_rng(0).permutation(len(rows))
    if labels is not None:
        order = order[np.argsort(_places_in_class(labels[order]), kind="stable")]
    return np.sort(rows[order[:most]])


def small_images(pixels: np.ndarray, rows: np.ndarray, largest_side: int = LARGEST_SIDE) -> np.ndarray:
    """The images at ``rows`` of ``pixels``, uint8 (images, height, width, channels), as float32 from 0 to 1, each pixel
    the mean of a block, so that no side is longer than ``largest_side``. No other images are read."""
    batches = (rows[start : start + _IMAGES_AT_ONCE] for start in range(0, len(rows), _IMAGES_AT_ONCE))
    return np.concatenate([_block_means(np.asarray(pixels[batch]), largest_side) for batch in batches])


def _block_means(images: np.ndarray, largest_side: int) -> np.ndarray:
    """Where a side is no multiple of the blocks, the last block is smaller."""
    means = images.astype(np.float32) / 255
    for axis in (1, 2):
        side = means.shape[axis]
        starts = np.arange(0, side, -(-side // largest_side))
        sizes = np.diff(starts, append=side).astype(np.float32)
        means = np.add.reduceat(means, starts, axis=axis) / np.expand_dims(sizes, tuple(range(1, 4 - axis)))
    return means


def _places_in_class(labels: np.ndarray) -> np.ndarray:
    """How far within its class each label comes, (labels,): 0 for the first, towards 1 for the last."""
    places = np.empty(len(labels))
    for label in np.unique(labels):
        positions = np.flatnonzero(labels == label)
        places[positions] = np.arange(len(positions)) / len(positions)
    return places
