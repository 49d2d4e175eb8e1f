"""Which images might show the same picture: for each, the nearest few by its coarse shapes."""

from dataclasses import dataclass

import numpy as np
from scipy.fft import dct
from scipy.spatial import cKDTree

from core.quality.thumbnails import SIDE, THREADS

NEIGHBOURS = 5
"""How many are looked at of each image, for each way to move it. Copies beyond that are reached by way of others."""

FURTHEST = 0.2
"""Between the descriptors of copies; of two images that have nothing in common it is about 0.5."""

# By rows and columns of a thumbnail. The other four ways are those of the other image of a pair.
_MOVES = ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
_MOST_WAVES = 4
_DAMPING = 0.3
_BATCH = 1024


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of rows, ``first`` < ``second``, and how far the second is moved against the first, (pairs, 2): rows down
    and columns to the right."""

    first: np.ndarray
    second: np.ndarray
    moved: np.ndarray

    def at(self, rows: np.ndarray | slice) -> "Candidates":
        """Some of them."""
        return Candidates(self.first[rows], self.second[rows], self.moved[rows])


def candidates(grey: np.ndarray) -> Candidates:
    """For ``grey``, uint8 of shape (images, SIDE, SIDE): every pair of near neighbours, once.

    The descriptor is what is called a perceptual hash before it is cut down to bits: the slow waves of the cosine
    transform (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions"). A k-d tree finds the
    near ones, so that time grows little faster than the number of images.
    """
    if len(grey) < 2:
        nothing = np.empty(0, np.int64)
        return Candidates(nothing, nothing, np.empty((0, 2), np.float32))
    tree = cKDTree(_descriptors(grey, (0, 0)))
    found = [_near(tree, _descriptors(grey, move), move) for move in _MOVES]
    return _nearest_of_each_pair(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _near(tree: cKDTree, moved: np.ndarray, move: tuple[int, int]) -> tuple[np.ndarray, ...]:
    count = min(NEIGHBOURS + 1, tree.n)
    distances, rows = tree.query(moved, count, distance_upper_bound=FURTHEST, workers=THREADS)
    own = np.arange(tree.n)[:, np.newaxis]
    image, column = np.nonzero((rows < tree.n) & (rows != own))
    other = rows[image, column]
    ways = np.where(image < other, 1, -1)[:, np.newaxis] * np.array(move)
    return np.minimum(image, other), np.maximum(image, other), distances[image, column], ways


def _nearest_of_each_pair(first: np.ndarray, second: np.ndarray, distance: np.ndarray, moved: np.ndarray) -> Candidates:
    order = np.lexsort((moved[:, 1], moved[:, 0], distance, second, first))
    first, second, moved = first[order], second[order], moved[order]
    is_new = np.ones(len(first), bool)
    is_new[1:] = (np.diff(first) != 0) | (np.diff(second) != 0)
    return Candidates(first[is_new], second[is_new], moved[is_new].astype(np.float32))


def _descriptors(grey: np.ndarray, move: tuple[int, int]) -> np.ndarray:
    """(images, numbers): the picture's contrast is taken out, its slow waves count more than its quick ones."""
    down, right = (_waves(distance) for distance in move)
    row, column = np.mgrid[: len(down), : len(right)]
    slow = (row + column > 0) & (row + column <= _MOST_WAVES)
    weights = (1 / (1 + _DAMPING * (row + column)))[slow].astype(np.float32)
    parts = []
    for start in range(0, len(grey), _BATCH):
        pictures = grey[start : start + _BATCH].astype(np.float32)
        contrast = np.sqrt(pictures.var((1, 2)) + 1)
        parts.append((down @ pictures @ right.T)[:, slow] * weights / (SIDE * contrast[:, np.newaxis]))
    return np.concatenate(parts)


def _waves(distance: int) -> np.ndarray:
    """(waves, SIDE): the slow cosines, for a picture moved by ``distance`` pixels whose edge is repeated."""
    cosines = dct(np.eye(SIDE), axis=0, norm="ortho")[: _MOST_WAVES + 1]
    moved = np.zeros((SIDE, SIDE))
    moved[np.arange(SIDE), np.clip(np.arange(SIDE) - distance, 0, SIDE - 1)] = 1
    return (cosines @ moved).astype(np.float32)
