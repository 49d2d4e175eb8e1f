"""The images in memory, as the contenders find them in the folder that the benchmark has made."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = "arrays.npz"


@dataclass(frozen=True)
class Examples:
    """``images``: uint8, (images, height, width, channels). ``labels``: class indices, int32, (images,)."""

    images: np.ndarray
    labels: np.ndarray

    def at(self, rows: np.ndarray) -> "Examples":
        """The examples at the positions ``rows``."""
        return Examples(self.images[rows], self.labels[rows])


@dataclass(frozen=True)
class Arrays:
    """What is learned from, and what is judged on."""

    training: Examples
    validation: Examples


def write(arrays: Arrays, folder: Path) -> None:
    np.savez(
        folder / FILE,
        training_images=arrays.training.images,
        training_labels=arrays.training.labels,
        validation_images=arrays.validation.images,
        validation_labels=arrays.validation.labels,
    )


def read(folder: Path) -> Arrays:
    """What `write` wrote."""
    with np.load(folder / FILE) as file:
        training = Examples(file["training_images"], file["training_labels"])
        return Arrays(training, Examples(file["validation_images"], file["validation_labels"]))
