"""The way of a Residual's input around its layers to the sum."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.architecture import Layer, Place, Readout, Residual
from ui.bricks.columns import Column, Figure

CLEARANCE, LEVEL = 8.0, 7.0
"""From the highest brick to the arc over it, and from arc to arc."""


@dataclass(frozen=True)
class Span:
    """A Residual from its first column to its sum; ``levels`` are the arcs that may lie below its own.

    ``projection`` is the layer that its input passes on the way, if it has one.
    """

    first: int
    last: int
    levels: int
    projection: Layer | None

    def rise(self, reaches: Sequence[float], row: Sequence[int]) -> float:
        """How far above the axis the arc lies in a row of the columns numbered ``row``; ``reaches`` says of every
        column how far it goes above the axis. 0 where the Residual is not in this row."""
        over = [reaches[column] for column in row if self.first <= column <= self.last]
        return max(over) + CLEARANCE + LEVEL * self.levels if over else 0.0


def spans(columns: Sequence[Column]) -> tuple[Span, ...]:
    """Every Residual among ``columns``, each behind those that stand in it."""
    sums = ((number, column[0]) for number, column in enumerate(columns) if column[0].figure is Figure.SUM)
    return tuple(_span(columns, number, piece.readout) for number, piece in sums if piece.readout)


def _span(columns: Sequence[Column], last: int, readout: Readout) -> Span:
    residual = readout.layer
    assert isinstance(residual, Residual)
    is_known = readout.input_shape is not None and readout.output_shape is not None
    projection = residual.projection_layer(readout.input_shape) if is_known else None
    return Span(_first(columns, readout.place), last, residual.depth - 1, projection)


def _first(columns: Sequence[Column], place: Place) -> int:
    return next(number for number, (piece, *_) in enumerate(columns) if (piece.place or ())[: len(place)] == place)
