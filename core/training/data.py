"""The images that a run may see: those of the training and validation parts, never those of the test set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset, pixels
from core.errors import RunError
from core.message import say
from core.objective.class_weights import ClassWeights, weights_of
from core.objective.losses import LabelEncoding
from core.objective.number_scale import NumberScale
from core.objective.training import Training
from core.split import Assignment

Batches = Mapping[str, np.ndarray]
"""Some batches: ``images`` uint8 (batches, batch size, height, width, channels), ``labels`` as the loss wants them,
(batches, batch size, …), and, where images weigh differently, ``weights`` float32 (batches, batch size)."""


@dataclass(frozen=True)
class Examples:
    """The images at ``rows`` of ``pixels``, uint8 (images, height, width, channels), read only when they are taken.

    ``pixels`` may be a file that is mapped into memory and larger than it. ``labels`` has a row for each of ``rows``,
    as the loss wants them; ``weights``, float32 (rows,), says how much each counts in the loss, where they differ.
    """

    pixels: np.ndarray
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray | None = None

    @classmethod
    def of(cls, images: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None) -> Self:
        """All of ``images``, in their order."""
        return cls(images, np.arange(len(images)), labels, weights)

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, positions: np.ndarray) -> Batches:
        """The examples at ``positions``, integers (batches, batch size), each from 0 to the number of rows."""
        taken = {"images": self.pixels[self.rows[positions]], "labels": self.labels[positions]}
        return taken if self.weights is None else taken | {"weights": self.weights[positions]}


@dataclass(frozen=True)
class TrainingData:
    """What is learned from and what is judged on."""

    train: Examples
    validation: Examples


def number_scale(dataset: Dataset, assignment: Assignment, training: Training) -> NumberScale | None:
    """How the numbers of ``dataset`` are learned by ``training``; None where it has classes.

    Where they are standardized, only those of training images count.
    """
    if not dataset.predicts_numbers:
        return None
    rows = assignment.rows("train")
    if not training.standardize or not len(rows):
        return NumberScale()
    return NumberScale.of(dataset.images["value"].to_numpy()[rows].tolist())


def read(
    dataset: Dataset,
    assignment: Assignment,
    image_size: ImageSize,
    encoding: LabelEncoding,
    units: int,
    class_weights: ClassWeights = None,
    numbers: NumberScale | None = None,
) -> TrainingData:
    """The training and validation images at ``image_size``, for a net with ``units`` outputs.

    ``class_weights`` count for the training images alone, as in Keras's ``fit``. ``numbers`` is how the numbers of the
    images are learned, if they have some instead of classes. RunError where the assignment is not that of these images,
    a part is empty, the classes outnumber the units, or the images cannot be read.
    """
    _refuse_mismatch(dataset, assignment, encoding, units)
    every_image = _mapped(dataset, image_size)
    if numbers is not None:
        labels = learned_numbers(dataset.images["value"].to_numpy(), numbers)
        parts = (assignment.rows(part) for part in ("train", "validation"))
        return TrainingData(*(Examples(every_image, rows, labels[rows]) for rows in parts))
    classes = dataset.images["label"].to_numpy()
    train, validation = assignment.rows("train"), assignment.rows("validation")
    weights = weights_of(
        class_weights, dataset.class_names, np.bincount(classes[train], minlength=len(dataset.class_names)).tolist()
    )
    return TrainingData(
        Examples(
            every_image,
            train,
            encode(classes[train], encoding, units),
            None if weights is None else np.asarray(weights, np.float32)[classes[train]],
        ),
        Examples(every_image, validation, encode(classes[validation], encoding, units)),
    )


def learned_numbers(values: np.ndarray, scale: NumberScale) -> np.ndarray:
    """``values``, float64 (images,), as a net learns them: float32 (images, 1)."""
    return ((values - scale.mean) / scale.deviation).astype(np.float32)[:, np.newaxis]


def encode(labels: np.ndarray, encoding: LabelEncoding, units: int) -> np.ndarray:
    """Class indices, (images,), as the loss wants them.

    ``index``: (images,), ``one_hot``: (images, units), ``number``: (images, 1).
    """
    if encoding == "index":
        return labels.astype(np.int32)
    if encoding == "number":
        return labels.astype(np.float32)[:, np.newaxis]
    return np.eye(units, dtype=np.float32)[labels]


def _mapped(dataset: Dataset, image_size: ImageSize) -> np.ndarray:
    """All images, left in their file; the system reads what is asked for, and keeps it where there is memory."""
    try:
        return np.asarray(pixels(dataset, image_size))
    except (OSError, ValueError, EOFError) as error:
        raise RunError(
            say(
                "The images of the dataset {name} cannot be read: {reason}. Take the images in again, then start a new "
                "run.",
                name=dataset.name,
                reason=str(error),
            )
        ) from error


def _refuse_mismatch(dataset: Dataset, assignment: Assignment, encoding: LabelEncoding, units: int) -> None:
    images, parts, classes = len(dataset.images), len(assignment.parts), len(dataset.class_names)
    if parts != images:
        raise RunError(
            say(
                "The run's split.csv has {parts:,} rows, but the dataset {name} has {images:,} images. Start a new "
                "run, which makes its split anew.",
                parts=parts,
                name=dataset.name,
                images=images,
            )
        )
    if not len(assignment.rows("train")):
        raise RunError(say("The split leaves no image for training. Raise the training share."))
    if not len(assignment.rows("validation")):
        raise RunError(say("The split leaves no image for validation. Raise the validation share."))
    if classes > (2 if encoding == "number" else units):
        raise RunError(
            say(
                "The dataset {name} has {classes:,} classes, but the last layer has {units:,} units. Let the last "
                "layer follow the classes of the dataset.",
                name=dataset.name,
                classes=classes,
                units=units,
            )
        )
