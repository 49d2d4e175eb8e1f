"""The layers that can be added, in a menu for each purpose."""

from collections.abc import Sequence

import streamlit as st

from core.architecture import CATALOGUE, Layer, Purpose, editing
from core.architecture.naming import number
from ui import layer_edits, opened_layer, purposes, session
from ui.text import _

_KEY = "layer_palette"


def show(layers: Sequence[Layer]) -> None:
    """Draws the menus; the chosen layer is put where the caption says."""
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, gap="xsmall"):
            for purpose in Purpose:
                _menu(purpose)
        st.caption(_where(layers))


def _menu(purpose: Purpose) -> None:
    kinds = [kind for kind, layer in CATALOGUE.items() if layer.purpose is purpose]
    key = f"{_KEY}_{purpose}"
    st.menu_button(
        purposes.purpose_title(purpose),
        kinds,
        key=key,
        icon=":material/add:",
        format_func=_option,
        on_click=_add,
        args=(key,),
    )


def _option(kind: str) -> str:
    layer_class = CATALOGUE[kind]
    return f"{purposes.kind_badge(layer_class, kind)} :small[{_(layer_class.summary)}]"


def _where(layers: Sequence[Layer]) -> str:
    opened = opened_layer.place(layers)
    place = layer_edits.place_for_new(layers, opened)
    if opened is None or place == (0,):
        return _("A new layer becomes the first one.")
    if place == opened:
        return _("A new layer goes before the output, layer {number}.").format(number=number(opened))
    text = (
        _("A new layer goes into layer {number}, {kind}.")
        if len(place) > len(opened)
        else _("A new layer goes behind layer {number}, {kind}.")
    )
    return text.format(number=number(opened), kind=editing.layer_at(layers, opened).kind)


def _add(key: str) -> None:
    layers = session.draft().layers
    place = layer_edits.place_for_new(layers, opened_layer.place(layers))
    layer_edits.add(place, st.session_state[key])
