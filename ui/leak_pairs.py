"""Images that stand on both sides of a split, each beside the training image that is most like it."""

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from core.dataset.store import Dataset, pixels
from core.split import LeakReport, Split, assign, leaking_images
from ui import image_wall, session
from ui.image_titles import titles
from ui.markdown import plain
from ui.numbers import percent
from ui.parts import part_badge
from ui.text import _

PER_PAGE = 8
_WHICH, _PAGE = "leak_pairs_which", "leak_pairs_page"
_BEFORE, _AFTER = "before", "after"
_SIDE = 72
_LARGEST_BUT_IDENTICAL = 0.999
"""So that what is not the same pixels is not called 100 %."""


@st.fragment
def show(report: LeakReport) -> None:
    """Draws the pairs of the open project, page by page: with its split, and if nothing were kept together."""
    if not (report.before or report.after):
        return
    st.subheader(_("Images with one like them in training"), anchor=False)
    which = _choose(report)
    dataset = session.needed_dataset()
    pairs = _pairs(session.workspace().datasets, dataset.id, session.draft().split, which, _is_searched())
    if pairs.empty:
        st.caption(_("With this split there is none."))
        return
    pages = -(-len(pairs) // PER_PAGE)
    page = min(st.session_state.get(_PAGE) or 1, pages)
    shown = pairs.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    with st.grid(4, min_column_width=190, gap="small"):
        for pair in shown.itertuples():
            _draw(dataset, pair.position, pair.part, pair.twin, pair.similarity)
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _choose(report: LeakReport) -> str:
    names = {
        _AFTER: _("With this split · {count:,}").format(count=report.after),
        _BEFORE: _("If nothing were kept together · {count:,}").format(count=report.before),
    }
    return st.segmented_control(
        _("Images with one like them in training"),
        list(names),
        format_func=names.__getitem__,
        default=_AFTER if report.after else _BEFORE,
        required=True,
        key=_WHICH,
        label_visibility="collapsed",
        on_change=_to_first_page,
    )


def _to_first_page() -> None:
    st.session_state[_PAGE] = 1


def _draw(dataset: Dataset, position: int, part: str, twin: int, similarity: float) -> None:
    """Both images, and how similar they are."""
    images = pixels(dataset, dataset.image_size)
    names = titles(dataset, [position, twin])
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{part_badge(part)} {part_badge('train')}")
        alts = dataset.images["path"].iloc[[position, twin]].tolist()
        image_wall.show([images[position], images[twin]], side=_SIDE, alts=alts)
        classes = [] if names[0] == names[1] else [" / ".join(map(plain, names))]
        st.caption(" · ".join([similarity_text(similarity), *classes]))


def similarity_text(similarity: float) -> str:
    """How alike two images are, as `core.split.leaking_images` gives it."""
    if np.isnan(similarity):
        return _("of one group, or alike by way of others")
    if similarity >= 1:
        return _("identical")
    return _("similarity {share}").format(share=percent(min(similarity, _LARGEST_BUT_IDENTICAL)))


def _is_searched() -> bool:
    return session.look_alikes() is not None


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _pairs(datasets: Path, dataset_id: str, split: Split, which: str, is_searched: bool) -> pd.DataFrame:
    images = session.needed_dataset().images
    pairs = session.look_alikes() if is_searched else None
    if which == _AFTER:
        return leaking_images(split, session.assignment(), images, pairs)
    scattered = assign(split.model_copy(update={"keep_together": "nothing"}), images)
    return leaking_images(split, scattered, images, pairs)
