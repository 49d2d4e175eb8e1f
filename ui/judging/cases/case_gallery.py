"""A page of judged images, each with what the net answered, a box to choose it and a button to look closer."""

import pandas as pd
import streamlit as st

from core.dataset.store import pixels
from ui import image_wall, quality_choice
from ui.judging.cases.case_texts import description, title, top_classes
from ui.judging.judged_images import JudgedImages
from ui.markdown import plain
from ui.quality_images import short_name
from ui.text import _

WIDTH = 108
"""Of an image with its words."""
_SIDE = 96
_OPENED = "case_gallery_opened"


def show(judged: JudgedImages, shown: pd.DataFrame) -> None:
    """Draws the rows ``shown`` of `core.evaluation.mistakes.cases.cases`; there is at least one."""
    chosen = quality_choice.chosen(judged.current, judged.name)
    opened = opened_row(judged, shown)
    with st.container(horizontal=True, gap="small", key="case_gallery"):
        for case in shown.itertuples():
            with st.container(width=WIDTH, gap="xxsmall"):
                show_image(judged, case)
                _show_box(judged, case.row, case.path, chosen)
                _show_opener(judged, case.row, is_opened=case.row == opened)


def show_image(judged: JudgedImages, case) -> None:
    """Draws the image with its classes and the most probable ones; ``case`` is a row as a tuple with names."""
    names = judged.evaluation.class_names
    image = pixels(judged.dataset, judged.dataset.image_size)[case.row]
    image_wall.show([image], side=_SIDE, alts=[description(case, names)])
    st.markdown(title(case, names))
    st.caption(top_classes(judged.evaluation.probabilities[case.Index], names))


def opened_row(judged: JudgedImages, shown: pd.DataFrame) -> int:
    """The image of ``shown`` that is looked at closely: the one that was asked for, else the first one."""
    name, row = st.session_state.get(_OPENED, ("", -1))
    is_shown = name == judged.name and bool((shown["row"] == row).any())
    return row if is_shown else int(shown["row"].iloc[0])


def _show_box(judged: JudgedImages, row: int, path: str, chosen: frozenset[int]) -> None:
    place = judged.place(row)
    if place is None:
        st.caption(_("Removed since then"))
        return
    label = plain(short_name(path))
    quality_choice.box(judged.current, judged.name, place, label, is_chosen=place in chosen)


def _show_opener(judged: JudgedImages, row: int, *, is_opened: bool) -> None:
    st.button(
        _("Shown below") if is_opened else _("Look closer"),
        key=f"case_gallery_open_{row}",
        icon=":material/arrow_downward:" if is_opened else ":material/zoom_in:",
        type="tertiary",
        disabled=is_opened,
        on_click=_open,
        args=(judged.name, row),
    )


def _open(name: str, row: int) -> None:
    st.session_state[_OPENED] = (name, row)
