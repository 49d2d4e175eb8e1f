"""A Dense whose input is a map: Keras accepts it, but it is seldom what was meant."""

from collections.abc import Iterator, Sequence

from core.architecture.editing import insert, layer_at, replace
from core.architecture.layer import Layer, Shape
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.naming import named
from core.architecture.place import Place
from core.architecture.readout import Readout, walk
from core.architecture.shapes import is_wide_map, work
from core.message import Message, say, say_count, times
from core.problem import Fix, Problem, Severity

MOST_FILTERS = 8192
"""More of them a Conv2D does not take."""


def dense_on_map_warnings(layers: tuple[Layer, ...], readouts: Sequence[Readout]) -> Iterator[Problem]:
    """A warning for each Dense on a map; of several one behind the other, for the first, since a vector before
    it mends the others too."""
    is_told = False
    for readout in walk(readouts):
        if not _works_on_positions(readout):
            is_told = is_told and _hands_on(readout)
        elif not is_told:
            is_told = True
            yield _warning(layers, readouts, readout)


def learned_channels(readouts: Sequence[Readout], place: Place) -> bool:
    """Whether the channels at ``place`` are answers of filters: the mean of such a channel says something, while the
    mean of an image's own channels is but its colour."""
    return any(readout.multiply_adds for readout in walk(readouts) if readout.place < place)


def _works_on_positions(readout: Readout) -> bool:
    is_dense = isinstance(readout.layer, Dense) and not readout.layer.disabled
    return is_dense and readout.input_shape is not None and is_wide_map(readout.input_shape)


def _hands_on(readout: Readout) -> bool:
    """Whether it changes numbers at most, and learns nothing of a neighbourhood."""
    return readout.input_shape == readout.output_shape and not readout.multiply_adds


def _warning(layers: tuple[Layer, ...], readouts: Sequence[Readout], readout: Readout) -> Problem:
    assert readout.input_shape is not None
    assert readout.output_shape is not None
    message = say_count(
        "This Dense does not see the map of {map} as a whole: it works on each of its {positions} positions by itself, "
        "on its one channel, and gives a map of {output}.",
        "This Dense does not see the map of {map} as a whole: it works on each of its {positions} positions by itself, "
        "along the {count:,} channels, and gives a map of {output}.",
        count=readout.input_shape[2],
        map=times(readout.input_shape),
        positions=times(readout.input_shape[:2]),
        output=times(readout.output_shape),
    )
    return Problem(readout.place, message, tuple(_fixes(layers, readouts, readout.place)), Severity.WARNING)


def _fixes(layers: tuple[Layer, ...], readouts: Sequence[Readout], place: Place) -> Iterator[Fix]:
    image_shape = readouts[0].input_shape
    assert image_shape is not None
    flattening: list[Layer] = [Flatten()]
    if learned_channels(readouts, place):
        flattening.append(GlobalAveragePooling2D())
    for layer in flattening:
        fix = _put_before(layers, image_shape, layer, place)
        if fix:
            yield fix
    dense = layer_at(layers, place)
    if isinstance(dense, Dense) and dense.units <= MOST_FILTERS:
        message = say("Write it as a Conv2D of 1 × 1, which does the same")
        yield Fix(message, replace(layers, place, _as_convolution(dense)))


def _put_before(layers: tuple[Layer, ...], image_shape: Shape, layer: Layer, place: Place) -> Fix | None:
    """``layer`` right before the Dense, or, where that cannot work, before the Residual around it."""
    for length in range(len(place), 0, -1):
        changed = insert(layers, place[:length], layer)
        if work(changed, image_shape):
            return Fix(_putting(layers, layer, place, length), changed)
    return None


def _putting(layers: tuple[Layer, ...], layer: Layer, place: Place, length: int) -> Message:
    if length == len(place):
        return say("Put a {kind} before it", kind=layer.kind)
    around = named(layer_at(layers, place[:length]), place[:length])
    return say("Put a {kind} before the {around}", kind=layer.kind, around=around)


def _as_convolution(dense: Dense) -> Conv2D:
    return Conv2D(
        filters=dense.units,
        kernel_size=1,
        activation=dense.activation,
        use_bias=dense.use_bias,
        kernel_regularizer=dense.kernel_regularizer,
    )
