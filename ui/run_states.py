"""The states of runs as people see them."""

import streamlit as st

from core.message import mark
from core.runs.run import Run
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


def title(run: Run) -> str:
    """Its state, or what it is about to become."""
    if run.is_stopping:
        return _("stopping…")
    if run.is_pausing:
        return _("pausing…")
    return state_title(run.state)


def state_title(state: RunState) -> str:
    """What the state is called."""
    return _(_TITLES[state])


def badge(run: Run) -> None:
    """Draws the state of ``run`` as a badge."""
    colour = "red" if run.state.is_trouble else "primary" if run.state.is_working else "gray"
    st.badge(title(run), icon=f":material/{_ICONS[run.state]}:", color=colour)


def has_model(run: Run) -> bool:
    """Whether there is a model to judge: it ended in an orderly way, and not before it began."""
    return run.state.is_trained and run.has_begun


def is_completed(run: Run) -> bool:
    """Whether it came to its end: there is a model, and nothing to continue."""
    return run.state.is_trained and not run.is_resumable


def is_engaged(run: Run) -> bool:
    """Whether something becomes of it by itself: it waits for its turn, or a process works on it."""
    return run.state.is_waiting or run.state.is_working
