"""Edits of a list of layers. Each gives a new list; a place may lie inside a Residual."""

from collections.abc import Callable, Sequence

from core.architecture.layer import Layer
from core.architecture.layers.residual import Residual
from core.architecture.place import Place

Layers = tuple[Layer, ...]


def layer_at(layers: Sequence[Layer], place: Place) -> Layer:
    """The layer at ``place``."""
    *way, position = place
    return _inside(layers, tuple(way))[position]


def put_in_place(layers: Sequence[Layer], place: Place, instead: Sequence[Layer]) -> Layers:
    """``instead`` where the layer at ``place`` stood; none at all removes it."""
    return _edited(layers, place, lambda some, position: (*some[:position], *instead, *some[position + 1 :]))


def insert(layers: Sequence[Layer], place: Place, layer: Layer) -> Layers:
    """``layer`` at ``place``; what stood there and after it moves back by one."""
    return _edited(layers, place, lambda some, position: (*some[:position], layer, *some[position:]))


def remove(layers: Sequence[Layer], place: Place) -> Layers:
    return put_in_place(layers, place, ())


def replace(layers: Sequence[Layer], place: Place, layer: Layer) -> Layers:
    return put_in_place(layers, place, (layer,))


def duplicate(layers: Sequence[Layer], place: Place) -> Layers:
    """The layer at ``place`` once more, right behind itself."""
    layer = layer_at(layers, place)
    return put_in_place(layers, place, (layer, layer))


def move(layers: Sequence[Layer], place: Place, to: Place) -> Layers:
    """The layer at ``place`` taken out and put in so that it stands at ``to``, a place of the list without it."""
    return insert(remove(layers, place), to, layer_at(layers, place))


def _inside(layers: Sequence[Layer], way: Place) -> Sequence[Layer]:
    for position in way:
        residual = layers[position]
        assert isinstance(residual, Residual)
        layers = residual.layers
    return layers


def _edited(layers: Sequence[Layer], place: Place, edit: Callable[[Sequence[Layer], int], Layers]) -> Layers:
    position, *deeper = place
    if not deeper:
        return edit(layers, position)
    residual = layers[position]
    assert isinstance(residual, Residual)
    changed = residual.changed(layers=_edited(residual.layers, tuple(deeper), edit))
    return (*layers[:position], changed, *layers[position + 1 :])
