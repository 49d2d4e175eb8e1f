"""Taking a class with all its images out of a dataset."""

from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.class_name import check_class
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.message import Message, say


@dataclass(frozen=True)
class RemoveClass(Edit):
    """Removes the class ``name`` and its images."""

    name: str

    @property
    def message(self) -> Message:
        return say("the class {class_name} removed", class_name=self.name)

    def images(self, dataset: Dataset) -> pd.DataFrame:
        check_class(dataset, self.name)
        return dataset.images[dataset.images["class_name"] != self.name]
