"""Two halves of the images, so that what is chosen on one is tried on the other."""

import numpy as np


def halves(images: int) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Each half of the positions below ``images`` with the other one; drawn by chance, and always the same.

    What a figure chosen on images is worth on new ones is seen where it is tried on the half it was not chosen on
    (cross-fitting).
    """
    first, second = np.array_split(np.random.default_rng(0).permutation(images), 2)
    return (first, second), (second, first)
