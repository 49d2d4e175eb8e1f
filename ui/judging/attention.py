"""Where the net looks in one of the judged images, and what it makes of it layer by layer."""

import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation import Evaluation, Judged
from core.evaluation.confidence.decided import decided
from core.runs.decisions import decision
from core.runs.run import Run
from ui import session
from ui.charts import class_probabilities
from ui.judging import heading
from ui.judging.looking import class_choice, heat_map, image_choice, layer_by_layer
from ui.judging.looking.image_choice import JudgedImage
from ui.text import _

_KEY = "attention"


def show(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the choice of an image, the heat map over it, and the maps and filters of each layer."""
    heading.show(_("Where it looks"), evaluation.part)
    if isinstance(evaluation, Evaluation):
        evaluation = decided(evaluation, decision(session.database(), run.id))  # as the heat map tells of it
    image = image_choice.show(evaluation, _KEY)
    with st.grid(2, min_column_width=370, gap="medium") as grid:
        map_cell, answer_cell = grid.cell(), grid.cell()
        with answer_cell:
            class_index = class_choice.show(image, dataset.class_names, _KEY)
            if isinstance(evaluation, Evaluation):
                _show_probabilities(evaluation, image)
        with map_cell:
            heat_map.show(run, image.row, class_index, _KEY)
    st.subheader(_("Layer by layer"), anchor=False)
    layer_by_layer.show(run, pixels(dataset, run.recipe.image)[image.row], dataset.class_names)


def _show_probabilities(evaluation: Evaluation, image: JudgedImage) -> None:
    assert image.label is not None
    assert image.predicted is not None
    rows = class_probabilities.table(
        evaluation.probabilities[image.place], evaluation.class_names, image.label, image.predicted
    )
    class_probabilities.show(rows, _("How probable each class is to the net"), key="attention_table")
