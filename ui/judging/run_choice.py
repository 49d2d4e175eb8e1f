"""Which trained run is judged, or tried: the same choice on all screens that need one."""

from collections.abc import Mapping

import streamlit as st

from core.runs import store as runs
from core.runs.run import Run
from ui import run_table, run_titles, screen, session
from ui.run_states import has_model, is_engaged
from ui.text import _

_KEY, _NEWEST = "run_choice", "run_choice_newest"


def trained_runs() -> dict[str, Run]:
    """The runs of the open project that have a model, by their ids; without one, the screen says so and ends here."""
    of_project = runs.of_project(session.database(), session.project().id)
    trained = {run.id: run for run in of_project if has_model(run)}
    if not trained:
        st.markdown(_why_none(of_project))
        screen.next_step(_("Go to the runs"), "pages/train/runs.py", key="run_choice_to_runs")
        st.stop()
    return trained


def show(trained: Mapping[str, Run]) -> Run:
    """Draws the choice among ``trained``, the newest first; the run that is chosen.

    The choice is kept from screen to screen until another run is trained: then that one is meant, unless the address
    names one.
    """
    ids = list(trained)
    best = runs.best_of(session.database(), ids)
    if st.session_state.get(_NEWEST) != ids[0] or st.session_state.get(_KEY) not in trained:
        st.session_state[_NEWEST], st.session_state[_KEY] = ids[0], run_table.chosen(list(trained.values())).id
    run_id = st.selectbox(
        _("Run"),
        ids,
        key=_KEY,
        format_func=lambda each: run_titles.with_best(trained[each], best.loc[each]),
        filter_mode=None,
        persist_state="session",
    )
    return trained[run_id]


def _why_none(of_project: list[Run]) -> str:
    if any(map(is_engaged, of_project)):
        return _("A run is still training. Its model is judged here when it is completed or stopped.")
    if any(run.state.is_paused for run in of_project):
        return _("A run is paused. Continue or stop it; its model is judged here when it is completed or stopped.")
    return _("No run of this project is finished yet. Train one first; its model is judged here.")
