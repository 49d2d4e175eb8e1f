"""The filters of one layer after one epoch."""

from datetime import datetime
from pathlib import Path

import streamlit as st

from core.architecture import Place
from core.evaluation.inside.filter_tiles import FilterTiles
from core.recipe import Recipe
from core.runs import store as runs
from core.runs.epoch_weights import kept_epochs, weights_of
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
    place = layer_choice.show(readouts, "epoch_filters_layer").place
    folder = runs.run_folder(session.workspace(), run.id)
    filters = _filters(folder, run.finished_at, run.recipe, place)
    filter_wall.show(filters[epoch], max(each.largest for each in filters.values()))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Recipe: Recipe.model_dump_json})
def _filters(folder: Path, finished_at: datetime | None, recipe: Recipe, place: Place) -> dict[int, FilterTiles]:
    """Those of each kept epoch; ``finished_at`` is another one when the run has gone on."""
    readout = recipe.summary().at(place)
    return {epoch: layer_by_layer.tiles(weights_of(folder, epoch), readout) for epoch in kept_epochs(folder)}
