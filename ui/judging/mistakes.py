"""The judged images to look through, above all the mistakes: by cell of the confusion matrix, page by page, closely."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.mistakes.cases import cases, page, page_count
from core.runs.run import Run
from ui import image_edits, quality_choice, session
from ui.judging import heading, matrix
from ui.judging.cases import case_actions, case_choice, case_detail, case_gallery
from ui.judging.judged_images import JudgedImages, judged_images
from ui.text import _, ngettext

PER_PAGE = 12


@st.fragment
def show(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws the images of ``evaluation``; ``dataset`` is the one of ``run``."""
    if session.dataset_id_now() != session.needed_dataset().id:
        st.rerun()  # an edit, here or in another tab: the whole screen has to know of it
    judged = judged_images(evaluation, run, dataset)
    image_edits.show_refusal()
    case_actions.show_note(judged)
    table = cases(evaluation)
    found = _choose(judged, table)
    if found.empty:
        st.markdown(_("No image is like that."))
        return
    shown = _show_page(judged, found)
    _show_chosen(judged)
    case_detail.show(judged, shown, case_gallery.opened_row(judged, shown))


def _choose(judged: JudgedImages, table: pd.DataFrame) -> pd.DataFrame:
    """Draws the matrix and the other ways to choose; gives what they leave of ``table``."""
    names = judged.evaluation.class_names
    with st.grid(2 if len(names) <= matrix.MOST_CLASSES_BESIDE else 1, min_column_width=370, gap="medium") as panels:
        with panels.cell():
            heading.show(_("Confusion matrix"), judged.evaluation.part)
            matrix.show(judged.evaluation)
        with panels.cell():
            st.subheader(_("Images to look at"), anchor=False)
            st.caption(_("Click a cell of the matrix to see its images, or choose here."))
            case_choice.show_cell(names)
            case_choice.show(table, names)
            found = case_choice.found(table, names)
            st.markdown(_amount(len(found), len(table)))
    return found


def _amount(found: int, judged: int) -> str:
    return ngettext("**{found:,}** of {judged:,} image", "**{found:,}** of {judged:,} images", judged).format(
        found=found, judged=judged
    )


def _show_page(judged: JudgedImages, found: pd.DataFrame) -> pd.DataFrame:
    """Draws a page of ``found`` and the way to the others; gives its rows."""
    shown = page(found, st.session_state.get(case_choice.PAGE_KEY) or 1, PER_PAGE)
    case_gallery.show(judged, shown)
    pages = page_count(len(found), PER_PAGE)
    if pages > 1:
        st.pagination(pages, key=case_choice.PAGE_KEY)
    return shown


def _show_chosen(judged: JudgedImages) -> None:
    places = quality_choice.chosen(judged.current, judged.name)
    if not places:
        st.caption(_("Tick images to relabel or remove several at once."))
        return
    st.markdown(
        ngettext("**{count:,}** image is chosen.", "**{count:,}** images are chosen.", len(places)).format(
            count=len(places)
        )
    )
    case_actions.show(judged, places, case_actions.OF_CHOSEN)
