"""The pixels of images whose common size is not known before the last of them was seen."""

import math
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from PIL import Image

from core.dataset.decode import to_array
from core.dataset.image_size import ImageSize


class PixelRows:
    """A file of images in the order in which they come, all in the size that suits those that came so far.

    An image that calls for another size begins anew: those before it have no row any more, and are to be decoded once
    more. That is rare, and mostly one of the first does it. The file is gone in the end.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._image_size: ImageSize | None = None
        self._first = 0
        self._images = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("w+b")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._path.unlink()

    def add(self, image: Image.Image, image_size: ImageSize) -> int:
        """Keeps ``image`` in ``image_size``. Returns its number: 0 for the first one."""
        if image_size is not self._image_size and image_size != self._image_size:  # most often it is the same object
            self._begin_anew(image_size)
        self._file.write(to_array(image, image_size).tobytes())
        self._images += 1
        return self._images - 1

    def row(self, number: int, image_size: ImageSize) -> np.ndarray | None:
        """The image with that number, uint8 of shape ``image_size.shape``, where it was kept in that size."""
        if image_size != self._image_size or number < self._first:
            return None
        row_bytes = math.prod(image_size.shape)
        self._file.seek((number - self._first) * row_bytes)
        return np.frombuffer(self._file.read(row_bytes), np.uint8).reshape(image_size.shape)

    def _begin_anew(self, image_size: ImageSize) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._image_size = image_size
        self._first = self._images
