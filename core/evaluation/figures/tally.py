"""How many images are of each class, are called it, and both: all that precision, recall and F1 depend on."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Tally:
    """Images by class, each (…, classes); a share of no images is NaN.

    ``of_class``: whose class it is. ``called``: whose predicted class it is. ``right``: both.
    """

    of_class: np.ndarray
    called: np.ndarray
    right: np.ndarray

    @property
    def recall(self) -> np.ndarray:
        """The share of the images of a class that was found."""
        return _share(self.right, self.of_class)

    @property
    def f1(self) -> np.ndarray:
        """The harmonic mean of precision and recall (van Rijsbergen, 1979); NaN where a class is neither there nor
        predicted."""
        return _share(2 * self.right, self.of_class + self.called)

    @property
    def balanced_accuracy(self) -> np.ndarray:
        """The mean recall of the classes that have images, (…)."""
        return np.nanmean(self.recall, axis=-1)

    @property
    def macro_f1(self) -> np.ndarray:
        """The mean F1 of the classes that are there or predicted, (…)."""
        return np.nanmean(self.f1, axis=-1)


def tally(counts: np.ndarray, label: np.ndarray, predicted: np.ndarray, classes: int) -> Tally:
    """Of images that come in kinds: ``counts``, (…, kinds), of them have the class ``label`` and were called
    ``predicted``, each (kinds,)."""
    of_label, of_predicted = np.eye(classes)[label], np.eye(classes)[predicted]
    return Tally(counts @ of_label, counts @ of_predicted, counts @ (of_label * of_predicted))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
