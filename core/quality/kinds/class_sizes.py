"""How many images there are of each class."""

import numpy as np

from core.quality.inspected import Inspected


def class_sizes(inspected: Inspected) -> np.ndarray:
    """By label, (classes,); one number where numbers are to be predicted."""
    return np.bincount(inspected.images["label"].to_numpy(), minlength=max(1, len(inspected.class_names)))
