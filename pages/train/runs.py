"""Runs: start one, watch its curves, and look back at those before."""

import streamlit as st

from core.runs import store as runs
from ui import live_run, run_actions, run_queue, run_start, run_table, screen, series_summary, session
from ui.run_states import has_model, is_engaged
from ui.text import _

screen.header(
    _("Runs"), _("Train the model in the background, and watch how it does on images it does not learn from.")
)

project = session.project()
dataset = session.needed_dataset()
of_project = runs.of_project(session.database(), project.id)
is_trained = any(map(has_model, of_project))

run_start.show(
    session.draft(),
    session.assignment(),
    dataset.id,
    of_project,
    session.problems_of_split(),
    is_primary=not is_trained,
)
if not of_project:
    text = (
        _(
            "Press Start training: the curves of the loss and of the error then grow here. The run goes on when this "
            "page is closed, and is here again when it is opened."
        )
        if dataset.predicts_numbers
        else _(
            "Press Start training: the curves of the loss and of the accuracy then grow here. The run goes on when "
            "this page is closed, and is here again when it is opened."
        )
    )
    screen.nothing_yet(_("No run yet"), text, key="runs_empty", icon=":material/show_chart:")
    st.stop()

run = run_table.chosen(of_project)
with st.container(border=True, key="runs_chosen"):
    live_run.show(run)
    run_actions.show(run)

series_summary.show(run)
run_queue.show(project.id, is_engaged=any(map(is_engaged, of_project)))
st.subheader(_("All runs of this project"), anchor=False)
run_table.show(of_project)

screen.next_step(
    _("Go on to the evaluation"),
    "pages/judge/evaluate.py",
    key="runs_next",
    disabled=not is_trained,
    help=None if is_trained else _("There is something to judge once a run is completed or stopped."),
)
