"""Shapes and cost of a list of layers, layer by layer and in total, and what is wrong with the shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.architecture.layer import Layer, Shape
from core.architecture.place import Place
from core.architecture.problems import find_problems
from core.architecture.readout import Readout, follow, walk
from core.architecture.receptive_field import ReceptiveField
from core.problem import Problem


@dataclass(frozen=True)
class Summary:
    """The readouts of all layers, in order, and what is wrong with the shapes."""

    readouts: tuple[Readout, ...]
    problems: tuple[Problem, ...]

    @property
    def parameters(self) -> int:
        return sum(readout.parameters or 0 for readout in self.readouts)

    @property
    def trained_parameters(self) -> int:
        return sum(readout.trained_parameters or 0 for readout in self.readouts)

    @property
    def multiply_adds(self) -> int:
        return sum(readout.multiply_adds or 0 for readout in self.readouts)

    @property
    def activations(self) -> int:
        """How many numbers all layers hand on for one image."""
        return sum(readout.activations or 0 for readout in self.readouts)

    @property
    def output_shape(self) -> Shape | None:
        """The shape of the last layer's output; None without layers or behind a problem."""
        return self.readouts[-1].output_shape if self.readouts else None

    def walk(self) -> Iterator[Readout]:
        """Every readout, each Residual before what is inside it."""
        return walk(self.readouts)

    def at(self, place: Place) -> Readout:
        """The readout of the layer at ``place``."""
        readout = self.readouts[place[0]]
        for position in place[1:]:
            readout = readout.inner[position]
        return readout


def summarize(layers: Sequence[Layer], input_shape: Shape) -> Summary:
    """Follow an image of ``input_shape`` ``(height, width, channels)`` through the layers, up to the first that
    cannot work."""
    return _summarize(tuple(layers), input_shape)


@lru_cache(maxsize=64)
def _summarize(layers: tuple[Layer, ...], input_shape: Shape) -> Summary:
    readouts = follow(layers, input_shape, ReceptiveField.of_image(input_shape))
    return Summary(readouts, find_problems(layers, readouts))
