"""The images that an edit is about."""

from collections.abc import Sequence

import numpy as np

from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import say


def is_chosen(dataset: Dataset, paths: Sequence[str]) -> np.ndarray:
    """For every image of ``dataset`` whether it is one of ``paths``.

    Raises DatasetError where there are none, or where one is not in the dataset.
    """
    if not paths:
        raise DatasetError(say("No image is chosen. Choose at least one."))
    unknown = sorted(set(paths) - set(dataset.images["path"]))
    if unknown:
        raise DatasetError(
            say("There is no image {path} in {name}. It may have been removed.", path=unknown[0], name=dataset.name)
        )
    return dataset.images["path"].isin(paths).to_numpy()
