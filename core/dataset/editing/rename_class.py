"""Another name for a class."""

from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.class_name import check_class, checked_class_name
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import Message, say


@dataclass(frozen=True)
class RenameClass(Edit):
    """Calls the class ``old`` ``new``; the paths of its images stay as they are."""

    old: str
    new: str

    @property
    def message(self) -> Message:
        return say("the class {old} renamed to {new}", old=self.old, new=self.new.strip())

    def images(self, dataset: Dataset) -> pd.DataFrame:
        check_class(dataset, self.old)
        new = checked_class_name(self.new)
        if new != self.old and new in dataset.class_names:
            raise DatasetError(
                say("There is a class {new} already. Choose another name, or merge the two classes.", new=new)
            )
        return dataset.images.assign(class_name=dataset.images["class_name"].replace(self.old, new))
