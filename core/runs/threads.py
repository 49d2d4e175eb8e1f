"""How a training uses the cores that it has. The last digits of what is learned depend on that, so runs keep it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from core.recipe import Recipe
from core.runs.machine import cores

THREADS, SHARES = "LAYERLAB_THREADS", "LAYERLAB_SHARES"
SMALLEST_SHARE = 8
"""Images: below this, a core has more to do with calling operations than with the images."""


@dataclass(frozen=True)
class Threads:
    """``count``: how many cores. ``shares``: into how many parts a batch is divided, each computed by one core from the
    first layer to its gradients; with 1, all cores work together on one operation after the other."""

    count: int
    shares: int = 1

    @classmethod
    def for_recipe(cls, recipe: Recipe, count: int) -> Self:
        """As many shares as cores, of `SMALLEST_SHARE` images at least; one where a layer mixes the images."""
        if any(layer.mixes_images() for layer in recipe.layers if not layer.disabled):
            return cls(count)
        return cls(count, max(1, min(count, recipe.training.batch_size // SMALLEST_SHARE)))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """What this process was started with; all cores and one share unless it was told."""
        return cls(int(environment.get(THREADS) or cores()), int(environment.get(SHARES) or 1))

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process start with them."""
        return {THREADS: str(self.count), SHARES: str(self.shares)}

    @property
    def computes_apart(self) -> bool:
        """Whether each operation is left to one core."""
        return self.shares > 1

    def serves(self, wanted: Self) -> bool:
        """Whether a process that was started with these computes as one that was started with ``wanted``."""
        if wanted.computes_apart:
            return self.computes_apart  # where each operation is one core's, it matters not how many there are
        return not self.computes_apart and self.count == wanted.count
