"""The edits that the buttons and forms of the layers' screen make in the draft."""

from collections.abc import Sequence
from typing import Any

from core.architecture import FRESH, Layer, editing
from core.architecture.layers.dense import Dense
from ui import layer_list, session


def change(position: int, name: str, value: Any) -> None:
    """Gives the argument ``name`` of the layer at ``position`` another value."""
    layers = session.draft().layers
    replace_all(editing.replace(layers, position, layers[position].changed(**{name: value})))


def add(position: int, kind: str) -> None:
    """Puts a new layer at ``position`` and opens it."""
    replace_all(editing.insert(session.draft().layers, position, FRESH[kind]))
    layer_list.open_layer(position)


def move(position: int, to: int) -> None:
    """Takes the layer at ``position`` to the position ``to``; it stays open."""
    replace_all(editing.move(session.draft().layers, position, to))
    layer_list.open_layer(to)


def duplicate(position: int) -> None:
    """Puts a copy of the layer at ``position`` behind it and opens the copy."""
    replace_all(editing.duplicate(session.draft().layers, position))
    layer_list.open_layer(position + 1)


def remove(position: int) -> None:
    """Takes the layer at ``position`` out; the one behind it is open then."""
    replace_all(editing.remove(session.draft().layers, position))


def replace_all(layers: tuple[Layer, ...]) -> None:
    session.save_draft(session.draft().model_copy(update={"layers": layers}))


def place_for_new(layers: Sequence[Layer], opened: int) -> int:
    """Where a new layer goes: behind the one that is open, but before the output when that is open."""
    is_output = opened >= 0 and opened == len(layers) - 1 and isinstance(layers[opened], Dense)
    return opened if is_output else opened + 1
