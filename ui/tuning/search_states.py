"""The states of searches as people see them."""

import streamlit as st

from core.message import mark
from core.runs.states import SearchState
from core.tuning.searches import Search
from ui.text import _

_TITLES = {
    SearchState.RUNNING: mark("at work"),
    SearchState.PAUSED: mark("paused"),
    SearchState.STOPPED: mark("stopped"),
    SearchState.COMPLETED: mark("completed"),
    SearchState.FAILED: mark("failed"),
}
_ICONS = {
    SearchState.RUNNING: "play_circle",
    SearchState.PAUSED: "pause_circle",
    SearchState.STOPPED: "stop_circle",
    SearchState.COMPLETED: "check_circle",
    SearchState.FAILED: "error",
}


def title(search: Search) -> str:
    """Its state, or what it is about to become: its trials may still be at work."""
    if search.process is not None and search.state.is_paused:
        return _("pausing…")
    return _(_TITLES[search.state])


def badge(search: Search) -> None:
    """Draws the state of ``search`` as a badge."""
    colour = "red" if search.state.is_trouble else "primary" if search.state.is_working else "gray"
    st.badge(title(search), icon=f":material/{_ICONS[search.state]}:", color=colour)
