"""What batches measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True)
class Figures:
    """``values``: float32 (batches, figures), in the order of ``names``. ``images``: how many each batch had."""

    names: tuple[str, ...]
    values: np.ndarray
    images: np.ndarray

    @classmethod
    def none(cls, names: tuple[str, ...]) -> Self:
        """Those of no batch."""
        return cls(names, np.zeros((0, len(names)), np.float32), np.zeros(0, np.int64))

    def followed_by(self, others: Sequence[Self]) -> Self:
        """The figures of these batches and, behind them, of all the others, in order."""
        every = (self, *others)
        return type(self)(
            self.names, np.concatenate([each.values for each in every]), np.concatenate([each.images for each in every])
        )

    def __len__(self) -> int:
        return len(self.images)

    def per_batch(self) -> Iterator[dict[str, float]]:
        """The figures of each batch by their names."""
        return (dict(zip(self.names, row, strict=True)) for row in self.values.tolist())

    def column(self, name: str) -> np.ndarray:
        """One figure of each batch."""
        return self.values[:, self.names.index(name)]

    def means(self) -> dict[str, float]:
        """The figures as means over the images, so that a smaller last batch weighs less."""
        means = np.average(self.values.astype(np.float64), axis=0, weights=self.images)
        return dict(zip(self.names, means.tolist(), strict=True))
