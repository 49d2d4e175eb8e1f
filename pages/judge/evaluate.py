"""Evaluate: what a trained model is worth on images that did not train it."""

import streamlit as st

from core.evaluation import evaluate, stored_evaluation
from core.runs import store as runs
from ui import evaluation_view, run_table, run_titles, screen, sealed_test, session
from ui.parts import part_title
from ui.run_states import has_model, is_engaged
from ui.text import _

screen.header(_("Evaluate"), _("See what the model is worth on images that did not train it, and where it goes wrong."))

project = session.project()
session.needed_dataset()
database, workspace = session.database(), session.workspace()
of_project = runs.of_project(database, project.id)
trained = {run.id: run for run in of_project if has_model(run)}
if not trained:
    if any(map(is_engaged, of_project)):
        st.markdown(_("A run is still training. Its model is judged here when it is completed or stopped."))
    elif any(run.state.is_paused for run in of_project):
        st.markdown(
            _("A run is paused. Continue or stop it; its model is judged here when it is completed or stopped.")
        )
    else:
        st.markdown(_("No run of this project is finished yet. Train one first; its model is judged here."))
    screen.next_step(_("Go to the runs"), "pages/train/runs.py", key="evaluate_to_runs")
    st.stop()

best = runs.best_of(database, list(trained))
chosen = run_table.chosen(of_project).id
choice, part_choice = st.columns([3, 2])
run_id = choice.selectbox(
    _("Run"),
    list(trained),
    index=list(trained).index(chosen) if chosen in trained else 0,
    key="evaluate_run",
    format_func=lambda each: run_titles.with_best(trained[each], best.loc[each]),
    filter_mode=None,
)
part = part_choice.segmented_control(
    _("Judge on"),
    ["validation", "test"],
    key="evaluate_part",
    default="validation",
    required=True,
    format_func=part_title,
)

run = trained[run_id]
if part == "test":
    evaluation = sealed_test.opened(run) or stored_evaluation(database, workspace, run.id, part)
    sealed_test.show(run, evaluation)
else:
    with st.spinner(_("Asking the model…")):
        evaluation = evaluate(database, workspace, run.id, part)
if evaluation is not None:
    evaluation_view.show(evaluation, run)
