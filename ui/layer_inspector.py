"""The layer that is open: what it does to its input, its settings, and what can be done with it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.architecture import Layer, Readout, Shape, Summary
from core.message import times
from core.recipe import Recipe
from ui import layer_edits, layer_list, purposes, value_form
from ui.text import _


def show(recipe: Recipe, summary: Summary) -> None:
    """Draws the open layer of ``recipe``; without layers, how to begin."""
    position = layer_list.open_position(recipe.layers)
    if position < 0:
        st.markdown(f"**{_('No layer yet')}**")
        st.caption(_("Add a first layer below the list, or start from one of the nets above it."))
        return
    layer, readout = recipe.layers[position], summary.readouts[position]
    _show_head(layer, position, len(recipe.layers))
    st.caption(_(type(layer).summary))
    before = summary.readouts[position - 1].output_shape if position else recipe.image.shape
    _show_readout(before, readout)
    with st.grid(2, min_column_width=120, gap="small"):
        value_form.show(layer, f"layer_form_{position}_{layer.kind}", partial(layer_edits.change, position))


def _show_head(layer: Layer, position: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{position + 1}** {purposes.kind_badge(layer, layer.kind)}", width="stretch")
        up, down = partial(layer_edits.move, position, position - 1), partial(layer_edits.move, position, position + 1)
        _action("up", _("Move up"), "arrow_upward", up, is_possible=position > 0)
        _action("down", _("Move down"), "arrow_downward", down, is_possible=position < count - 1)
        _action("duplicate", _("Duplicate"), "content_copy", partial(layer_edits.duplicate, position))
        _action("remove", _("Remove"), "delete", partial(layer_edits.remove, position))


def _action(name: str, title: str, icon: str, edit: Callable[[], None], *, is_possible: bool = True) -> None:
    st.button(
        f":material/{icon}:",
        key=f"layer_inspector_{name}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=edit,
    )


def _show_readout(before: Shape | None, readout: Readout) -> None:
    shapes = f"`{_shape(before)}` → `{_shape(readout.output_shape)}`"
    if readout.output_shape is None:
        st.markdown(shapes)
        return
    cost = _("{parameters:,} parameters · {multiply_adds:,} multiply-adds").format(
        parameters=readout.parameters, multiply_adds=readout.multiply_adds
    )
    sight = _("Each output sees {size} pixels of the image.").format(size=times(readout.receptive_field or ()))
    st.markdown(f"{shapes}  \n:small[:gray[{cost}]]  \n:small[:gray[{sight}]]")


def _shape(shape: Shape | None) -> str:
    return times(shape) if shape else "?"
