"""Datasets made up for the tests of findings: a table with a line for what matters, the rest is ordinary."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

from core.quality.inspected import Inspected
from core.quality.measures import MeasuredImages

ORDINARY = {"darkest": 0.0, "brightest": 255.0, "contrast": 60.0, "sharpness": 1.5, "colour": 0.0}
NO_PAIRS: tuple[tuple[int, int, float], ...] = ()


def inspected(
    number: int,
    pairs: Sequence[tuple[int, int, float]] = NO_PAIRS,
    classes: tuple[str, ...] = ("cats", "dogs"),
    **columns: Sequence[Any],
) -> Inspected:
    """``number`` images of 28 × 28 pixels, in turn of each class; ``columns`` of images or measures replace others."""
    images: dict[str, Any] = {
        "pixel_hash": [f"{position:05}" for position in range(number)],
        "label": [position % max(1, len(classes)) for position in range(number)],
        "value": [float("nan")] * number,
        "width": [28] * number,
        "height": [28] * number,
    }
    measures: dict[str, Any] = {name: [value] * number for name, value in ORDINARY.items()}
    for name, values in columns.items():
        (measures if name in measures else images)[name] = values
    first, second, similarity = zip(*pairs, strict=True) if pairs else ((), (), ())
    look_alikes = pd.DataFrame(
        {"first": np.array(first, int), "second": np.array(second, int), "similarity": np.array(similarity, float)}
    )
    return Inspected(pd.DataFrame(images), classes, pd.DataFrame(measures), look_alikes)


def measured(images: Sequence[Any]) -> Inspected:
    """Real images, all different from each other."""
    passed = MeasuredImages(images)
    for position in range(len(images)):
        passed[position]
    columns: Mapping[str, Any] = {name: values.tolist() for name, values in passed.table.items()}
    sizes = {"width": [image.width for image in images], "height": [image.height for image in images]}
    return inspected(len(images), **columns, **sizes)


def drawn(seed: int) -> Image.Image:
    """Crisp rectangles in colours, 80 × 80 pixels; another picture for each seed."""
    chance = np.random.default_rng(seed)
    image = Image.new("RGB", (80, 80), tuple(chance.integers(100, 160, 3).tolist()))
    for _ in range(8):
        left, top, width, height = (*chance.integers(0, 70, 2).tolist(), *chance.integers(5, 40, 2).tolist())
        colour = tuple(chance.integers(0, 256, 3).tolist())
        ImageDraw.Draw(image).rectangle((left, top, left + width, top + height), fill=colour)
    return image
