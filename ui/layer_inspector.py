"""The layer that is open: its problems, its settings, and what can be done with it."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

import streamlit as st

from core.architecture import CATALOGUE, FRESH, Layer, Summary, editing
from core.architecture.layers.dense import Dense
from core.message import times
from core.problem import Problem
from core.recipe import Recipe
from ui import layer_list, problem_box, purposes, session, value_form
from ui.text import _


def show(recipe: Recipe, summary: Summary, problems: Sequence[Problem]) -> None:
    """Draws the open layer of ``recipe`` and the palette; without layers, only the palette."""
    position = layer_list.selected(recipe.layers)
    here = [problem for problem in problems if problem.layer in (None, position)]
    elsewhere = [problem for problem in problems if problem not in here]
    if position >= 0:
        _show_layer(recipe, summary, position)
    problem_box.show(here, "layer_inspector")
    for problem in elsewhere:
        st.button(
            _("Go to the problem in layer {number}").format(number=problem.layer + 1),
            key=f"layer_inspector_go_{problem.layer}",
            icon=":material/error:" if problem.forbids_training else ":material/warning:",
            on_click=layer_list.select,
            args=(problem.layer,),
        )
    _show_palette(recipe.layers, position)


def _show_layer(recipe: Recipe, summary: Summary, position: int) -> None:
    layer = recipe.layers[position]
    before = summary.readouts[position - 1].output_shape if position else recipe.image.shape
    after = summary.readouts[position].output_shape
    st.markdown(f"**{position + 1}** {purposes.kind_badge(layer, layer.kind)}")
    st.caption(_(type(layer).summary))
    st.markdown(f"`{times(before) if before else '?'}` → `{times(after) if after else '?'}`")
    with st.grid(2, min_column_width=110, gap="small"):
        value_form.show(layer, f"layer_form_{position}_{layer.kind}", partial(_change, position))
    with st.container(horizontal=True):
        _action("up", _("Move up"), "arrow_upward", position, position == 0)
        _action("down", _("Move down"), "arrow_downward", position, position == len(recipe.layers) - 1)
        _action("duplicate", _("Duplicate"), "content_copy", position)
        _action("remove", _("Remove"), "delete", position)


def _action(name: str, title: str, icon: str, position: int, disabled: bool = False) -> None:
    st.button(
        title,
        key=f"layer_inspector_{name}",
        icon=f":material/{icon}:",
        disabled=disabled,
        on_click=_ACTIONS[name],
        args=(position,),
    )


def _show_palette(layers: Sequence[Layer], position: int) -> None:
    with st.popover(_("Add a layer"), icon=":material/add:", key="layer_inspector_palette"):
        at = _new_position(layers, position)
        for purpose, kinds in groupby(CATALOGUE.items(), lambda item: item[1].purpose):
            st.caption(purposes.purpose_title(purpose))
            for kind, layer_class in kinds:
                st.button(
                    kind, key=f"layer_inspector_add_{kind}", help=_(layer_class.summary), on_click=_add, args=(at, kind)
                )


def _new_position(layers: Sequence[Layer], position: int) -> int:
    """Behind the open layer, but before the output when that is open."""
    is_output = position == len(layers) - 1 and position >= 0 and isinstance(layers[position], Dense)
    return position if is_output else position + 1


def _change(position: int, name: str, value: Any) -> None:
    layers = session.draft().layers
    _save(editing.replace(layers, position, layers[position].changed(**{name: value})))


def _add(position: int, kind: str) -> None:
    _save(editing.insert(session.draft().layers, position, FRESH[kind]))
    layer_list.select(position)


def _move(by: int, position: int) -> None:
    _save(editing.move(session.draft().layers, position, position + by))
    layer_list.select(position + by)


def _duplicate(position: int) -> None:
    _save(editing.duplicate(session.draft().layers, position))
    layer_list.select(position + 1)


def _remove(position: int) -> None:
    _save(editing.remove(session.draft().layers, position))


_ACTIONS = {"up": partial(_move, -1), "down": partial(_move, 1), "duplicate": _duplicate, "remove": _remove}


def _save(layers: tuple[Layer, ...]) -> None:
    session.save_draft(session.draft().model_copy(update={"layers": layers}))
