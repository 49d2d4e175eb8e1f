"""Layers: the stack that an image passes through, with what every layer makes of it."""

import streamlit as st

from ui import (
    forecast_panel,
    layer_inspector,
    layer_list,
    layer_palette,
    layer_totals,
    net_comparison,
    net_dialog,
    opened_layer,
    problem_box,
    screen,
    session,
    template_choice,
    undo,
)
from ui.bricks import diagram
from ui.text import _

INSPECTOR_WIDTH = 352  # in pixels: two fields beside each other; on a tablet it goes below the list

screen.header(_("Layers"), _("Stack the layers that turn an image into an answer, and watch its shape change."))

dataset = session.needed_dataset()
recipe = session.draft()
summary = recipe.summary()
problems = session.problems()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    template_choice.show(recipe, len(dataset.class_names))
    with st.container(horizontal=True, width="content", gap="xsmall"):
        net_comparison.show()
        net_dialog.show()
        undo.show()

bricks = st.container(border=True, key="layers_bricks")

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    layer_totals.show(summary, recipe.training.batch_size)
    forecast_panel.show(recipe, problems)

with st.container(horizontal=True):
    with st.container():
        layer_list.show(summary, recipe.image.shape, problems, recipe.training.batch_size)
        layer_palette.show(recipe.layers)
    with st.container(width=INSPECTOR_WIDTH):
        problem_box.show(problems, "layers")
        with st.container(border=True, key="layers_inspector"):
            layer_inspector.show(recipe, summary)

with bricks:  # drawn last: the numbers need not wait for the picture
    diagram.show(summary, recipe.image.shape, opened_layer.place(recipe.layers), opened_layer.open_at)

reason = problem_box.first_error(problems)
screen.next_step(
    _("Go on to the training"), "pages/model/training.py", key="layers_next", disabled=reason is not None, help=reason
)
