"""The order in which images are gone through, cut into batches, and batches into chunks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def shuffled(seed: int, epoch: int, images: int) -> np.ndarray:
    """The positions 0…images−1 in the order of ``epoch``: int32, the same whenever it is asked for."""
    return np.random.default_rng((seed, epoch)).permutation(images).astype(np.int32)


class Pace:
    """How many batches are run in one go: as many as fit into ``seconds``, at least one and at most ``most_batches``.

    Short enough that a stop is obeyed and the curves move at once; long enough that the loop costs nothing.
    """

    def __init__(self, seconds: float, most_batches: int | None = None) -> None:
        self.seconds = seconds
        self.most_batches = most_batches
        self.batches = 1

    def learn(self, batches: int, seconds: float) -> None:
        """Take in that ``batches`` took ``seconds``."""
        fitting = max(1, int(self.seconds * batches / seconds))
        self.batches = fitting if self.most_batches is None else min(fitting, self.most_batches)


def chunks(order: np.ndarray, batch_size: int, pace: Pace, done: int = 0) -> Iterator[np.ndarray]:
    """``order`` cut into matrices (batches, batch size), each as long as ``pace`` allows when it is asked for.

    The first ``done`` batches are left out. Where the images do not fill the last batch, the smaller batch comes last,
    in a chunk of its own.
    """
    full_batches = len(order) // batch_size
    matrix = order[: full_batches * batch_size].reshape(full_batches, batch_size)
    start = done
    while start < full_batches:
        chunk = matrix[start : start + pace.batches]
        start += len(chunk)
        yield chunk
    remainder = order[full_batches * batch_size :]
    if len(remainder) and start == full_batches:
        yield remainder[np.newaxis]


def read_ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made in a thread while the one before is worked on."""
    nothing_left = object()
    with ThreadPoolExecutor(1, "reading ahead") as reader:
        coming = reader.submit(next, items, nothing_left)
        while (item := coming.result()) is not nothing_left:
            coming = reader.submit(next, items, nothing_left)
            yield item  # type: ignore[misc]  # what is nothing left was sorted out above
