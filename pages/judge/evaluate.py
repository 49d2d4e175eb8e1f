"""Evaluate: what a trained model is worth on images that did not train it."""

import streamlit as st

from core.evaluation import evaluate, stored_evaluation
from core.runs import store as runs
from ui import evaluation_view, screen, sealed_test, session
from ui.numbers import percent
from ui.parts import part_title
from ui.text import _

screen.header(_("Evaluate"), _("See what the model is worth on images that did not train it, and where it goes wrong."))

project = session.project()
dataset = session.needed_dataset()
trained = [run for run in runs.of_project(session.database(), project.id) if run.state.is_trained]
if not trained:
    st.markdown(_("No run of this project is finished yet. Train one first; its model is judged here."))
    screen.next_step(_("Go to the runs"), "pages/train/runs.py", key="evaluate_to_runs")
    st.stop()

best = runs.best_of(session.database(), [run.id for run in trained])["val_accuracy"]
choice, part_choice = st.columns([3, 2], vertical_alignment="bottom")
run = choice.selectbox(
    _("Run"),
    trained,
    key="evaluate_run",
    format_func=lambda each: _("Run {number} · best validation accuracy {accuracy}").format(
        number=each.number, accuracy=percent(best[each.id])
    ),
)
part = part_choice.segmented_control(
    _("Images"),
    ["validation", "test"],
    key="evaluate_part",
    default="validation",
    required=True,
    format_func=part_title,
)

database, workspace = session.database(), session.workspace()
if part == "test":
    evaluation = stored_evaluation(database, workspace, run.id, part)
    sealed_test.show(run, evaluation)
else:
    with st.spinner(_("Asking the model…")):
        evaluation = evaluate(database, workspace, run.id, part)
if evaluation is not None:
    evaluation_view.show(evaluation, run)
