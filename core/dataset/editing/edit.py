"""What every change of a dataset can say and do."""

from abc import ABC, abstractmethod

import pandas as pd

from core.dataset.store import Dataset
from core.message import Message


class Edit(ABC):
    """One change of a dataset, asked for by a person."""

    @property
    @abstractmethod
    def message(self) -> Message:
        """What it does, in words, as a history tells it afterwards."""

    @abstractmethod
    def images(self, dataset: Dataset) -> pd.DataFrame:
        """The rows of ``dataset.images`` that stay, in their order and with their index, class_name and value changed.

        The column label is not kept up. Raises DatasetError where the change cannot be made.
        """
