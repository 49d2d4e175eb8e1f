"""What the machine can do at best: products of large float32 matrices, by NumPy. An "epoch" is one product."""

from pathlib import Path

import numpy as np

from bench.contenders.turns import Turns, take_part

SIZE = 2048
OPERATIONS = 2 * SIZE**3
"""Floating-point operations of one product."""


def multiply(folder: Path, products: int, seed: int, turns: Turns) -> None:
    """Has nothing to do with the images in ``folder``."""
    left, right = np.random.default_rng(seed).random((2, SIZE, SIZE), np.float32)
    for _ in range(products):
        turns.wait()
        np.matmul(left, right)
        turns.done()


if __name__ == "__main__":
    take_part(multiply)
