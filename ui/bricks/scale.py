"""How large a pixel and a channel are drawn: the same for all bricks of a diagram."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.architecture import Shape
from ui.bricks.block import Block
from ui.bricks.columns import Column, Figure, Piece

LEAST = 2.0
"""Nothing is drawn thinner, so that one pixel and one channel stay visible."""
THICKEST_CHANNEL = 4.0
LONGEST_IN_MAPS = 12
"""A volume with this many times the channels of the usual map is cut: in full, it would leave the maps no thickness."""

PLATE_LENGTH, LEAST_PLATE = 5.0, 14.0
SUM_SIZE = 20.0
GHOST_LENGTH, GHOST_HEIGHT, GHOST_DEPTH = 26.0, 44.0, 26.0


@dataclass(frozen=True)
class Scale:
    """Lengths in units of the drawing: of one pixel of height or width, of one channel or unit, and of the longest
    brick that is not cut."""

    pixel: float
    channel: float
    longest: float

    def is_cut(self, piece: Piece) -> bool:
        """Whether the brick is drawn shorter than it is."""
        return piece.figure is Figure.VOLUME and piece.shape[-1] * self.channel > self.longest + 0.01

    def block(self, piece: Piece, x: float, axis: float) -> Block:
        """``piece`` with its left edge at ``x`` and its middle on ``axis``."""
        return Block.on_axis(x, axis, *self._sizes(piece))

    def _sizes(self, piece: Piece) -> tuple[float, float, float]:
        """Length, height and depth."""
        if piece.figure is Figure.SUM:
            return SUM_SIZE, SUM_SIZE, 0
        if piece.figure is Figure.GHOST or piece.shape is None:
            return GHOST_LENGTH, GHOST_HEIGHT, GHOST_DEPTH
        height, width = (max(side * self.pixel, LEAST) for side in height_and_width(piece.shape))
        if piece.figure is Figure.PLATE:
            return PLATE_LENGTH, max(height, LEAST_PLATE), max(width, LEAST_PLATE)
        return max(min(piece.shape[-1] * self.channel, self.longest), LEAST), height, width


def height_and_width(shape: Shape) -> tuple[int, int]:
    """Of a map; a vector is a map of one pixel."""
    return (shape[0], shape[1]) if len(shape) == 3 else (1, 1)


def fitted(columns: Sequence[Column], side: float, longest: float) -> Scale:
    """The scale that gives the largest side of a map the length ``side``, and the longest brick ``longest``."""
    shapes = [piece.shape for column in columns for piece in column if piece.figure is Figure.VOLUME]
    largest_side = max(max(height_and_width(shape)) for shape in shapes)
    return Scale(side / largest_side, min(longest / _most_channels(shapes), THICKEST_CHANNEL), longest)


def _most_channels(shapes: Sequence[Shape]) -> int:
    """Of the bricks that are not to be cut."""
    maps = [shape[2] for shape in shapes[1:] if len(shape) == 3] or [shapes[0][-1]]
    most = max(LONGEST_IN_MAPS * median(maps), min(maps))
    return max(shape[-1] for shape in shapes if shape[-1] <= most)
