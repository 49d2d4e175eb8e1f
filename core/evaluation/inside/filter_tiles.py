"""The filters of a convolution as small images of their weights."""

from dataclasses import dataclass
from typing import Self

import numpy as np

MOST_FILTERS = 64
COLOUR_CHANNELS = 3


@dataclass(frozen=True, eq=False)
class FilterTiles:
    """``tiles``: the first filters as float64, (filters, height, width, channels). ``filters`` is how many the layer
    has, ``inputs`` how many channels each of them sees.

    The ``channels`` are those of a grey or a colour image where the filters see 1 or 3; of any other number it is 1,
    and a tile the mean over all that its filter sees.
    """

    tiles: np.ndarray
    filters: int
    inputs: int

    @classmethod
    def of(cls, kernel: np.ndarray, *, is_depthwise: bool) -> Self:
        """Those of ``kernel``, (height, width, channels, filters), as Keras has it.

        Where ``is_depthwise`` it is (height, width, channels, filters per channel), and each filter sees one channel.
        """
        if is_depthwise:
            kernel = kernel.reshape(*kernel.shape[:2], 1, -1)
        inputs, filters = kernel.shape[2:]
        tiles = np.moveaxis(kernel[..., :MOST_FILTERS].astype(np.float64), -1, 0)
        shown = tiles if inputs in (1, COLOUR_CHANNELS) else tiles.mean(axis=-1, keepdims=True)
        return cls(shown, filters, inputs)

    @property
    def are_means(self) -> bool:
        """Whether the filters see more channels than a picture has."""
        return self.tiles.shape[-1] != self.inputs

    @property
    def largest(self) -> float:
        """How far from 0 the tiles go."""
        return float(np.abs(self.tiles).max())
