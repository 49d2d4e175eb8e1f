"""One search: how far it is and what it has found. While it works, this part draws itself anew. It brings Optuna."""

from typing import Final

import streamlit as st

from core.message import say
from core.tuning import searches, trials
from core.tuning.searches import Search, SearchError
from ui import run_trouble, screen, session
from ui.lessons import lesson_box
from ui.text import _
from ui.tuning import best, pictures, search_controls, search_progress, search_states

_AT_WORK: Final = "2s"


def show(search: Search) -> None:
    """Draws ``search``; when it begins, rests or ends, the whole screen is drawn once more."""
    st.fragment(_draw, run_every=None if search.is_at_rest else _AT_WORK)(search.id, _stage(search))


def _stage(search: Search) -> tuple[str, bool]:
    """What the rest of the screen shows of it."""
    return search.state.value, search.is_at_rest


def _draw(search_id: str, drawn_for: tuple[str, bool]) -> None:
    try:
        search = searches.get(session.database(), search_id)
    except SearchError:  # deleted with its project, in another tab
        st.rerun()
    if _stage(search) != drawn_for:
        _tell_of_its_end(search)
        st.rerun()
    if run_trouble.is_kept():
        st.rerun()
    table = trials.trials(session.database(), search.id)
    if search.lesson is not None:
        lesson_box.show(search, table)
    with st.container(border=True, key="live_search"):
        _show_heading(search)
        search_progress.show(search, table)
    pictures.show(search, table)
    best.show(search, table)


def _show_heading(search: Search) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="live_search_heading"):
        st.subheader(_("Search {number}").format(number=search.number), anchor=False, width="content")
        search_states.badge(search)
        st.space("stretch")
        search_controls.show(search)


def _tell_of_its_end(search: Search) -> None:
    if search.is_at_rest and search.state.is_finished and not search.state.is_trouble:
        screen.fresh(say("Search {number} has ended.", number=search.number))
