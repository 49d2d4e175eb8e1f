"""What is measured of every image while it is decoded for something else."""

import numpy as np
import pandas as pd
from PIL import Image

from core.quality.sharpness import sharpness
from core.quality.thumbnails import ThumbnailSource

LARGEST = 256
"""Pixels. Larger images are measured as a model sees them: smaller."""

COLUMNS = ("darkest", "brightest", "contrast", "sharpness", "colour")

_SHARE = 0.01  # of the pixels may be darker than the darkest, or brighter than the brightest
_QUICK_FROM = 3.0  # times smaller: from here on, Pillow's docs say, the quick way looks like the exact one


class MeasuredImages:
    """``images`` themselves, each of which is measured when it is asked for: nothing is decoded a second time."""

    def __init__(self, images: ThumbnailSource) -> None:
        self._images = images
        self._measures = np.full((len(images), len(COLUMNS)), np.nan)

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, position: int, /) -> Image.Image:
        image = self._images[position]
        self._measures[position] = measures(image)
        return image

    @property
    def table(self) -> pd.DataFrame:
        """A row per image with `COLUMNS`, see `measures`; NaN for images that were not asked for yet."""
        return pd.DataFrame(self._measures, columns=list(COLUMNS))


def measures(image: Image.Image) -> tuple[float, ...]:
    """The `COLUMNS` of an image in mode L or RGB.

    ``darkest`` and ``brightest``: grey levels (0–255) that all but 1 % of the pixels are above and below. ``contrast``:
    the standard deviation of the grey levels, or of the colour that differs most. ``sharpness``: see
    `core.quality.sharpness`. ``colour``: how far apart red, green and blue are (0–255) in the most colourful 1 %.
    """
    image = _small(image)
    grey = image.convert("L")
    shares = np.cumsum(grey.histogram()) / (image.width * image.height)
    darkest, brightest = np.searchsorted(shares, (_SHARE, 1 - _SHARE))
    levels = np.asarray(grey, np.float32)
    contrast, colour = float(levels.std()), 0.0
    if image.mode != "L":
        channels = np.asarray(image)
        contrast = max(contrast, float(channels.std((0, 1)).max()))
        colour = _quantile(channels.max(2) - channels.min(2), 1 - _SHARE)
    return float(darkest), float(brightest), contrast, sharpness(levels), colour


def _small(image: Image.Image) -> Image.Image:
    scale = LARGEST / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=_QUICK_FROM)


def _quantile(levels: np.ndarray, share: float) -> float:
    counted = np.bincount(levels.ravel(), minlength=256)
    return float(np.searchsorted(np.cumsum(counted), share * levels.size))
