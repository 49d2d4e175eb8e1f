"""Images that show the same picture although their pixels differ: copies that were saved again, moved, cropped…"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pandas as pd

from core.dataset.progress import Progress, Report
from core.quality.alignment import similarities
from core.quality.neighbours import Candidates, candidates
from core.quality.thumbnails import SIDE, THREADS, Thumbnails, ThumbnailSource, thumbnails

ALIKE_FROM = 0.995
"""The similarity of look-alikes, found by the benchmark: real copies are above it, different digits below."""

MOST_APART = 8
"""Grey levels, and an eighth of the colour: how far the colours of look-alikes may be apart."""

BLANK_BELOW = 1.5
"""Grey levels: an image with a smaller standard deviation shows nothing, and is alike to those of the same grey."""

_BATCH = 32  # images, each with a handful of neighbours: their pictures stay in the cache of a core


def look_alikes(images: ThumbnailSource, report: Report) -> pd.DataFrame:
    """Pairs of ``images`` that show the same picture: first, second (positions, first < second) and similarity (0–1).

    Exact copies have similarity 1; each is paired with the first of them only, and so is what has equal thumbnails.
    Which images are alike does not depend on their order. ``report(done, total)`` is called with numbers of images, at
    most ten times a second, and a last time when all are done.
    """
    total = len(images)
    progress = Progress(lambda done, _: report(done // 2, total), 2 * total)
    seen = _without_noise(thumbnails(images, progress.step))
    firsts, kinds = _equal(seen)
    found = [_copies(firsts, kinds), _alike(seen.at(firsts), firsts, progress.step)]
    progress.finish()
    return pd.concat(found).sort_values(["first", "second"], ignore_index=True)


def _without_noise(seen: Thumbnails) -> Thumbnails:
    """Blank images get one grey and one colour, so that equal ones are equal."""
    grey, colours = seen.grey.copy(), seen.colours.copy()
    blank = _is_blank(seen)
    grey[blank] = np.rint(grey[blank].mean((1, 2), keepdims=True))
    colours[blank] = np.rint(colours[blank].reshape(-1, 2, 4).mean(2)).repeat(4, axis=1)
    return Thumbnails(grey, colours)


def _is_blank(seen: Thumbnails) -> np.ndarray:
    uneven = np.ptp(seen.colours.reshape(-1, 2, 4), axis=2).max(axis=1)
    contrast = np.array([picture.std() for picture in seen.grey])  # all at once would take eight times their memory
    return (contrast < BLANK_BELOW) & (uneven <= MOST_APART)


def _equal(seen: Thumbnails) -> tuple[np.ndarray, np.ndarray]:
    """The position of the first image of each kind, and the kind of each image: of one kind are equal thumbnails.

    The kinds are in an order of their own, so that what is made of them does not depend on the order of the images.
    """
    rows = np.hstack([seen.grey.reshape(len(seen.grey), SIDE * SIDE), seen.colours])
    _, firsts, kinds = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return firsts, kinds


def _copies(firsts: np.ndarray, kinds: np.ndarray) -> pd.DataFrame:
    positions = np.setdiff1d(np.arange(len(kinds)), firsts)
    return _table(firsts[kinds[positions]], positions, np.ones(len(positions)))


def _alike(seen: Thumbnails, positions: np.ndarray, step: Callable[[], None]) -> pd.DataFrame:
    """The look-alikes among the different thumbnails ``seen``, of the images at ``positions``."""
    shown = np.flatnonzero(~_is_blank(seen))
    seen, positions = seen.at(shown), positions[shown]
    pairs = candidates(seen.grey)
    pairs = pairs.at(_same_colours(seen.colours[pairs.first], seen.colours[pairs.second]))
    similarity = _similarities(seen.grey, pairs, step)
    alike = similarity >= ALIKE_FROM
    return _table(positions[pairs.first[alike]], positions[pairs.second[alike]], similarity[alike])


def _same_colours(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    first, second = first - 128.0, second - 128.0
    colourful = np.maximum(np.abs(first), np.abs(second))
    return np.asarray((np.abs(first - second) <= MOST_APART + colourful / 8).all(axis=1))


def _similarities(grey: np.ndarray, pairs: Candidates, step: Callable[[], None]) -> np.ndarray:
    """Of each of ``pairs``, (pairs,); ``step()`` is called after each image."""
    rows = range(0, len(grey), _BATCH)
    ends = np.searchsorted(pairs.first, [*rows, len(grey)])
    found = [np.empty(0)]
    with ThreadPoolExecutor(THREADS) as threads:
        batches = [pairs.at(slice(*ends)) for ends in pairwise(ends.tolist())]
        compared = threads.map(lambda batch: similarities(grey[batch.first], grey[batch.second], batch.moved), batches)
        for row, similarity in zip(rows, compared, strict=True):
            found.append(similarity)
            for _ in grey[row : row + _BATCH]:
                step()
    return np.concatenate(found)


def _table(one: np.ndarray, other: np.ndarray, similarity: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"first": np.minimum(one, other), "second": np.maximum(one, other), "similarity": similarity})
