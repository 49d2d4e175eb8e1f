"""What the images of a dataset are called where they are shown: by their class, or by their number."""

from collections.abc import Iterable

from core.dataset.store import Dataset
from ui.numbers import quantity


def titles(dataset: Dataset, positions: Iterable[int]) -> list[str]:
    """The title of each of the images at ``positions``."""
    asked = dataset.images.iloc[list(positions)]
    if dataset.predicts_numbers:
        return [quantity(value) for value in asked["value"]]
    return [dataset.class_names[label] for label in asked["label"]]
