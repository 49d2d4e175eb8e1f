"""What a model's answers say of each class, as shares that sum to 1, and which class they name."""

import numpy as np

HALF = 0.5
"""From this probability on the second of two classes is named, where nobody decided otherwise."""


def probabilities(answers: np.ndarray) -> np.ndarray:
    """The share of each class in each answer: float64, (images, classes), rows sum to 1.

    ``answers``: (images, units). One unit is that of class 1, cut to 0-1; class 0 has the rest. Of several, each is
    divided by their sum, which for a softmax changes nothing. Where some are below 0, as without a softmax they may be,
    all are counted from the lowest one, so that their order stays.
    """
    answers = np.asarray(answers, dtype=np.float64)
    if answers.shape[1] == 1:
        positive = np.clip(answers, 0, 1)
        return np.hstack([1 - positive, positive])
    counted = answers - np.minimum(answers.min(axis=1, keepdims=True), 0)
    sums = counted.sum(axis=1, keepdims=True)
    return np.where(sums > 0, counted / np.where(sums > 0, sums, 1), 1 / answers.shape[1])


def predicted_classes(probabilities: np.ndarray, threshold: float = HALF) -> np.ndarray:
    """The class that each row of ``probabilities``, (images, classes), names: (images,).

    Of two classes the second from ``threshold`` on; of more the most probable, of those that are alike the first.
    """
    if probabilities.shape[1] == 2:
        return (probabilities[:, 1] >= threshold).astype(np.int64)
    return probabilities.argmax(axis=1)
