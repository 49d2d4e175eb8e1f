"""Runs: start one, watch its curves, and look back at those before."""

import streamlit as st

from core.runs import store as runs
from core.split import split_problems
from ui import live_run, run_actions, run_start, run_table, screen, session
from ui.text import _

screen.header(
    _("Runs"), _("Train the model in the background, and watch how it does on images it does not learn from.")
)

project = session.project()
dataset = session.needed_dataset()
of_project = runs.of_project(session.database(), project.id)
is_trained = any(run.state.is_trained for run in of_project)

run_start.show(
    session.draft(),
    session.assignment(),
    dataset.id,
    of_project,
    split_problems(session.assignment(), dataset.class_names, dataset.images["label"]),
    is_primary=not is_trained,
)
if not of_project:
    st.caption(
        _("No run yet. The curves appear here as soon as one has begun, and it goes on when you leave this page.")
    )
    st.stop()

run = run_table.chosen(of_project)
with st.container(border=True, key="runs_chosen"):
    live_run.show(run)
    run_actions.show(run)

st.subheader(_("All runs of this project"), anchor=False)
run_table.show(of_project)

screen.next_step(
    _("Go on to the evaluation"),
    "pages/judge/evaluate.py",
    key="runs_next",
    disabled=not is_trained,
    help=None if is_trained else _("There is something to judge once a run is completed or stopped."),
)
