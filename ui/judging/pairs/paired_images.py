"""The images in which one of two models did better, page by page."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from core.dataset.store import Dataset, pixels
from ui import image_wall
from ui.text import _

PER_PAGE = 24
_SIDE = 96
_GROUP, _PAGE = "paired_images_group", "paired_images_page"


@st.fragment
def show(
    groups: Mapping[str, np.ndarray], describe: Callable[[int], tuple[str, str]], rows: np.ndarray, dataset: Dataset
) -> None:
    """Draws the images of one of two ``groups``, which hold positions by their titles, and the choice of it.

    ``describe`` gives the caption (Markdown) and the alternative text of a position, ``rows`` its row in ``dataset``.
    """
    titles = list(groups)
    chosen = st.segmented_control(
        _("Images"),
        range(len(titles)),
        key=_GROUP,
        default=0,
        required=True,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        on_change=_to_first_page,
    )
    positions = groups[titles[chosen]]
    if not len(positions):
        st.markdown(_("There are none."))
        return
    pages = -(-len(positions) // PER_PAGE)
    page = min(st.session_state.get(_PAGE) or 1, pages)
    _draw(positions[(page - 1) * PER_PAGE : page * PER_PAGE], describe, rows, dataset)
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _to_first_page() -> None:
    st.session_state[_PAGE] = 1


def _draw(
    positions: np.ndarray, describe: Callable[[int], tuple[str, str]], rows: np.ndarray, dataset: Dataset
) -> None:
    images = pixels(dataset, dataset.image_size)
    captions, alts = zip(*map(describe, positions.tolist()), strict=True)
    with st.container(key="paired_images_wall"):
        image_wall.show([images[row] for row in rows[positions]], side=_SIDE, alts=alts, captions=captions)
