"""One run: how far it is, its curves, and Stop. While it is active this part draws itself anew each second."""

from datetime import UTC, datetime

import streamlit as st

from core.message import say
from core.runs import history
from core.runs import store as runs
from core.runs.run import Run
from ui import run_states, session
from ui.charts import curves
from ui.numbers import duration
from ui.text import _, translate


def show(run: Run) -> None:
    """Draws ``run``; when it ends, the whole screen is drawn once more."""
    st.fragment(_draw, run_every="1s" if run.state.is_active else None)(run.id, run.state.is_active)


def _draw(run_id: str, was_active: bool) -> None:
    run = runs.get(session.database(), run_id)
    if was_active and not run.state.is_active:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="live_run_heading"):
        st.subheader(_("Run {number}").format(number=run.number), anchor=False, width="content")
        run_states.badge(run.state)
        if run.state.is_active:
            st.button(
                _("Stopping…") if run.is_stopping else _("Stop"),
                key="live_run_stop",
                icon=":material/stop:",
                disabled=run.is_stopping,
                on_click=runs.request_stop,
                args=(session.database(), run_id),
            )
    if run.message:
        st.error(translate(run.message), icon=":material/error:")
    st.progress(run.progress, text=_progress_text(run))
    curves.draw(history.epochs(session.database(), run_id), run.epochs, key="live_run_curves")


def _progress_text(run: Run) -> str:
    now = datetime.now(UTC)
    if run.state.is_waiting:
        return _("Waiting for its turn. A first start takes some seconds, until the training process is ready.")
    elapsed = translate(duration(run.elapsed_seconds(now)))
    steps = _("epoch {epoch} of {epochs}, update {step:,} of {steps:,}").format(
        epoch=min(run.epoch + run.state.is_active, run.epochs), epochs=run.epochs, step=run.step, steps=run.steps or 0
    )
    eta = run.eta_seconds(now)
    if eta is None:
        return translate(say("{steps} · {elapsed}", steps=steps, elapsed=elapsed))
    left = translate(duration(eta))
    return _("{steps} · {elapsed} so far, about {left} left").format(steps=steps, elapsed=elapsed, left=left)
