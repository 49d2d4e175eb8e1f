"""The edits that the buttons and forms of the layers' screen make in the draft."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from core.architecture import FRESH, Layer, Place, Residual, editing
from core.architecture.layers.dense import Dense
from core.architecture.layers.residual import DEEPEST
from core.architecture.place import behind, is_within, without
from core.recipe_errors import sentence
from ui import opened_layer, session
from ui.markdown import plain
from ui.text import _, translate


def type_in(generation: int, place: Place, name: str, value: Any) -> None:
    """What was typed into the form of ``generation``; a form that is out of date by now has no say."""
    if generation == session.generation():
        change(place, name, value)


def change(place: Place, name: str, value: Any) -> None:
    """Gives the argument ``name`` of the layer at ``place`` another value; one that it cannot have is explained."""
    layers = session.draft().layers
    layer = editing.layer_at(layers, place)
    try:
        changed = layer.changed(**{name: value})
    except ValidationError as error:
        _explain(error, layer)
        return
    _save(editing.replace(layers, place, changed))


def add(place: Place, kind: str) -> None:
    """Puts a new layer at ``place`` and opens it."""
    _put(editing.insert, place, FRESH[kind], opened=place)


def move(place: Place, before: Place) -> None:
    """Takes the layer at ``place`` to where it stands before the one at ``before``; it stays open."""
    layers = session.draft().layers
    if is_within(before, place) or before == behind(place) or not is_room(layers, before):
        return
    to = without(before, place)
    _put(editing.move, place, to, opened=to)


def duplicate(place: Place) -> None:
    """Puts a copy of the layer at ``place`` behind it and opens the copy."""
    _put(editing.duplicate, place, opened=behind(place))


def remove(place: Place) -> None:
    """Takes the layer at ``place`` out; the one behind it is open then."""
    _put(editing.remove, place, opened=place)


def turn_off_or_on(place: Place) -> None:
    """Disables the layer at ``place``, or enables it again."""
    session.renew_forms()
    change(place, "disabled", not editing.layer_at(session.draft().layers, place).disabled)


def replace_all(layers: tuple[Layer, ...]) -> None:
    """Makes ``layers`` the net of the draft; the form of the open layer shows what it finds."""
    session.renew_forms()
    _save(layers)


def is_there(layers: Sequence[Layer], place: Place) -> bool:
    """Whether a layer stands at ``place``: a second click may come from a screen that has not yet seen the first."""
    found = _list_of(layers, place)
    return found is not None and 0 <= place[-1] < len(found)


def is_room(layers: Sequence[Layer], place: Place) -> bool:
    """Whether a layer can be put at ``place``: before another one, or behind the last."""
    found = _list_of(layers, place)
    return found is not None and 0 <= place[-1] <= len(found)


def place_for_new(layers: Sequence[Layer], opened: Place | None) -> Place:
    """Where a new layer goes: into the Residual that is open, else behind the open layer, but before the output."""
    if opened is None:
        return (0,)
    layer = editing.layer_at(layers, opened)
    if isinstance(layer, Residual) and not opened_layer.is_closed(opened):
        return (*opened, len(layer.layers))
    is_output = opened == (len(layers) - 1,) and isinstance(layer, Dense) and layer.activation in ("softmax", "sigmoid")
    return opened if is_output else behind(opened)


def _list_of(layers: Sequence[Layer], place: Place) -> Sequence[Layer] | None:
    """The list that ``place`` is a place of; None where a layer on the way to it is no Residual."""
    for position in place[:-1]:
        residual = layers[position] if 0 <= position < len(layers) else None
        if not isinstance(residual, Residual):
            return None
        layers = residual.layers
    return layers


def _save(layers: tuple[Layer, ...]) -> None:
    session.save_draft(session.draft().model_copy(update={"layers": layers}))


def _put(edit: Any, *arguments: Any, opened: Place) -> None:
    try:
        layers = edit(session.draft().layers, *arguments)
    except ValidationError:  # nothing else can be wrong with layers that are valid by themselves
        refusal = _("At most {deepest} Residuals can stand inside each other.").format(deepest=DEEPEST)
        st.toast(refusal, icon=":material/error:")
        return
    opened_layer.keep_closed(session.draft().layers, layers)
    replace_all(layers)
    opened_layer.open_at(opened)


def _explain(error: ValidationError, layer: Layer) -> None:
    st.toast(plain(translate(sentence(error, layer.kind, type(layer)))), icon=":material/error:")
