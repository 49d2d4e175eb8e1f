"""The images that a run may see, in memory: those of the training and validation parts, never those of the test set."""

from dataclasses import dataclass

import numpy as np

from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset, pixels
from core.errors import RunError
from core.message import say
from core.objective.losses import LabelEncoding
from core.split import Assignment


@dataclass(frozen=True)
class Examples:
    """``images``: uint8, (images, height, width, channels). ``labels``: as the loss wants them, one row per image."""

    images: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.images)


@dataclass(frozen=True)
class TrainingData:
    """What is learned from and what is judged on."""

    train: Examples
    validation: Examples


def read(
    dataset: Dataset, assignment: Assignment, image_size: ImageSize, encoding: LabelEncoding, units: int
) -> TrainingData:
    """The training and validation images at ``image_size``, for a net with ``units`` outputs.

    RunError where the assignment is not that of these images, a part is empty, or the classes outnumber the units.
    """
    _refuse_mismatch(dataset, assignment, encoding, units)
    every_image = pixels(dataset, image_size)
    every_label = encode(dataset.images["label"].to_numpy(), encoding, units)

    def examples(part: str) -> Examples:
        rows = assignment.rows(part)
        return Examples(every_image[rows], every_label[rows])

    return TrainingData(examples("train"), examples("validation"))


def encode(labels: np.ndarray, encoding: LabelEncoding, units: int) -> np.ndarray:
    """Class indices, (images,), as the loss wants them.

    ``index``: (images,), ``one_hot``: (images, units), ``number``: (images, 1).
    """
    if encoding == "index":
        return labels.astype(np.int32)
    if encoding == "number":
        return labels.astype(np.float32)[:, np.newaxis]
    return np.eye(units, dtype=np.float32)[labels]


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
