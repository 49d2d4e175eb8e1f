"""A layer that needs a map, behind one that has made a vector of the map."""

from collections.abc import Iterator, Sequence

from core.architecture.editing import layer_at, move, remove
from core.architecture.global_pooling2d import GlobalPooling2D
from core.architecture.layer import Layer, Shape
from core.architecture.layers.dense import Dense
from core.architecture.maps import MapLayer
from core.architecture.naming import named
from core.architecture.readout import Readout, walk
from core.architecture.removal import removal
from core.architecture.shapes import is_wide_map, positions_left, steps
from core.message import say, times
from core.problem import Fix, Problem


def needs_a_map_again(layers: tuple[Layer, ...], readouts: Sequence[Readout], stuck: Readout) -> Problem | None:
    """The problem of ``stuck``, the first layer that cannot work; None where its input is a map.

    It says which layer has made the vector, and offers what lets more layers work than before, the best first.
    """
    image_shape = readouts[0].input_shape
    if not isinstance(stuck.layer, MapLayer) or image_shape is None or stuck.input_shape is None:
        return None
    if len(stuck.input_shape) == 3:
        return None
    before = _last_on_a_map(readouts, stuck)
    message = say(
        "{kind} needs a map (height × width × channels), but its input is a vector of {length:,} numbers: "
        "{before} has made it of a map of {map}.",
        kind=stuck.layer.kind,
        length=stuck.input_shape[0],
        before=named(before.layer, before.place),
        map=times(before.input_shape or ()),
    )
    return Problem(stuck.place, message, tuple(_fixes(layers, image_shape, before, stuck)))


def _last_on_a_map(readouts: Sequence[Readout], stuck: Readout) -> Readout:
    """The layer that made the vector. It is no Residual, and ``stuck`` is in the same list or inside a layer of it:
    a Residual whose layers make a vector of a map cannot work."""
    *_, last = (
        each
        for each in walk(readouts)
        if each.place < stuck.place and not each.layer.disabled and not each.inner and len(each.input_shape or ()) == 3
    )
    return last


def _fixes(layers: tuple[Layer, ...], image_shape: Shape, before: Readout, stuck: Readout) -> Iterator[Fix]:
    name, place = named(before.layer, before.place), stuck.place[: len(before.place)]
    moving = say("Move this {kind} before the {name}", kind=layer_at(layers, place).kind, name=name)
    ways = [Fix(moving, move(layers, place, before.place))]
    removed = remove(layers, before.place)
    if _still_makes_a_vector(removed, image_shape):
        ways.insert(
            0 if isinstance(stuck.layer, GlobalPooling2D) else 1, Fix(say("Remove the {name}", name=name), removed)
        )
    lefts = [positions_left(way.layers or (), image_shape) for way in ways]
    ranked = sorted(zip(lefts, ways, strict=True), key=lambda pair: pair[0])
    yield from (way for left, way in ranked if left < positions_left(layers, image_shape))
    yield removal(layers, stuck.place)


def _still_makes_a_vector(layers: Sequence[Layer], image_shape: Shape) -> bool:
    """Whether no Dense gets a map, and the end, as far as it is reached, is a vector."""
    shape = image_shape
    for layer, input_shape in steps(layers, image_shape):
        if isinstance(layer, Dense) and is_wide_map(input_shape):
            return False
        shape = layer.output_shape(input_shape)
    return len(shape) == 1 or positions_left(layers, image_shape) > 0
