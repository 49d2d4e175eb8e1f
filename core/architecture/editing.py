"""Edits of a list of layers. Each gives a new list; positions count from 0."""

from collections.abc import Sequence

from core.architecture.layer import Layer

Layers = tuple[Layer, ...]


def insert(layers: Sequence[Layer], position: int, layer: Layer) -> Layers:
    """``layer`` at ``position``; what stood there and after it moves back by one."""
    return (*layers[:position], layer, *layers[position:])


def remove(layers: Sequence[Layer], position: int) -> Layers:
    return (*layers[:position], *layers[position + 1 :])


def replace(layers: Sequence[Layer], position: int, layer: Layer) -> Layers:
    return (*layers[:position], layer, *layers[position + 1 :])


def duplicate(layers: Sequence[Layer], position: int) -> Layers:
    """The layer at ``position`` once more, right behind itself."""
    return insert(layers, position, layers[position])


def move(layers: Sequence[Layer], position: int, to: int) -> Layers:
    """The layer at ``position`` taken out and put in so that it stands at ``to``."""
    return insert(remove(layers, position), to, layers[position])
