"""Drawn pictures of a round gauge, whose needle points at a number: a sample set for predicting numbers."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageDraw

from core.dataset.sources.png import png
from core.dataset.sources.source import Known, Member

GAUGES = 2_000
SIDE = 48
HIGHEST_VALUE = 100.0

_SEED = 48_100
_ZOOM = 4  # drawn larger and averaged down, so that lines have soft edges
_FIRST_ANGLE = 135  # degrees clockwise from the right, where 0 is; the scale goes on clockwise, over the top
_SWEEP = 270
_TICKS = 11


def gauge_members() -> Iterator[Member]:
    """`GAUGES` grey images of `SIDE` × `SIDE` pixels, each with its value: 0 to 100 with one decimal.

    Every one is drawn when it is read. Size, place, width of the lines, brightness and noise differ from image to
    image; the scale is always turned the same way, so that the angle of the needle is the value.
    """
    values = np.random.default_rng(_SEED).integers(0, 1_001, GAUGES) / 10
    for number, value in enumerate(values.tolist()):
        yield Member(f"gauge{number:04}.png", partial(_read, number, value), Known(value=value))


def _read(number: int, value: float) -> bytes:
    chance = np.random.default_rng([_SEED, number])
    drawn = np.asarray(_draw(value, chance).reduce(_ZOOM), dtype=np.int16)
    spread = int(chance.integers(2, 13))
    noisy = drawn + chance.integers(-spread, spread + 1, drawn.shape)
    return png(np.clip(noisy, 0, 255).astype(np.uint8))


def _draw(value: float, chance: np.random.Generator) -> Image.Image:
    """The gauge, `_ZOOM` times as large."""
    side = SIDE * _ZOOM
    paper, face, ink = _brightness(chance)
    image = Image.new("L", (side, side), paper)
    pen = ImageDraw.Draw(image)
    radius = int(chance.integers(side * 37 // 100, side * 46 // 100))
    slack = (side // 2 - radius) // 2
    middle = tuple(side // 2 + int(chance.integers(-slack, slack + 1)) for _ in range(2))
    box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    pen.ellipse(box, fill=face, outline=ink, width=int(chance.integers(3, 9)))
    for tick in range(_TICKS):
        angle = _angle(tick * HIGHEST_VALUE / (_TICKS - 1))
        pen.line((*_point(middle, angle, radius * 0.8), *_point(middle, angle, radius * 0.92)), fill=ink, width=_ZOOM)
    tip = _point(middle, _angle(value), radius * int(chance.integers(64, 79)) / 100)
    pen.line((*middle, *tip), fill=ink, width=int(chance.integers(7, 15)))
    hub = int(chance.integers(6, 15))
    pen.ellipse((middle[0] - hub, middle[1] - hub, middle[0] + hub, middle[1] + hub), fill=ink)
    return image


def _brightness(chance: np.random.Generator) -> tuple[int, int, int]:
    """Of what is around the gauge, of its face, and of what is drawn on it; in every eighth image light on dark."""
    paper, face, ink = int(chance.integers(90, 256)), int(chance.integers(170, 256)), int(chance.integers(0, 80))
    return (255 - paper, 255 - face, 255 - ink) if chance.integers(0, 8) == 0 else (paper, face, ink)


def _angle(value: float) -> float:
    """Radians clockwise from the right."""
    return math.radians(_FIRST_ANGLE + _SWEEP * value / HIGHEST_VALUE)


def _point(middle: tuple[int, ...], angle: float, distance: float) -> tuple[int, int]:
    """Whole pixels, so that the last digits of a sine, which machines may differ in, do not decide."""
    return round(middle[0] + distance * math.cos(angle)), round(middle[1] + distance * math.sin(angle))
