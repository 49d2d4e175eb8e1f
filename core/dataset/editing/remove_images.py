"""Taking images out of a dataset."""

from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.choice import is_chosen
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.message import Message, say_count


@dataclass(frozen=True)
class RemoveImages(Edit):
    """Removes the images with these paths."""

    paths: tuple[str, ...]

    @property
    def message(self) -> Message:
        return say_count("{count:,} image removed", "{count:,} images removed", count=len(set(self.paths)))

    def images(self, dataset: Dataset) -> pd.DataFrame:
        return dataset.images[~is_chosen(dataset, self.paths)]
