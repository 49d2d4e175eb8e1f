"""The images of a dataset to look through, all or those of one class, page by page."""

import numpy as np
import streamlit as st

from core.dataset.store import Dataset, pixels
from ui import image_wall
from ui.data_line import image_count
from ui.image_titles import titles
from ui.markdown import plain
from ui.text import _, translate
from ui.thumbnails import spread

_PER_PAGE = 24
_SIDE = 88
_MOST_PILLS = 20
_CLASS_KEY = "image_gallery_class"
_PAGE_KEY = "image_gallery_page"
_EVERY_CLASS = -1


@st.fragment
def show(dataset: Dataset) -> None:
    """Draws the gallery of ``dataset`` with a choice of the class."""
    label = _EVERY_CLASS if dataset.predicts_numbers else _choose_class(dataset)
    positions = _positions(dataset, label)
    pages = -(-len(positions) // _PER_PAGE)
    page = min(st.session_state.get(_PAGE_KEY) or 1, pages)
    with st.container(key="image_gallery_images", border=True):
        _draw(dataset, positions[(page - 1) * _PER_PAGE : page * _PER_PAGE], with_names=label == _EVERY_CLASS)
    st.caption(_where(positions, page))
    if pages > 1:
        st.pagination(pages, key=_PAGE_KEY)


def _choose_class(dataset: Dataset) -> int:
    options = [_EVERY_CLASS, *range(len(dataset.class_names))]
    names = {_EVERY_CLASS: _("All classes")} | dict(enumerate(dataset.class_names))
    if len(options) > _MOST_PILLS:
        return st.selectbox(
            _("Class"), options, format_func=names.__getitem__, key=_CLASS_KEY, on_change=_to_first_page
        )
    return st.pills(
        _("Class"),
        options,
        format_func=lambda label: plain(names[label]),
        default=_EVERY_CLASS,
        required=True,
        key=_CLASS_KEY,
        on_change=_to_first_page,
        label_visibility="collapsed",
    )


def _to_first_page() -> None:
    st.session_state[_PAGE_KEY] = 1


def _positions(dataset: Dataset, label: int) -> list[int]:
    """The images of one class, or of all, one of each class in turn."""
    labels = dataset.images["label"].to_numpy()
    if label == _EVERY_CLASS:
        return spread(labels, len(labels))
    return np.flatnonzero(labels == label).tolist()


def _draw(dataset: Dataset, positions: list[int], *, with_names: bool) -> None:
    images = pixels(dataset, dataset.image_size)
    names = titles(dataset, positions)
    image_wall.show(
        [images[position] for position in positions],
        side=_SIDE,
        alts=[
            _("{name}, image {number}").format(name=name, number=position + 1)
            for name, position in zip(names, positions, strict=True)
        ],
        captions=[plain(name) for name in names] if with_names else None,
    )


def _where(positions: list[int], page: int) -> str:
    first, last = (page - 1) * _PER_PAGE + 1, min(page * _PER_PAGE, len(positions))
    of = translate(image_count(len(positions)))
    return _("{first:,} to {last:,} of {images}").format(first=first, last=last, images=of)
