"""Images of one size as a NumPy file, written row by row so that memory holds one image at a time."""

import math
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import numpy as np

from core.dataset.image_size import ImageSize


def array_name(image_size: ImageSize) -> str:
    """``28x28x1.npy``: height, width, channels; ``28x28x1-pad.npy`` where the images are not stretched."""
    fit = "" if image_size.fit == "stretch" else f"-{image_size.fit}"
    return f"{image_size.height}x{image_size.width}x{image_size.channels}{fit}.npy"


def write_array(path: Path, image_size: ImageSize, most_images: int, images: Iterable[np.ndarray]) -> None:
    """Writes ``images``, at most ``most_images`` of them, as uint8 of shape (images, height, width, channels).

    The file appears under its name when it is complete.
    """
    unfinished = path.with_name(f".{uuid4().hex}.npy")
    path.parent.mkdir(exist_ok=True)
    try:
        written = _write_rows(unfinished, (most_images, *image_size.shape), images)
        if written < most_images:
            _shorten(unfinished, written)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_array(path: Path) -> np.memmap:
    """The images in the file, mapped into memory, read-only."""
    array = np.load(path, mmap_mode="r")
    assert isinstance(array, np.memmap)
    return array


def _write_rows(path: Path, shape: tuple[int, ...], images: Iterable[np.ndarray]) -> int:
    written = 0
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": shape})
        for image in images:
            file.write(image.tobytes())
            written += 1
        file.truncate(file.tell() + (shape[0] - written) * math.prod(shape[1:]))
    return written


def _shorten(path: Path, images: int) -> None:
    """Keeps the first ``images`` rows. The copy is made from the mapped file, not from memory."""
    shortened = path.with_name(f".{uuid4().hex}.npy")
    np.save(shortened, read_array(path)[:images])
    shortened.replace(path)
