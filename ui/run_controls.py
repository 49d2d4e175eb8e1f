"""What steers a run that is under way, or was: learning rate, Pause, Continue, Stop."""

import streamlit as st

from core.runs import control
from core.runs.run import Run
from ui import learning_rate_control, run_trouble
from ui.text import _


def show(run: Run) -> None:
    """Draws the buttons that ``run`` has in its state, the weightier ones to the right."""
    with st.container(horizontal=True, width="content", gap="xsmall"):
        if run.state.is_active:
            learning_rate_control.show(run)
        if run.state.is_working:
            _pause(run)
        if run.state.is_active:
            _stop(run)
        if run.is_resumable:
            _continue(run)


def _pause(run: Run) -> None:
    st.button(
        _("Pausing…") if run.is_pausing else _("Pause"),
        key="live_run_pause",
        icon=":material/pause:",
        disabled=run.is_pausing or run.is_stopping,
        help=_("It gives memory and cores free, and can go on later, also after a restart of the computer."),
        on_click=run_trouble.order,
        args=(control.request_pause, run.id),
    )


def _stop(run: Run) -> None:
    label = _("Take out of the queue") if run.state.is_waiting else _("Stop")
    st.button(
        _("Stopping…") if run.is_stopping else label,
        key="live_run_stop",
        icon=":material/stop:",
        disabled=run.is_stopping,
        help=None if run.state.is_waiting else _("The best epoch up to then is kept and can be judged."),
        on_click=run_trouble.order,
        args=(control.request_stop, run.id),
    )


def _continue(run: Run) -> None:
    st.button(
        _("Continue"),
        key="live_run_continue",
        icon=":material/play_arrow:",
        type="primary" if run.state.is_paused else "secondary",
        help=_("It goes to the front of this project's queue, with the same recipe."),
        on_click=run_trouble.order,
        args=(control.go_on, run.id),
    )
