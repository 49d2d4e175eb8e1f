"""Small grey pictures of all images, made once: what is compared takes a kilobyte each, however large the originals."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PIL import Image

from core.dataset.decode import decode
from core.dataset.store import Dataset, original_path

SIDE = 32
"""Pixels. On one side of a thumbnail, whatever the proportions of the image."""

THREADS = 2
"""Pillow and NumPy let go of Python while they compute."""

_BATCH = 256
_COLOURS_SIDE = 2
_NO_COLOUR = 128
_QUICK_FROM = 3.0  # times smaller: from here on, Pillow's docs say, the quick way looks like the exact one


class ThumbnailSource(Protocol):
    """Images by their position: a list of Pillow's images is one. They are asked for from several threads."""

    def __len__(self) -> int:
        """How many images there are."""

    def __getitem__(self, position: int, /) -> Image.Image:
        """The decoded image, upright, in mode L or RGB and of any size."""


class DatasetImages:
    """The originals of a dataset in the order of ``dataset.images``, each read and decoded when it is asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._folder = dataset.folder
        self._files = list(zip(dataset.images["content_hash"], dataset.images["format"], strict=True))

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, position: int, /) -> Image.Image:
        return decode(original_path(self._folder, *self._files[position]).read_bytes())


@dataclass(frozen=True, eq=False)
class Thumbnails:
    """``grey``: uint8 of shape (images, SIDE, SIDE). ``colours``: uint8 of shape (images, 8), blue and red of ITU-R
    601 in each quarter of the image, 128 where it is grey."""

    grey: np.ndarray
    colours: np.ndarray

    def at(self, positions: np.ndarray) -> "Thumbnails":
        """Of the images at ``positions``."""
        return Thumbnails(self.grey[positions], self.colours[positions])


def thumbnails(images: ThumbnailSource, step: Callable[[], None]) -> Thumbnails:
    """Of all ``images``; ``step()`` is called after each. Few originals are in memory at the same time."""
    grey = np.empty((len(images), SIDE, SIDE), np.uint8)
    colours = np.full((len(images), 2 * _COLOURS_SIDE**2), _NO_COLOUR, np.uint8)

    def fill(position: int) -> None:
        image = images[position]
        small = image.resize((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=_QUICK_FROM)
        grey[position] = np.asarray(small.convert("L"))
        if small.mode == "L":
            return
        _, blue, red = small.convert("YCbCr").split()
        quarters = (part.resize((_COLOURS_SIDE, _COLOURS_SIDE), Image.Resampling.BOX) for part in (blue, red))
        colours[position] = np.concatenate([np.asarray(part).ravel() for part in quarters])

    with ThreadPoolExecutor(THREADS) as threads:
        for start in range(0, len(images), _BATCH):
            for _ in threads.map(fill, range(start, min(start + _BATCH, len(images)))):
                step()
    return Thumbnails(grey, colours)
