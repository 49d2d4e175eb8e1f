"""The layer that is open: its settings, its numbers, what it sees, its maps, and what can be done with it."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from core.architecture import Layer, Place, Residual, Summary, editing
from core.architecture.naming import number
from core.message import mark
from core.recipe import Recipe
from ui import (
    feature_maps_view,
    layer_edits,
    layer_numbers,
    opened_layer,
    purposes,
    receptive_field_view,
    session,
    value_form,
)
from ui.text import _

_VIEW = "layer_inspector_view"
_VIEWS: Final = {
    "settings": mark("Settings"),
    "numbers": mark("Numbers"),
    "sees": mark("Sees"),
    "maps": mark("Maps"),
}


def show(recipe: Recipe, summary: Summary) -> None:
    """Draws the open layer of ``recipe``; without layers, how to begin."""
    place = opened_layer.place(recipe.layers)
    if place is None:
        st.markdown(_("**No layer yet**"))
        st.caption(_("Add a first layer below the list, or start from one of the nets above it."))
        return
    layer = editing.layer_at(recipe.layers, place)
    _show_head(recipe, layer, place)
    view = st.segmented_control(
        _("Show"),
        list(_VIEWS),
        key=_VIEW,
        default="settings",
        required=True,
        format_func=lambda name: _(_VIEWS[name]),
        label_visibility="collapsed",
        persist_state="session",
    )
    {"settings": _settings, "numbers": _numbers, "sees": _sees, "maps": _maps}[view](recipe, summary, place)


def _settings(recipe: Recipe, _summary: Summary, place: Place) -> None:
    layer = editing.layer_at(recipe.layers, place)
    st.caption(_(type(layer).summary))
    with st.grid(2, min_column_width=120, gap="small"):
        value_form.show(
            layer,
            f"layer_form_{session.generation()}_{'_'.join(map(str, place))}_{layer.kind}",
            partial(layer_edits.type_in, session.generation(), place),
            skip=("layers",),
        )


def _numbers(recipe: Recipe, summary: Summary, place: Place) -> None:
    layer_numbers.show(summary.at(place), recipe.training.batch_size)


def _sees(recipe: Recipe, summary: Summary, place: Place) -> None:
    receptive_field_view.show(recipe, summary.at(place))


def _maps(recipe: Recipe, summary: Summary, place: Place) -> None:
    feature_maps_view.show(recipe, summary.at(place))


def _show_head(recipe: Recipe, layer: Layer, place: Place) -> None:
    position = place[-1]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{number(place)}** {purposes.kind_badge(layer, layer.kind)}", width="stretch")
        siblings = _siblings(recipe, place)
        before = (*place[:-1], position - 1)
        behind_next = (*place[:-1], position + 2)
        _action("up", _("Move up"), "arrow_upward", partial(layer_edits.move, place, before), is_possible=position > 0)
        _action(
            "down",
            _("Move down"),
            "arrow_downward",
            partial(layer_edits.move, place, behind_next),
            is_possible=position < siblings - 1,
        )
        turned = _("Switch on") if layer.disabled else _("Switch off for now")
        icon = "visibility" if layer.disabled else "visibility_off"
        _action("disable", turned, icon, partial(layer_edits.turn_off_or_on, place))
        _action("duplicate", _("Duplicate"), "content_copy", partial(layer_edits.duplicate, place))
        _action("remove", _("Remove"), "delete", partial(layer_edits.remove, place))


def _siblings(recipe: Recipe, place: Place) -> int:
    """How many layers the list has in which the layer at ``place`` stands."""
    if len(place) == 1:
        return len(recipe.layers)
    outer = editing.layer_at(recipe.layers, place[:-1])
    assert isinstance(outer, Residual)
    return len(outer.layers)


def _action(name: str, title: str, icon: str, edit: Callable[[], None], *, is_possible: bool = True) -> None:
    st.button(
        f":material/{icon}:",
        key=f"layer_inspector_{name}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=edit,
    )
