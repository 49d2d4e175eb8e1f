"""Evaluate: what a trained model is worth on images that did not train it."""

import streamlit as st

from ui import screen, session
from ui.judging import judgements, run_choice, sealed_test
from ui.judging.views import views_of
from ui.parts import part_title
from ui.text import _

screen.header(_("Evaluate"), _("See what the model is worth on images that did not train it, and where it goes wrong."))

session.project()
session.needed_dataset()
trained = run_choice.trained_runs()

choice, part_choice = st.columns([3, 2])
with choice:
    run = run_choice.show(trained)
part = part_choice.segmented_control(
    _("Judge on"),
    ["validation", "test"],
    key="evaluate_part",
    default="validation",
    required=True,
    format_func=part_title,
)

if part == "test":
    evaluation = sealed_test.opened(run) or judgements.known(run, part)
    sealed_test.show(run, evaluation)
    if evaluation is None:
        st.stop()
else:
    with st.spinner(_("Asking the model…")):
        evaluation = judgements.on_validation(run)

views = views_of(evaluation)
view = st.segmented_control(
    _("View"),
    list(views),
    key="evaluate_view",
    default="result",
    required=True,
    format_func=lambda name: f"{views[name].icon} {_(views[name].title)}",
    label_visibility="collapsed",
)
views[view].show(evaluation, run, session.dataset_of(run.dataset_id))
if view == "result":
    screen.next_step(_("Try it on an image"), "pages/judge/try_it.py", key="evaluate_next")
