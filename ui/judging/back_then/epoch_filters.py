"""The filters of one layer after one epoch."""

import streamlit as st

from core.runs import store as runs
from core.runs.epoch_weights import kept_epochs
from core.runs.run import Run
from ui import filter_wall, session
from ui.judging.looking import layer_by_layer, layer_choice
from ui.text import _


def show(run: Run, epoch: int) -> None:
    """Draws the choice of a convolution and its filters after ``epoch``; the shades mean the same in every epoch."""
    readouts = layer_choice.convolutions(run.recipe.summary())
    if not readouts:
        st.caption(_("This net has no convolution, so it has no filters to draw."))
        return
    readout = layer_choice.show(readouts, "epoch_filters_layer")
    epochs = kept_epochs(runs.run_folder(session.workspace(), run.id))
    filters = {each: layer_by_layer.tiles(run, each, readout) for each in epochs}
    filter_wall.show(filters[epoch], max(each.largest for each in filters.values()))
