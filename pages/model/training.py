"""Training: what is made small, how the weights are moved, and for how long."""

import streamlit as st

from ui import problem_box, screen, session, training_form
from ui.text import _

screen.header(_("Training"), _("Choose what counts as wrong, and how the weights are moved to make it less."))

dataset = session.needed_dataset()
recipe = session.draft()
problems = session.problems()

with st.grid(2, min_column_width=320, gap="large") as columns:
    with columns.cell():
        st.subheader(_("Loss"), anchor=False)
        training_form.show_loss(recipe.training)
        problem_box.show(problems, "training")
    with columns.cell():
        st.subheader(_("Optimizer"), anchor=False)
        training_form.show_optimizer(recipe.training)
        st.subheader(_("Course"), anchor=False)
        training_form.show_course(recipe.training, session.assignment().counts()["train"])

reason = problem_box.first_error(problems)
screen.next_step(
    _("Go on to the runs"), "pages/train/runs.py", key="training_next", disabled=reason is not None, help=reason
)
