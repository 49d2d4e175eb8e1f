"""What a class might be told by without a look at what is in the picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from core.evaluation.simple_methods.baseline_methods import mean_colour
from core.evaluation.simple_methods.small_images import small_images
from core.message import mark
from core.quality.sharpness import sharpness

BORDER_SHARE = 0.1
"""How wide the border is, of the shorter side."""

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R 601, as in Pillow's mode L


@dataclass(frozen=True, eq=False)
class CueImages:
    """The images at ``rows``: ``pixels`` are those of all images at the size that nets see, uint8 (images, height,
    width, channels); ``table`` is the dataset's, with width, height and bytes of the originals. No others are read."""

    pixels: np.ndarray
    table: pd.DataFrame
    rows: np.ndarray

    @cached_property
    def small(self) -> np.ndarray:
        """See `small_images`."""
        return small_images(self.pixels, self.rows)

    def column(self, name: str) -> np.ndarray:
        """A column of the table, (rows,)."""
        return self.table[name].to_numpy()[self.rows]


@dataclass(frozen=True)
class Cue:
    """``title`` stands at a bar; ``told`` within a sentence: "From … alone". ``meaning`` says how a net, "it", comes by
    the cue and what else that may be. ``measure`` gives what the cue sees of the images, (rows, features). ``unit`` is
    the title of a single feature; None where there are several."""

    title: str
    told: str
    meaning: str
    measure: Callable[[CueImages], np.ndarray]
    unit: str | None = None


def border_width(height: int, width: int) -> int:
    """How many pixels wide the border is."""
    return max(1, round(BORDER_SHARE * min(height, width)))


def is_border(height: int, width: int) -> np.ndarray:
    """Which pixels are the border, bool (height, width)."""
    ring = np.ones((height, width), dtype=bool)
    wide = border_width(height, width)
    ring[wide:-wide, wide:-wide] = False
    return ring


def has_border(height: int, width: int) -> bool:
    """Whether the border is less than half of an image; in tiny images it is nearly everything."""
    return bool(is_border(height, width).mean() < 0.5)


def _border(images: CueImages) -> np.ndarray:
    small = images.small
    return small[:, is_border(*small.shape[1:3])].reshape(len(small), -1)


def _file_size(images: CueImages) -> np.ndarray:
    return images.column("bytes")[:, np.newaxis]


def _aspect_ratio(images: CueImages) -> np.ndarray:
    return (images.column("width") / images.column("height"))[:, np.newaxis]


def _mean_colour(images: CueImages) -> np.ndarray:
    return mean_colour(images.small)


def _blur(images: CueImages) -> np.ndarray:
    return np.array([[sharpness(_grey(images.pixels[row]))] for row in images.rows])


def _grey(image: np.ndarray) -> np.ndarray:
    """Grey levels, float32 (height, width), 0–255."""
    levels = np.asarray(image, dtype=np.float32)
    return levels[..., 0] if levels.shape[-1] == 1 else levels @ _LUMA


CUES: Final[Mapping[str, Cue]] = {
    "border": Cue(
        mark("Border"),
        mark("the border"),
        mark(
            "It would look at the background instead of the thing. That may be real, where the surroundings belong to "
            "the class, or an artefact, where each class was photographed in a place of its own."
        ),
        _border,
    ),
    "file_size": Cue(
        mark("File size"),
        mark("the file size"),
        mark(
            "It does not see the size of a file, but what makes it: detail, noise, compression, the size of the "
            "original. That may be real, where one class has more detail, or an artefact, where classes come from "
            "different cameras or sites."
        ),
        _file_size,
        unit=mark("Bytes"),
    ),
    "aspect_ratio": Cue(
        mark("Proportions"),
        mark("the proportions of the original"),
        mark(
            "It sees them by how an image was pulled, padded or cropped to its size. That may be real, where one class "
            "is longer than the other, or an artefact, where classes come from different sources."
        ),
        _aspect_ratio,
        unit=mark("Width / height"),
    ),
    "mean_colour": Cue(
        mark("Mean colour"),
        mark("the mean colour"),
        mark(
            "It would go by the light or the tint. That may be real, as green is for frogs, or an artefact, where each "
            "class was photographed under a light of its own."
        ),
        _mean_colour,
    ),
    "blur": Cue(
        mark("Sharpness"),
        mark("the sharpness"),
        mark(
            "It would go by how blurred an image is. That may be real, where one class is smooth or moves, or an "
            "artefact, where classes come from different cameras or were edited differently."
        ),
        _blur,
        unit=mark("Sharpness (about 1.5 is crisp, 0.5 blurred)"),
    ),
}
"""By the names that files and the command line give them."""


def cues_for(images: CueImages) -> dict[str, Cue]:
    """Those that mean something for images of this size."""
    height, width = images.small.shape[1:3]
    return {name: cue for name, cue in CUES.items() if name != "border" or has_border(height, width)}
