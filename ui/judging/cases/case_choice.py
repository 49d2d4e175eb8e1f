"""Which of the judged images are shown, and in which order. It stays when another screen or run is looked at."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from core.evaluation.mistakes.cases import Answers, Choice, Order, chosen, ordered
from core.message import mark
from ui.charts.cell_clicks import Cell
from ui.text import _

PAGE_KEY: Final = "case_choice_page"
_ANSWERS_KEY, _ORDER_KEY, _TEXT_KEY = "case_choice_answers", "case_choice_order", "case_choice_text"
_TRUE_KEY, _PREDICTED_KEY = "case_choice_true", "case_choice_predicted"

_ANSWERS: Final[dict[Answers, str]] = {
    "mistakes": mark("Mistakes · {count:,}"),
    "right": mark("Right · {count:,}"),
    "all": mark("All · {count:,}"),
}
_ORDERS: Final[dict[Order, str]] = {
    "surest_mistakes": mark("Most confident mistakes first"),
    "least_certain_hits": mark("Least certain hits first"),
    "missing_probability": mark("True class least probable first"),
    "path": mark("By path"),
}


def cell(class_names: Sequence[str]) -> Cell | None:
    """The cell of the confusion matrix that is chosen; None where it is a whole row or column, or all."""
    true, predicted = _class(_TRUE_KEY, class_names), _class(_PREDICTED_KEY, class_names)
    return (true, predicted) if true is not None and predicted is not None else None


def choose_cell(cell: Cell | None) -> None:
    """Makes it the images of ``cell`` that are shown; None takes the choice of a cell back. For callbacks."""
    st.session_state[_TRUE_KEY], st.session_state[_PREDICTED_KEY] = cell or (None, None)
    _follow_cell()


def show_cell(class_names: Sequence[str]) -> None:
    """Draws the choice of the cell without the matrix, by two fields."""
    with st.container(horizontal=True, gap="small", key="case_choice_cell"):
        _choose_class(_("True class"), _TRUE_KEY, class_names)
        _choose_class(_("Taken for"), _PREDICTED_KEY, class_names)


def show(table: pd.DataFrame, class_names: Sequence[str]) -> None:
    """Draws the rest of the choice of rows of ``table``, as of `core.evaluation.mistakes.cases.cases`."""
    of_cell = chosen(table, _choice(class_names, "all"))
    counts = {answers: len(chosen(of_cell, Choice(answers))) for answers in _ANSWERS}
    st.session_state.setdefault(_ANSWERS_KEY, "mistakes")
    st.segmented_control(
        _("Answers"),
        list(_ANSWERS),
        format_func=lambda answers: _(_ANSWERS[answers]).format(count=counts[answers]),
        required=True,
        key=_ANSWERS_KEY,
        persist_state="session",
        on_change=_to_first_page,
    )
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            _("Order"),
            list(_ORDERS),
            format_func=lambda order: _(_ORDERS[order]),
            key=_ORDER_KEY,
            persist_state="session",
            on_change=_to_first_page,
            width=280,
            filter_mode=None,
        )
        st.text_input(
            _("Text in the path"),
            key=_TEXT_KEY,
            persist_state="session",
            on_change=_to_first_page,
            width=220,
            icon=":material/search:",
        )


def found(table: pd.DataFrame, class_names: Sequence[str]) -> pd.DataFrame:
    """The rows of ``table`` that are to be shown, in their order."""
    choice = _choice(class_names, st.session_state.get(_ANSWERS_KEY) or "mistakes")
    return ordered(chosen(table, choice), st.session_state.get(_ORDER_KEY) or "surest_mistakes")


def _choice(class_names: Sequence[str], answers: Answers) -> Choice:
    true, predicted = _class(_TRUE_KEY, class_names), _class(_PREDICTED_KEY, class_names)
    return Choice(
        answers,
        label=None if true is None else class_names.index(true),
        predicted=None if predicted is None else class_names.index(predicted),
        text=st.session_state.get(_TEXT_KEY, ""),
    )


def _class(key: str, class_names: Sequence[str]) -> str | None:
    """None too for a class that only other images have."""
    name = st.session_state.get(key)
    return name if name in class_names else None


def _choose_class(title: str, key: str, class_names: Sequence[str]) -> None:
    st.session_state[key] = _class(key, class_names)
    st.selectbox(
        title,
        class_names,
        index=None,
        placeholder=_("Any class"),
        key=key,
        persist_state="session",
        on_change=_follow_cell,
        width=160,
    )


def _follow_cell() -> None:
    """All images of one cell are right, or all are mistakes: no answer is left to be chosen."""
    is_cell = None not in (st.session_state[_TRUE_KEY], st.session_state[_PREDICTED_KEY])
    if is_cell:
        st.session_state[_ANSWERS_KEY] = "all"
    elif st.session_state.get(_ANSWERS_KEY) == "all":
        st.session_state[_ANSWERS_KEY] = "mistakes"
    _to_first_page()


def _to_first_page() -> None:
    if PAGE_KEY in st.session_state:
        st.session_state[PAGE_KEY] = 1
