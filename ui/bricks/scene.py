"""The brick diagram as values: what stands where. The unit is that of the drawing, about one pixel of the screen."""

from dataclasses import dataclass

from core.architecture import Layer, Place
from ui import purposes
from ui.bricks.block import Block, Point
from ui.bricks.columns import Piece
from ui.bricks.scale import Scale


@dataclass(frozen=True)
class Box:
    """An area of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """Lines of text around ``x``; ``y`` is the base of the first."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Brick:
    """A piece at its place in the drawing. ``area`` answers the pointer."""

    piece: Piece
    block: Block
    row: int
    area: Box
    label: Label | None = None
    is_cut: bool = False

    @property
    def place(self) -> Place | None:
        """Where the layer stands; None for the image."""
        return self.piece.place

    @property
    def colour(self) -> str:
        """The name of the colour of the layer's purpose; the image has its own."""
        return purposes.colour(self.piece.readout.layer) if self.piece.readout else "image"


@dataclass(frozen=True)
class Way:
    """A way of the data. Where it ``is_start`` of a shortcut, it branches off with a dot; where it ``is_end`` of a row
    or of a shortcut, it has an arrow. ``projection`` is the layer that a shortcut leads through."""

    points: tuple[Point, ...]
    is_start: bool = False
    is_end: bool = False
    projection: Layer | None = None


@dataclass(frozen=True)
class Scene:
    """Bricks in the order in which they are drawn: a later one may hide part of an earlier one."""

    width: float
    height: float
    bricks: tuple[Brick, ...]
    ways: tuple[Way, ...]
    scale: Scale

    @property
    def rows(self) -> int:
        return self.bricks[-1].row + 1
