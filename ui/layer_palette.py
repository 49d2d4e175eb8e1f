"""The layers that can be added, by what they are for."""

from collections.abc import Sequence

import streamlit as st

from core.architecture import CATALOGUE, Layer, Purpose
from ui import layer_edits, layer_list, purposes, session
from ui.text import _

_KEY = "layer_palette"


def show(layers: Sequence[Layer]) -> None:
    """Draws the menu of layers; the chosen one is put behind the open layer."""
    kinds = sorted(CATALOGUE, key=lambda kind: list(Purpose).index(CATALOGUE[kind].purpose))
    place = layer_edits.place_for_new(layers, layer_list.open_position(layers))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.menu_button(_("Add a layer"), kinds, key=_KEY, icon=":material/add:", format_func=_option, on_click=_add)
        st.caption(_where(layers, place), width="content")


def _option(kind: str) -> str:
    layer_class = CATALOGUE[kind]
    return f"{purposes.kind_badge(layer_class, kind)} :small[{_(layer_class.summary)}]"


def _where(layers: Sequence[Layer], place: int) -> str:
    if place == 0:
        return _("It becomes the first layer.")
    if place == len(layers) - 1 and place == layer_list.open_position(layers):
        return _("It goes before the output, layer {number}.").format(number=len(layers))
    return _("It goes after layer {number}, {kind}.").format(number=place, kind=layers[place - 1].kind)


def _add() -> None:
    layers = session.draft().layers
    layer_edits.add(layer_edits.place_for_new(layers, layer_list.open_position(layers)), st.session_state[_KEY])
