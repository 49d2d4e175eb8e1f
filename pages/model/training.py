"""Training: what is made small, how the weights are moved, and for how long."""

import streamlit as st

from ui import (
    augmentation_examples,
    augmentation_list,
    course_form,
    learning_rate_form,
    loss_form,
    optimizer_form,
    problem_box,
    rate_search_panel,
    screen,
    session,
    training_problems,
    undo,
)
from ui.text import _

RATE_WIDTH = 300  # in pixels: two fields beside each other; the curve takes the rest, on a tablet below them

with st.container(horizontal=True, vertical_alignment="bottom"):
    screen.header(_("Training"), _("Choose what counts as wrong, and how the weights are moved to make it less."))
    undo_place = st.container(width="content")

dataset = session.needed_dataset()
recipe = session.draft()
problems = session.problems()
images = session.assignment().counts()["train"]
units = (recipe.summary().output_shape or (len(dataset.class_names) or 1,))[-1]

with undo_place:
    undo.show(("training", "augmentation"))

with st.grid(2, min_column_width=320, gap="large") as columns:
    with columns.cell():
        st.subheader(_("Loss"), anchor=False)
        loss_form.show(recipe.training, dataset)
        problem_box.show(training_problems.of_section(problems, "loss"), "training")
        loss_form.show_more(recipe.training, units, dataset)
    with columns.cell():
        st.subheader(_("Optimizer"), anchor=False)
        optimizer_form.show(recipe.training.optimizer)

st.subheader(_("Learning rate"), anchor=False)
with st.container(horizontal=True, gap="large"):
    with st.container(width=RATE_WIDTH):
        learning_rate_form.show(recipe.training)
        rate_search_panel.show_button(recipe, problems)
    with st.container():
        learning_rate_form.show_curve(recipe.training, images)
        problem_box.show(training_problems.of_section(problems, "rate"), "training_rate")
rate_search_panel.show_answer(recipe)

with st.grid(2, min_column_width=320, gap="large") as columns:
    with columns.cell():
        st.subheader(_("Augmentation"), anchor=False)
        augmentation_list.show(recipe.augmentation)
        augmentation_examples.show(recipe)
    with columns.cell():
        st.subheader(_("Course"), anchor=False)
        course_form.show(recipe.training, images, has_accuracy=not dataset.predicts_numbers)
        problem_box.show(training_problems.of_section(problems, "course"), "training_course")

reason = problem_box.first_error(problems)
screen.next_step(
    _("Go on to the runs"), "pages/train/runs.py", key="training_next", disabled=reason is not None, help=reason
)
