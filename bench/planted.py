"""Copies of images whose pixels differ a little, planted to see whether they are found."""

import io
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

Change = Callable[[Image.Image], Image.Image]

DARKER = 0.88
SMALLER = 0.75
CUT_OFF = 0.03


def same(image: Image.Image) -> Image.Image:
    return image.copy()


def saved_as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert(image.mode)


def darker(image: Image.Image) -> Image.Image:
    return image.point(lambda value: round(value * DARKER))


def moved(image: Image.Image, down: int, right: int) -> Image.Image:
    """By one pixel at most; what enters at an edge is the pixel that was there."""
    pixels = np.asarray(image)
    padded = np.pad(pixels, ((1, 1), (1, 1), *((0, 0),) * (pixels.ndim - 2)), mode="edge")
    height, width = pixels.shape[:2]
    return Image.fromarray(padded[1 - down : 1 - down + height, 1 - right : 1 - right + width])


def smaller_and_back(image: Image.Image) -> Image.Image:
    size = (round(image.width * SMALLER), round(image.height * SMALLER))
    return image.resize(size, Image.Resampling.BILINEAR).resize(image.size, Image.Resampling.BILINEAR)


def cropped(image: Image.Image) -> Image.Image:
    """Without 3 % at each side, and as large as before."""
    width, height = image.size
    box = (width * CUT_OFF, height * CUT_OFF, width * (1 - CUT_OFF), height * (1 - CUT_OFF))
    return image.resize(image.size, Image.Resampling.BILINEAR, box=box)


_EVERYWHERE: Mapping[str, Change] = {
    "the same": same,
    "brightness −12 %": darker,
    "moved +1, +1": lambda image: moved(image, 1, 1),
    "moved +1, −1": lambda image: moved(image, 1, -1),
    "moved −1, −1": lambda image: moved(image, -1, -1),
}
SMALL_CHANGES: Mapping[str, Change] = {
    **_EVERYWHERE,
    "JPEG 90": lambda image: saved_as_jpeg(image, 90),
}
LARGE_CHANGES: Mapping[str, Change] = {
    **_EVERYWHERE,
    "JPEG 50": lambda image: saved_as_jpeg(image, 50),
    "75 % and back": smaller_and_back,
    "cropped by 3 %": cropped,
}
