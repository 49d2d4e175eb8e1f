"""The states of runs as people see them."""

import streamlit as st

from core.message import mark
from core.runs.states import RunState
from ui.text import _

_TITLES = {
    RunState.QUEUED: mark("queued"),
    RunState.RUNNING: mark("running"),
    RunState.PAUSED: mark("paused"),
    RunState.STOPPED: mark("stopped"),
    RunState.COMPLETED: mark("completed"),
    RunState.FAILED: mark("failed"),
    RunState.LOST: mark("lost"),
}
_ICONS = {
    RunState.QUEUED: "schedule",
    RunState.RUNNING: "play_circle",
    RunState.PAUSED: "pause_circle",
    RunState.STOPPED: "stop_circle",
    RunState.COMPLETED: "check_circle",
    RunState.FAILED: "error",
    RunState.LOST: "help",
}


def title(state: RunState) -> str:
    return _(_TITLES[state])


def badge(state: RunState) -> None:
    """Draws the state as a badge."""
    colour = "red" if state.is_trouble else "primary" if state.is_working else "gray"
    st.badge(title(state), icon=f":material/{_ICONS[state]}:", color=colour)
