"""Real images, some of which were spoilt on purpose: those are found, and the others are left alone."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sklearn
from PIL import Image, ImageFilter

from core.dataset.decode import decode
from core.dataset.sources import open_source
from core.quality.check import inspect
from tests.core.quality.inspecting import measured

IMAGES = 200
PLANTED = 20
MOST_MISSED = 0.05
OF_SINGLE_IMAGES = ("dark", "bright", "blurry", "blank", "odd_size", "odd_aspect", "mixed_colour")


def photos():
    """Overlapping crops of 160 pixels of the two photographs of scikit-learn, without those of sky and shade."""
    files = sorted((Path(sklearn.__file__).parent / "datasets" / "images").glob("*.jpg"))
    whole = [decode(file.read_bytes()) for file in files]
    corners = [(left, top) for left in range(0, 480, 30) for top in range(0, 260, 40)]
    crops = [photo.crop((left, top, left + 160, top + 160)) for photo in whole for left, top in corners]
    return [crop for crop in crops if np.asarray(crop.convert("L")).std() > 30]


@cache
def images_of(name):
    if name == "photos":
        return photos()
    members = list(open_source(name).members())
    return [decode(member.read()) for member in members[:: len(members) // IMAGES][:IMAGES]]


def levels(change):
    return lambda image: image.point([round(change(level)) for level in range(256)] * len(image.getbands()))


def blurred(radius):
    return lambda image: image.filter(ImageFilter.GaussianBlur(radius))


def blank(image):
    noise = np.random.default_rng(0).normal(90, 1.5, image.size[::-1])
    return Image.fromarray(noise.round().astype(np.uint8)).convert(image.mode)


SPOILT = [
    ("dark", levels(lambda level: 0.25 * level)),
    ("dark", levels(lambda level: 0.1 * level)),
    ("bright", levels(lambda level: 255 - 0.2 * (255 - level))),
    ("blurry", blurred(1.5)),
    ("blurry", blurred(2)),
    ("blurry", blurred(3)),
    ("blank", blank),
    ("odd_size", lambda image: image.resize((3 * image.width, 3 * image.height))),
    ("odd_aspect", lambda image: image.resize((3 * image.width, image.height))),
]


@pytest.mark.parametrize("name", ["digits", "animals", "gauges", "bursts", "photos"])
def test_images_as_they_are_are_left_alone(name):
    images = images_of(name)
    report = inspect(measured(images))
    found = [finding for finding in report.findings if finding.kind in OF_SINGLE_IMAGES]
    assert sum(len(finding.positions) for finding in found) <= 0.01 * len(images), found


@pytest.mark.parametrize("name", ["digits", "animals", "photos"])
@pytest.mark.parametrize(("kind", "spoil"), SPOILT)
def test_spoilt_images_are_found_among_others(name, kind, spoil):
    images = images_of(name)
    chosen = np.random.default_rng(0).permutation(len(images))[:PLANTED]
    report = inspect(measured([*images, *(spoil(images[position]) for position in chosen)]))
    found = np.array(report.of(kind).positions)
    assert (found >= len(images)).sum() >= (1 - MOST_MISSED) * PLANTED
    assert (found < len(images)).sum() <= 0.01 * len(images)


def test_photos_without_colour_are_found_among_others():
    images = images_of("photos")
    grey = [image.convert("L").convert(mode) for image in images[:5] for mode in ("L", "RGB")]
    assert sorted(inspect(measured([*images, *grey])).of("mixed_colour").positions) == list(
        range(len(images), len(images) + len(grey))
    )
