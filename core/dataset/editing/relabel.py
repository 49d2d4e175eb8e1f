"""Moving images to another class."""

from dataclasses import dataclass

import pandas as pd

from core.dataset.editing.choice import is_chosen
from core.dataset.editing.class_name import check_has_classes, checked_class_name
from core.dataset.editing.edit import Edit
from core.dataset.store import Dataset
from core.message import Message, say_count


@dataclass(frozen=True)
class Relabel(Edit):
    """Gives the images with these paths the class ``class_name``, which need not have been there before.

    A class that is left without images is gone.
    """

    paths: tuple[str, ...]
    class_name: str

    @property
    def message(self) -> Message:
        return say_count(
            "{count:,} image moved to the class {class_name}",
            "{count:,} images moved to the class {class_name}",
            count=len(set(self.paths)),
            class_name=self.class_name.strip(),
        )

    def images(self, dataset: Dataset) -> pd.DataFrame:
        check_has_classes(dataset)
        class_name = checked_class_name(self.class_name)
        others = ~is_chosen(dataset, self.paths)
        return dataset.images.assign(class_name=dataset.images["class_name"].where(others, class_name))
