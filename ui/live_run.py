"""One run: how far it is, its curves, and Stop. While it is active this part draws itself anew each second."""

import streamlit as st

from core.errors import RunError
from core.message import say
from core.runs import history
from core.runs import store as runs
from core.runs.queue import active_runs
from core.runs.run import Run
from ui import run_states, screen, session
from ui.charts import curves
from ui.run_progress import progress
from ui.text import _, translate


def show(run: Run) -> None:
    """Draws ``run``; when it ends, the whole screen is drawn once more."""
    is_active = run.state.is_active
    st.fragment(_draw, run_every="1s" if is_active else None)(run.id, is_active)


def _draw(run_id: str, was_active: bool) -> None:
    try:
        run = runs.get(session.database(), run_id)
    except RunError:  # deleted in another tab
        st.rerun()
    if was_active and run.state.is_finished:
        if run.state.is_trained:
            screen.fresh(say("Run {number} has ended and can be judged.", number=run.number))
        st.rerun()
    _show_heading(run)
    _show_progress(run)
    _show_trouble(run)
    _show_curves(run)


def _show_heading(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="live_run_heading"):
        st.subheader(_("Run {number}").format(number=run.number), anchor=False, width="content")
        run_states.badge(run.state)
        if run.state.is_finished:
            return
        st.space("stretch")
        st.button(
            _("Stopping…") if run.is_stopping else _("Take out of the queue") if run.state.is_waiting else _("Stop"),
            key="live_run_stop",
            icon=":material/stop:",
            disabled=run.is_stopping,
            help=_("What was learned up to then is kept and can be judged.") if run.state.is_working else None,
            on_click=runs.request_stop,
            args=(session.database(), run.id),
        )


def _show_progress(run: Run) -> None:
    text = translate(progress(run, session.database().now(), _runs_before(run)))
    if run.state.is_active:
        st.progress(run.progress, text=text)
    else:
        st.caption(text)


def _runs_before(run: Run) -> int:
    """How many runs of all projects have to end before it begins."""
    if not run.state.is_waiting:
        return 0
    in_order = [each.id for each in active_runs(session.database())]
    return in_order.index(run.id) if run.id in in_order else 0


def _show_trouble(run: Run) -> None:
    if not run.state.is_trouble:
        return
    if run.message:
        st.error(translate(run.message), icon=":material/error:")
    st.caption(_("The curves up to then are kept. Change the recipe and start anew, or run the same recipe again."))


def _show_curves(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        curves.show_legend()
        st.space("stretch")
        wants_steps = st.toggle(
            _("Draw every update"),
            value=True,
            key="live_run_every_step",
            persist_state="session",
            help=_("Without the updates the scale closes in on the epochs, so that small differences can be seen."),
        )
    epochs = history.epochs(session.database(), run.id)
    steps = history.steps(session.database(), run.id)
    drawn = steps if wants_steps else steps.head(0)
    curves.show(epochs, drawn, run.steps_per_epoch, run.epochs, key="live_run_curves")
