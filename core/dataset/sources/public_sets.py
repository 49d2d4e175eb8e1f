"""Public sets of images that Keras knows by name, fetched from the network when they are first taken in.

Fetching is done by a process of its own, `core.training.public_sets`, because only there Keras may be imported. What it
has fetched stays in ``downloads/`` of the workspace.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

import core
from core.dataset.limits import Limits
from core.dataset.sources.png import png
from core.dataset.sources.source import Known, Member, Source
from core.errors import DatasetError
from core.message import Message, mark, say
from core.workspace import Workspace

_FETCH = "core.training.public_sets"


@dataclass(frozen=True)
class PublicSet:
    """A set to choose. ``images`` of them come as ``megabytes`` from ``address``; ``class_names`` are in the order of
    the labels."""

    title: str
    description: str
    images: int
    class_names: tuple[str, ...]
    address: str
    megabytes: int


PUBLIC_SETS: Mapping[str, PublicSet] = {
    "fashion_mnist": PublicSet(
        title="Fashion-MNIST",
        description=mark("Ten kinds of clothing from a shop: 70,000 grey images, 28 × 28 pixels, with a test set."),
        images=70_000,
        class_names=(
            *("T-shirt", "trouser", "pullover", "dress", "coat"),
            *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
        ),
        address="https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        megabytes=31,
    ),
    "cifar10": PublicSet(
        title="CIFAR-10",
        description=mark(
            "Ten kinds of animals and vehicles: 60,000 colour photographs, 32 × 32 pixels, with a test set."
        ),
        images=60_000,
        class_names=(
            *("airplane", "automobile", "bird", "cat", "deer"),
            *("dog", "frog", "horse", "ship", "truck"),
        ),
        address="https://www.cs.toronto.edu/~kriz/",
        megabytes=171,
    ),
}


def open_public_set(key: str, name: str, limits: Limits) -> Source:
    """The set ``PUBLIC_SETS[key]`` with the parts that its makers gave it. Nothing is fetched yet.

    Its ``members()`` raise DatasetError if it is not there and cannot be fetched.
    """
    return Source(name, PUBLIC_SETS[key].images, partial(_members, key), limits)


def _members(key: str) -> Iterator[Member]:
    path = Workspace.from_environment().home / "downloads" / f"{key}.npz"
    if not path.exists():
        _fetch(key, path)
    with np.load(path) as arrays:
        for part in ("train", "test"):
            yield from _part(PUBLIC_SETS[key].class_names, part, arrays[f"x_{part}"], arrays[f"y_{part}"])


def _part(class_names: tuple[str, ...], part: str, pixels: np.ndarray, labels: np.ndarray) -> Iterator[Member]:
    for position, label in enumerate(labels.ravel().tolist()):
        path = f"{part}/{class_names[label]}/{position:05}.png"
        yield Member(path, partial(png, pixels[position]), Known(class_name=class_names[label], part=part))


def _fetch(key: str, path: Path) -> None:
    """Waits for the process that writes the file at ``path``. It ends when this one does: then its input closes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", _FETCH, key, str(path)]
    root = Path(core.__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answer = process.stdout.read()
    if process.returncode != 0:
        raise DatasetError(Message.from_json(answer) if answer else _went_wrong(key))


def _went_wrong(key: str) -> Message:
    return say(
        "{title} could not be fetched: the process that was to do it broke off. Try again.",
        title=PUBLIC_SETS[key].title,
    )
