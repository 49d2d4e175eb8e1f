"""What a model's answers say of each class, as shares that sum to 1."""

import numpy as np


def probabilities(answers: np.ndarray) -> np.ndarray:
    """The share of each class in each answer: float64, (images, classes), rows sum to 1.

    ``answers``: (images, units). One unit is that of class 1, cut to 0-1; class 0 has the rest. Of several, each is
    divided by their sum, which for a softmax changes nothing; what is below 0 counts as 0, and where all are, the
    classes share alike.
    """
    cut = np.clip(np.asarray(answers, dtype=np.float64), 0, None)
    if cut.shape[1] == 1:
        positive = np.clip(cut, 0, 1)
        return np.hstack([1 - positive, positive])
    sums = cut.sum(axis=1, keepdims=True)
    return np.where(sums > 0, cut / np.where(sums > 0, sums, 1), 1 / cut.shape[1])
