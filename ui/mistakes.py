"""The images that a model got wrong, the most confident first, page by page."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation import Evaluation
from ui import image_wall
from ui.markdown import plain
from ui.text import _

PER_PAGE = 24
_SIDE = 96
_CLASS, _PAGE = "mistakes_class", "mistakes_page"


@st.fragment
def show(evaluation: Evaluation, dataset: Dataset) -> None:
    """Draws the gallery, with a choice of the true class. ``dataset`` is the one that the model was judged on."""
    mistakes = evaluation.mistakes()
    if mistakes.empty:
        st.markdown(_("There are none: every image got its class."))
        return
    label = _choose_class(mistakes, evaluation.class_names)
    shown = mistakes if label is None else mistakes[mistakes["label"] == label]
    pages = -(-len(shown) // PER_PAGE)
    page = min(st.session_state.get(_PAGE) or 1, pages)
    _draw(shown.iloc[(page - 1) * PER_PAGE : page * PER_PAGE], evaluation.class_names, dataset)
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _choose_class(mistakes: pd.DataFrame, class_names: Sequence[str]) -> int | None:
    counts = mistakes["label"].value_counts()

    def title(label: int | None) -> str:
        if label is None:
            return _("All classes ({count:,})").format(count=len(mistakes))
        return _("{name} ({count:,})").format(name=class_names[label], count=counts[label])

    options = [None, *sorted(int(label) for label in counts.index)]
    return st.selectbox(
        _("True class"), options, key=_CLASS, format_func=title, on_change=_to_first_page, width=260, filter_mode=None
    )


def _to_first_page() -> None:
    st.session_state[_PAGE] = 1


def _draw(mistakes: pd.DataFrame, class_names: Sequence[str], dataset: Dataset) -> None:
    images = pixels(dataset, dataset.image_size)
    with st.container(key="mistakes_images"):
        image_wall.show(
            [images[row] for row in mistakes["row"]],
            side=_SIDE,
            alts=[
                _("{true}, taken for {predicted}").format(
                    true=class_names[each.label], predicted=class_names[each.predicted]
                )
                for each in mistakes.itertuples()
            ],
            captions=[caption(each, class_names) for each in mistakes.itertuples()],
        )


def caption(mistake, class_names: Sequence[str]) -> str:
    """``4 → 9 · 99%``: the true class, what it was taken for, and how sure the model was; in Markdown."""
    true, predicted = plain(class_names[mistake.label]), plain(class_names[mistake.predicted])
    return f"{true} → **{predicted}** · {mistake.confidence:.0%}"
