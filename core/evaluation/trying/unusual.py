"""Pictures that belong to none of the classes of a model, to see what it says of them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from PIL import Image

from core.dataset.decode import decode
from core.dataset.image_size import ImageSize
from core.dataset.sources import SAMPLES, open_source
from core.errors import DatasetError
from core.message import Message, say

_GREY = 128
_OTHER_SETS = ("digits", "animals", "gauges")


@dataclass(frozen=True, eq=False)
class UnusualPicture:
    """A picture, and what it is."""

    title: Message
    image: Image.Image


def unusual_pictures(image_size: ImageSize, class_names: Sequence[str], images: np.ndarray) -> list[UnusualPicture]:
    """Noise, plain grey, one of ``images`` upside down, and an image of a sample set with other classes.

    ``class_names`` are those of the model; ``images``, uint8, (images, height, width, channels), are some that it was
    trained on, at least one.
    """
    noise = np.random.default_rng(0).integers(0, 256, image_size.shape, dtype=np.uint8)
    pictures = [
        UnusualPicture(say("Noise"), _image(noise)),
        UnusualPicture(say("Plain grey"), _image(np.full(image_size.shape, _GREY, np.uint8))),
        UnusualPicture(say("A training image upside down"), _image(_turned(images))),
    ]
    with suppress(DatasetError):  # the package with that sample set is not installed
        pictures.append(_of_another_set(class_names))
    return pictures


def _turned(images: np.ndarray) -> np.ndarray:
    """Upside down, that one of ``images`` which is least alike to itself then: a 4, and not a 0."""
    turned = images[:, ::-1, ::-1]
    return turned[int(np.argmin([_likeness(*pair) for pair in zip(images, turned, strict=True)]))]


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    """The correlation of two images, -1 to 1; 1 where one of them has a single shade."""
    deviations = [image - image.mean() for image in (one.astype(np.float64), other.astype(np.float64))]
    size = np.sqrt(np.prod([np.square(each).sum() for each in deviations]))
    return float((deviations[0] * deviations[1]).sum() / size) if size else 1.0


def _of_another_set(class_names: Sequence[str]) -> UnusualPicture:
    """The first image of a sample set that has none of the classes ``class_names``."""
    other = next(name for name in _OTHER_SETS if not {*SAMPLES[name].class_names} & {*class_names})
    member = next(iter(open_source(other).members()))
    return UnusualPicture(say("From another set: {name}", name=say(SAMPLES[other].title)), decode(member.read()))


def _image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else np.ascontiguousarray(pixels))
