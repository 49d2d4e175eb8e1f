"""What batches measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True)
class Figures:
    """The loss, the accuracy and the number of images of each of some batches; each array (batches,)."""

    losses: np.ndarray
    accuracies: np.ndarray
    images: np.ndarray

    @classmethod
    def joined(cls, figures: Sequence[Self]) -> Self:
        """The figures of all the batches, in order."""
        return cls(*(np.concatenate(column) for column in zip(*(some._columns() for some in figures), strict=True)))

    def __len__(self) -> int:
        return len(self.images)

    def per_batch(self) -> Iterator[tuple[float, float]]:
        """Loss and accuracy of each batch."""
        return zip(self.losses.tolist(), self.accuracies.tolist(), strict=True)

    def means(self) -> tuple[float, float]:
        """Loss and accuracy as means over the images, so that a smaller last batch weighs less."""
        loss, accuracy = np.average(np.stack([self.losses, self.accuracies]), axis=1, weights=self.images)
        return float(loss), float(accuracy)

    def _columns(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.losses, self.accuracies, self.images
