"""Several classes made one."""

from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.class_name import check_class, checked_class_name
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import Message, say


@dataclass(frozen=True)
class MergeClasses(Edit):
    """Moves all images of the classes ``names`` to the class ``into``: one of them, another class, or a new one."""

    names: tuple[str, ...]
    into: str

    @property
    def message(self) -> Message:
        return say(
            "the classes {names} merged into {into}", names=", ".join(sorted(set(self.names))), into=self.into.strip()
        )

    def images(self, dataset: Dataset) -> pd.DataFrame:
        for name in self.names:
            check_class(dataset, name)
        into = checked_class_name(self.into)
        if len({*self.names, *({into} & set(dataset.class_names))}) < 2:
            raise DatasetError(say("It takes two classes to merge them. Choose another class too."))
        class_name = dataset.images["class_name"]
        return dataset.images.assign(class_name=class_name.mask(class_name.isin(self.names), into))
