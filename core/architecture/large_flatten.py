"""A Flatten that hands so many numbers to a Dense that most weights of the net are there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from core.architecture.dense_on_map import learned_channels
from core.architecture.editing import insert, replace
from core.architecture.layer import Layer, Shape
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.naming import named
from core.architecture.place import Place
from core.architecture.readout import Readout, walk
from core.architecture.shapes import is_wide_map, work
from core.message import say, times
from core.problem import Fix, Problem, Severity

LARGE = 1_000_000
"""From how many weights on it is told."""


@dataclass(frozen=True)
class Junction:
    """A Flatten on a map, and the Dense that gets its numbers. ``map_shape``: (height, width, channels)."""

    flatten: Place
    map_shape: Shape
    dense: Dense
    dense_place: Place

    @property
    def weights(self) -> int:
        return prod(self.map_shape) * self.dense.units


def junctions(readouts: Sequence[Readout]) -> Iterator[Junction]:
    """Every Flatten of a map of more than one position that a Dense follows, with nothing but layers between them that
    keep the shape."""
    for position, readout in enumerate(readouts):
        shape = readout.input_shape
        if shape is None or not is_wide_map(shape) or readout.layer.disabled or not isinstance(readout.layer, Flatten):
            continue
        follower = _follower(readouts[position + 1 :], (prod(shape),))
        if follower and isinstance(follower.layer, Dense):
            yield Junction(readout.place, shape, follower.layer, follower.place)


def large_flatten_warnings(
    layers: tuple[Layer, ...], readouts: Sequence[Readout], parameters: int
) -> Iterator[Problem]:
    """A warning for each Flatten that makes a million weights or more, of the ``parameters`` of the whole net."""
    for junction in junctions(readouts):
        if junction.weights >= LARGE:
            yield _warning(layers, readouts, junction, parameters)


def _follower(readouts: Sequence[Readout], shape: Shape) -> Readout | None:
    """The first Dense that gets ``shape``, or a layer that changes it."""
    for readout in walk(readouts):
        if readout.input_shape != shape:
            return None
        if not readout.inner and not readout.layer.disabled and isinstance(readout.layer, Dense):
            return readout
    return None


def _warning(layers: tuple[Layer, ...], readouts: Sequence[Readout], junction: Junction, parameters: int) -> Problem:
    message = say(
        "This Flatten makes {dense} large: {map} = {inputs:,} inputs × {units:,} units = {weights:,} weights, "
        "{share} % of the net.",
        dense=named(junction.dense, junction.dense_place),
        map=times(junction.map_shape),
        inputs=prod(junction.map_shape),
        units=junction.dense.units,
        weights=junction.weights,
        share=100 * junction.weights // parameters,
    )
    fixes = tuple(_fixes(layers, readouts, junction))
    return Problem(junction.flatten, message, fixes, Severity.WARNING)


def _fixes(layers: tuple[Layer, ...], readouts: Sequence[Readout], junction: Junction) -> Iterator[Fix]:
    image_shape = readouts[0].input_shape
    assert image_shape is not None
    height, width, channels = junction.map_shape
    averaged = replace(layers, junction.flatten, GlobalAveragePooling2D())
    if learned_channels(readouts, junction.flatten) and work(averaged, image_shape):
        weights = channels * junction.dense.units
        yield Fix(say("Use GlobalAveragePooling2D instead: {weights:,} weights", weights=weights), averaged)
    pooled = insert(layers, junction.flatten, MaxPooling2D())
    if work(pooled, image_shape):
        weights = height // 2 * (width // 2) * channels * junction.dense.units
        yield Fix(say("Put a MaxPooling2D before it: {weights:,} weights", weights=weights), pooled)
