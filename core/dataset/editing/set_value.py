"""Another number for images that have numbers instead of classes."""

import math
from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.choice import is_chosen
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import Message, say, say_count


@dataclass(frozen=True)
class SetValue(Edit):
    """Gives the images with these paths the number ``value``."""

    paths: tuple[str, ...]
    value: float

    @property
    def message(self) -> Message:
        return say_count(
            "{count:,} image given the number {value:g}",
            "{count:,} images given the number {value:g}",
            count=len(set(self.paths)),
            value=float(self.value),
        )

    def images(self, dataset: Dataset) -> pd.DataFrame:
        if not dataset.predicts_numbers:
            raise DatasetError(say("The images of {name} have classes, not numbers.", name=dataset.name))
        if not math.isfinite(self.value):
            raise DatasetError(say("{value} is not a number that can be predicted.", value=str(self.value)))
        others = ~is_chosen(dataset, self.paths)
        return dataset.images.assign(value=dataset.images["value"].where(others, float(self.value)))
