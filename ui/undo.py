"""Undo and redo for the layers: every state of the list that this session has seen can come back."""

from collections.abc import Callable

import streamlit as st

from core.architecture import Layer
from core.objective import LossName
from core.recipe import Recipe
from ui import session
from ui.history import History
from ui.text import _

_HISTORY = "undo_history"

Net = tuple[tuple[Layer, ...], LossName]
"""The layers, and the loss that a fix may have changed together with them."""


def show(recipe: Recipe) -> None:
    """Takes note of ``recipe``, and draws the two buttons."""
    history = _followed(recipe)
    with st.container(horizontal=True, width="content", gap="xsmall"):
        _button("undo", _("Undo"), history.has_before, History.back)
        _button("redo", _("Redo"), history.has_after, History.forward)


def _button(name: str, title: str, is_possible: bool, turn: Callable[[History[Net]], History[Net]]) -> None:
    st.button(
        f":material/{name}:",
        key=f"undo_{name}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=_turn,
        args=(turn,),
    )


def _followed(recipe: Recipe) -> History[Net]:
    project_id = session.project().id
    net = (recipe.layers, recipe.training.loss)
    known_id, known = st.session_state.get(_HISTORY, (None, None))
    history = known.followed_by(net) if known_id == project_id else History((net,))
    st.session_state[_HISTORY] = (project_id, history)
    return history


def _turn(turn: Callable[[History[Net]], History[Net]]) -> None:
    project_id, history = st.session_state[_HISTORY]
    turned = turn(history)
    st.session_state[_HISTORY] = (project_id, turned)
    layers, loss = turned.now
    recipe = session.draft()
    training = recipe.training.model_copy(update={"loss": loss})
    session.save_draft(recipe.model_copy(update={"layers": layers, "training": training}))
