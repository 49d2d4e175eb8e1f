"""The confusion matrix whose cells can be clicked, and the images of the chosen cell."""

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.mistakes.cases import Choice, cases, chosen, ordered
from core.runs.run import Run
from ui.charts import confusion
from ui.charts.cell_clicks import Cell
from ui.data_line import image_count
from ui.judging.cases import case_choice
from ui.judging.cases.case_gallery import WIDTH, show_image
from ui.judging.judged_images import JudgedImages, judged_images
from ui.text import _, translate

MOST_CLASSES_BESIDE = 12
"""With more classes the matrix needs the whole width."""

_MOST_OF_CELL = 12


def show(evaluation: Evaluation) -> None:
    """Draws the matrix; `case_choice.show_cell` draws the two fields that do the same without a mouse."""
    names = evaluation.class_names
    is_small = len(names) <= MOST_CLASSES_BESIDE
    confusion.show(
        confusion.table(evaluation),
        330 if is_small else 680,
        chosen=case_choice.cell(names),
        on_choose=case_choice.choose_cell,
    )


@st.fragment
def show_with_images(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws the matrix, and below it the images of the chosen cell; ``dataset`` is the one of ``run``."""
    show(evaluation)
    case_choice.show_cell(evaluation.class_names)
    cell = case_choice.cell(evaluation.class_names)
    if cell is None:
        st.caption(_("Click a cell to see its images."))
    else:
        _show_images(judged_images(evaluation, run, dataset), cell)


def _show_images(judged: JudgedImages, cell: Cell) -> None:
    true, predicted = map(judged.evaluation.class_names.index, cell)
    of_cell = ordered(chosen(cases(judged.evaluation), Choice(label=true, predicted=predicted)), "surest_mistakes")
    if of_cell.empty:
        st.caption(_("No image is in this cell."))
        return
    with st.container(horizontal=True, gap="small", key="matrix_images"):
        for case in of_cell.head(_MOST_OF_CELL).itertuples():
            with st.container(width=WIDTH, gap="xxsmall"):
                show_image(judged, case)
    if len(of_cell) > _MOST_OF_CELL:
        st.caption(
            _("The first {count} of {images}; all of them are under Mistakes.").format(
                count=_MOST_OF_CELL, images=translate(image_count(len(of_cell)))
            )
        )
