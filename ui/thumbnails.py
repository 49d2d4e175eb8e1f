"""Small images made fit to be looked at: enlarged without blur, and set side by side."""

from collections.abc import Sequence

import numpy as np


def enlarged(image: np.ndarray, side: int) -> np.ndarray:
    """``image`` (height, width, channels) or (height, width), each pixel repeated until the longer side has
    ``side`` or more."""
    factor = -(-side // max(image.shape[:2]))
    return image.repeat(factor, axis=0).repeat(factor, axis=1)


def sheet(images: Sequence[np.ndarray], columns: int, gap: int = 2) -> np.ndarray:
    """``images``, all (height, width, channels), in rows of ``columns`` with ``gap`` transparent pixels between:
    RGBA, uint8."""
    height, width = images[0].shape[:2]
    rows = -(-len(images) // columns)
    paper = np.zeros((rows * (height + gap) - gap, columns * (width + gap) - gap, 4), np.uint8)
    for position, image in enumerate(images):
        top, left = (position // columns) * (height + gap), (position % columns) * (width + gap)
        paper[top : top + height, left : left + width, :3] = image
        paper[top : top + height, left : left + width, 3] = 255
    return paper


def spread(labels: np.ndarray, count: int) -> list[int]:
    """Positions of up to ``count`` images, taken from the classes in turn, so that each class is seen before one
    comes again."""
    turns = np.empty(len(labels), dtype=np.int64)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        turns[rows] = np.arange(len(rows))
    return np.lexsort((labels, turns))[:count].tolist()
