"""Layers: the stack that an image passes through, with what every layer makes of it."""

import streamlit as st

from ui import layer_inspector, layer_list, problem_box, screen, session, template_choice
from ui.text import _

screen.header(_("Layers"), _("Stack the layers that turn an image into an answer, and watch its shape change."))

dataset = session.needed_dataset()
recipe = session.draft()
summary = recipe.summary()
problems = recipe.problems(len(dataset.class_names))

template_choice.show(recipe, len(dataset.class_names))
stack, inspector = st.columns([13, 6], gap="medium")
with stack:
    layer_list.show(summary, recipe.image.shape, problems)
with inspector, st.container(border=True):
    layer_inspector.show(recipe, summary, problems)

reason = problem_box.first_error(problems)
screen.next_step(
    _("Go on to the training"), "pages/model/training.py", key="layers_next", disabled=reason is not None, help=reason
)
