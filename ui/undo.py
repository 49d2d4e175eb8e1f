"""Undo and redo: every draft that this session has seen can come back."""

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st

from core.recipe import Recipe
from ui import session
from ui.history import History
from ui.text import _

Turn = Callable[[History[Recipe]], History[Recipe]]


def show(edited: Collection[str] = ("layers",)) -> None:
    """Draws the two buttons on a screen that shows the parts ``edited`` of the recipe; what else they change is said
    in passing."""
    history = session.history()
    with st.container(horizontal=True, width="content", gap="xsmall"):
        _button("undo", _("Undo"), partial(_turn, edited, History.back), is_possible=history.has_before)
        _button("redo", _("Redo"), partial(_turn, edited, History.forward), is_possible=history.has_after)


def _button(name: str, title: str, turn: Callable[[], None], *, is_possible: bool) -> None:
    st.button(
        f":material/{name}:",
        key=f"undo_{name}",
        type="tertiary",
        help=title,
        disabled=not is_possible,
        on_click=turn,
    )


def _turn(edited: Collection[str], turn: Turn) -> None:
    before = session.draft()
    session.restore(turn(session.history()))
    elsewhere = _changed_elsewhere(edited, before, session.draft())
    if elsewhere:
        st.toast(_("Changed: {what}").format(what=", ".join(elsewhere)), icon=":material/undo:")


def _changed_elsewhere(edited: Collection[str], before: Recipe, after: Recipe) -> list[str]:
    """What has changed that this screen does not show."""
    titles = {
        "image": _("Image size"),
        "split": _("Split"),
        "layers": _("Layers"),
        "augmentation": _("Augmentation"),
        "training": _("Training"),
    }
    return [
        title for name, title in titles.items() if name not in edited and getattr(before, name) != getattr(after, name)
    ]
