"""What stands beside what in the brick diagram, before anything has a size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.architecture import Place, Readout, Residual, Shape, Summary


class Figure(StrEnum):
    """How a layer is drawn."""

    VOLUME = "volume"
    """A block of height × width × channels: the image, or the output of a layer that makes a new one."""
    PLATE = "plate"
    """A thin plate on the volume whose shape it leaves as it is."""
    SUM = "sum"
    """The addition at the end of a Residual."""
    GHOST = "ghost"
    """A layer whose output is not known, because of a problem there or before it."""


@dataclass(frozen=True)
class Piece:
    """What one layer, or the image, becomes in the diagram; ``readout`` is None for the image.

    ``is_attached``: it stands on what is before it, in the same column.
    """

    figure: Figure
    shape: Shape | None
    readout: Readout | None = None
    is_attached: bool = False
    has_problem: bool = False

    @property
    def place(self) -> Place | None:
        """Where the layer stands; None for the image."""
        return self.readout.place if self.readout else None


Column = tuple[Piece, ...]
"""A volume with the plates on it, plates that stand alone, a sum, or a ghost."""


def columns(summary: Summary, image: Shape) -> tuple[Column, ...]:
    """The image and every layer, those inside a Residual before its sum."""
    at_fault = {problem.place for problem in summary.problems}
    found: list[list[Piece]] = [[Piece(Figure.VOLUME, image)]]
    for piece in _pieces(summary.readouts, at_fault, is_free=False):
        if piece.is_attached:
            found[-1].append(piece)
        else:
            found.append([piece])
    return tuple(tuple(column) for column in found)


def _pieces(readouts: Sequence[Readout], at_fault: set[Place | None], is_free: bool) -> Iterator[Piece]:
    """``is_free``: there is no volume that a plate could stand on, only a branch or a sum."""
    for readout in readouts:
        figure = _figure(readout)
        if figure is Figure.SUM:
            yield from _pieces(readout.inner, at_fault, is_free=True)
        is_attached = figure is Figure.PLATE and not is_free
        yield Piece(figure, readout.output_shape, readout, is_attached, readout.place in at_fault)
        is_free = figure is Figure.SUM


def _figure(readout: Readout) -> Figure:
    layer, shape = readout.layer, readout.input_shape
    if isinstance(layer, Residual) and not layer.disabled:
        return Figure.SUM
    if shape is None or readout.output_shape is None:
        return Figure.GHOST
    if layer.disabled or not layer.size_formulas(shape):
        return Figure.PLATE
    return Figure.VOLUME
