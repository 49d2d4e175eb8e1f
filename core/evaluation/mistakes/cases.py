"""The judged images as a table to look through: which of them, in which order, page by page.

The index of each table is the position of the image in the evaluation, so it finds the probabilities of its classes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from core.evaluation.evaluation import Evaluation

Answers = Literal["all", "mistakes", "right"]
Order = Literal["surest_mistakes", "least_certain_hits", "missing_probability", "path"]


@dataclass(frozen=True)
class Choice:
    """Which images are meant: of all ``answers``, only the mistakes or only the right ones; of the true class
    ``label`` and taken for the class ``predicted`` (positions in the class names; None is any); with ``text`` in their
    path, whether its letters are small or capital."""

    answers: Answers = "all"
    label: int | None = None
    predicted: int | None = None
    text: str = ""


def cases(evaluation: Evaluation) -> pd.DataFrame:
    """All judged images: columns row (position in the dataset), path, label, predicted, confidence (the probability of
    ``predicted``) and true_probability (that of ``label``), both 0–1."""
    table = evaluation.predictions[["row", "path", "label", "predicted", "confidence"]].reset_index(drop=True)
    of_label = evaluation.probabilities[np.arange(len(table)), table["label"]]
    return table.assign(true_probability=of_label)


def chosen(table: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows of ``table``, as of `cases`, that are meant, in their order."""
    is_meant = _ANSWERS[choice.answers](table)
    if choice.label is not None:
        is_meant &= table["label"] == choice.label
    if choice.predicted is not None:
        is_meant &= table["predicted"] == choice.predicted
    if choice.text.strip():
        is_meant &= table["path"].str.casefold().str.contains(choice.text.strip().casefold(), regex=False)
    return table[is_meant]


def ordered(table: pd.DataFrame, order: Order) -> pd.DataFrame:
    """``table``, as of `cases`, from the image that is to be looked at first; equal ones by their path.

    ``surest_mistakes``: the mistakes from the most confident on, then the right answers from the least certain on, as
    if one went on from the worst to the best. ``least_certain_hits``: the right answers from the least certain on, then
    the mistakes in the same way. ``missing_probability``: from the smallest probability of the true class on.
    """
    keys = pd.DataFrame({**_KEYS[order](table), "path": table["path"]})
    return table.loc[keys.sort_values(list(keys.columns), kind="stable").index]


def page_count(images: int, per_page: int) -> int:
    """How many pages ``images`` take; one where there is none."""
    return max(-(-images // per_page), 1)


def page(table: pd.DataFrame, number: int, per_page: int) -> pd.DataFrame:
    """The rows on page ``number``, from 1; on the last one, where there are not so many."""
    last = page_count(len(table), per_page)
    begin = (min(number, last) - 1) * per_page
    return table.iloc[begin : begin + per_page]


def _is_right(table: pd.DataFrame) -> pd.Series:
    return table["label"] == table["predicted"]


_ANSWERS: Mapping[Answers, Callable[[pd.DataFrame], pd.Series]] = {
    "all": lambda table: pd.Series(True, index=table.index),
    "mistakes": lambda table: ~_is_right(table),
    "right": _is_right,
}

_KEYS: Mapping[Order, Callable[[pd.DataFrame], dict[str, pd.Series]]] = {
    "surest_mistakes": lambda table: {
        "is_last": _is_right(table),
        "badness": table["confidence"].where(_is_right(table), -table["confidence"]),
    },
    "least_certain_hits": lambda table: {"is_last": ~_is_right(table), "certainty": table["confidence"]},
    "missing_probability": lambda table: {"true_probability": table["true_probability"]},
    "path": lambda table: {},
}
"""By what the rows are sorted, ascending."""
