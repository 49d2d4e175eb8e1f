"""What a diagnosis goes by."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.recipe import Recipe


@dataclass(frozen=True)
class Case:
    """A run as it stands.

    ``history`` is what `core.runs.history.epochs` gives: a row per epoch. ``is_over``: no epoch will follow.
    ``has_diverged``: it failed because the loss was not a number any more. ``validation_counts``: the images of each
    class among those that validate, none for numbers. ``predicted_counts``: how often each class is the answer to them;
    none where the run was not judged.
    """

    recipe: Recipe
    history: pd.DataFrame
    is_over: bool
    has_diverged: bool = False
    validation_counts: tuple[int, ...] = ()
    predicted_counts: tuple[int, ...] | None = None

    @property
    def epochs(self) -> int:
        """How many are done."""
        return len(self.history)

    @property
    def validation_images(self) -> int:
        return sum(self.validation_counts)

    @property
    def has_accuracy(self) -> bool:
        """Whether it was measured in every epoch."""
        return self.epochs > 0 and bool(self.history[["accuracy", "val_accuracy"]].notna().all(axis=None))

    @property
    def has_validation_loss(self) -> bool:
        """Whether it was measured in every epoch, which it is where there are images that validate."""
        return self.epochs > 0 and bool(np.isfinite(self.curve("val_loss")).all())

    @property
    def most_common(self) -> float:
        """The share of the most common class among the images that validate: what guessing it each time gets; 0 where
        they are not known."""
        return max(self.validation_counts, default=0) / max(self.validation_images, 1)

    def curve(self, name: str) -> np.ndarray:
        """A column of the history, float64 (epochs,)."""
        return self.history[name].to_numpy(dtype=np.float64)
