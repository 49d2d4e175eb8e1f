"""The images of the benchmarks, made of the sample set digits: 5,000 grey images of 28 × 28 pixels."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from bench.contenders.arrays import Arrays, Examples, write
from bench.work import TRAINING_IMAGES, VALIDATION_IMAGES
from core.dataset.sources import open_source

SAMPLE = "digits"
SHIFTS = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""By how many rows and columns a picture is moved: by one pixel up, down, left or right."""


def read() -> Examples:
    """All images of the sample set with their classes."""
    members = list(open_source(SAMPLE).members())
    pixels = np.stack([np.asarray(Image.open(io.BytesIO(member.read()))) for member in members])
    labels = np.array([int(member.path.split("/")[0]) for member in members], np.int32)
    return Examples(pixels[..., np.newaxis], labels)


def divided(digits: Examples, seed: int = 0) -> Arrays:
    """4,200 training and 900 validation images.

    There are 5,000: the 4,100 that are not for validation are all learned from, and the first 100 of them twice.
    """
    order = np.random.default_rng(seed).permutation(len(digits.labels))
    validation, rest = np.split(order, [VALIDATION_IMAGES])
    training = np.resize(rest, TRAINING_IMAGES)
    return Arrays(digits.at(training), digits.at(validation))


def write_folder(folder: Path) -> None:
    """The divided images in ``folder``, as arrays and as PNG files in a folder for each part and class."""
    arrays = divided(read())
    write(arrays, folder)
    for part, examples in (("training", arrays.training), ("validation", arrays.validation)):
        for path, data in _files(examples):
            file = folder / part / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def write_zip(path: Path, images: int, seed: int) -> None:
    """A zip archive of ``images`` different PNG files in a folder for each class.

    What is more than the sample set has are copies of some of its images, moved by one pixel; another ``seed`` takes
    others, so that no two archives are the same dataset.
    """
    digits = read()
    more = np.random.default_rng(seed).permutation(len(digits.labels))[: images - len(digits.labels)]
    moved = np.stack([_moved(digits.images[row], *SHIFTS[row % len(SHIFTS)]) for row in more])
    every_image = Examples(np.concatenate([digits.images, moved]), np.concatenate([digits.labels, digits.labels[more]]))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in _files(every_image):
            archive.writestr(name, data)


def _files(examples: Examples) -> Iterator[tuple[str, bytes]]:
    for position, (image, label) in enumerate(zip(examples.images, examples.labels.tolist(), strict=True)):
        yield f"{label}/{position:05}.png", _png(image)


def _png(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image[..., 0]).save(file, "PNG")
    return file.getvalue()


def _moved(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """What leaves the picture at one edge comes in at the other; digits have black edges."""
    return np.roll(image, (rows, columns), axis=(0, 1))
