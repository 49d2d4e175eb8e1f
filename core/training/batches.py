"""The order in which images are gone through, cut into batches, and batches into chunks."""

from collections.abc import Iterator

import numpy as np


def shuffled(seed: int, epoch: int, images: int) -> np.ndarray:
    """The positions 0…images−1 in the order of ``epoch``: int32, the same whenever it is asked for."""
    return np.random.default_rng((seed, epoch)).permutation(images).astype(np.int32)


class Pace:
    """How many batches are run in one go: as many as fit into ``seconds``, but at least one.

    Short enough that a stop is obeyed and the curves move at once; long enough that the loop costs nothing.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.batches = 1

    def learn(self, batches: int, seconds: float) -> None:
        """Take in that ``batches`` took ``seconds``."""
        self.batches = max(1, int(self.seconds * batches / seconds))


def chunks(order: np.ndarray, batch_size: int, pace: Pace) -> Iterator[np.ndarray]:
    """``order`` cut into matrices (batches, batch size), each as long as ``pace`` allows when it is asked for.

    Where the images do not fill the last batch, the smaller batch comes last, in a chunk of its own.
    """
    full_batches = len(order) // batch_size
    matrix = order[: full_batches * batch_size].reshape(full_batches, batch_size)
    start = 0
    while start < full_batches:
        chunk = matrix[start : start + pace.batches]
        start += len(chunk)
        yield chunk
    remainder = order[full_batches * batch_size :]
    if len(remainder):
        yield remainder[np.newaxis]
