"""Undo and redo: every draft that this session has seen can come back."""

from collections.abc import Callable

import streamlit as st

from core.recipe import Recipe
from ui import session
from ui.history import History
from ui.text import _

Turn = Callable[[History[Recipe]], History[Recipe]]


def show() -> None:
    """Draws the two buttons."""
    history = session.history()
    with st.container(horizontal=True, width="content", gap="xsmall"):
        _button("undo", _("Undo"), History.back, is_possible=history.has_before)
        _button("redo", _("Redo"), History.forward, is_possible=history.has_after)


def _button(name: str, title: str, turn: Turn, *, is_possible: bool) -> None:
    st.button(
        f":material/{name}:",
        key=f"undo_{name}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=_turn,
        args=(turn,),
    )


def _turn(turn: Turn) -> None:
    before = session.draft()
    session.restore(turn(session.history()))
    elsewhere = _changed_elsewhere(before, session.draft())
    if elsewhere:
        st.toast(_("Changed: {what}").format(what=", ".join(elsewhere)), icon=":material/undo:")


def _changed_elsewhere(before: Recipe, after: Recipe) -> list[str]:
    """What else than the layers has changed, which this screen does not show."""
    titles = {"image": _("Image size"), "split": _("Split"), "training": _("Training")}
    return [title for name, title in titles.items() if getattr(before, name) != getattr(after, name)]
