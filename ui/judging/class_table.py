"""Precision, recall and F1 of each class with what they can mean, and the classes that are weakest."""

from datetime import datetime

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation import Evaluation
from core.evaluation.figures.class_figures import class_figures
from core.interval import wilson
from core.runs.run import Run
from ui.judging.ranges import span
from ui.markdown import plain
from ui.numbers import percent
from ui.text import _

_FIGURES = ("precision", "recall", "f1")


def show(evaluation: Evaluation, run: Run) -> None:
    """Draws the table of ``evaluation``, which is of ``run``."""
    st.dataframe(
        table(_figures(run.id, run.finished_at, evaluation.part, evaluation)),
        hide_index=True,
        key="evaluation_per_class",
        column_config=_columns(),
        alt=_("Precision, recall and F1 of each class"),
    )


def table(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per class of ``figures``, as of `core.evaluation.figures.class_figures.class_figures`: class_name,
    images, and of each figure its value in percent and, such as precision_range, the range of what it can mean."""
    columns = {"class_name": figures["class_name"], "images": figures["images"]}
    for name in _FIGURES:
        ends = zip(figures[f"{name}_low"], figures[f"{name}_high"], strict=True)
        columns[name] = 100 * figures[name]
        columns[f"{name}_range"] = ["–" if np.isnan(low) else span(low, high) for low, high in ends]
    return pd.DataFrame(columns)


def least_found(evaluation: Evaluation) -> str:
    """The class with the lowest recall, in words."""
    confusion = evaluation.confusion
    weakest = _weakest(confusion.diagonal(), confusion.sum(axis=1))
    if weakest is None:
        return _("Every image of every class was found.")
    return _(
        "{name} is found least often: **{right:,} of {images:,}** is {share}, and **{range}** is what that can mean."
    ).format(name=plain(evaluation.class_names[weakest[0]]), **_in_words(*weakest[1:]))


def least_reliable(evaluation: Evaluation) -> str:
    """The class with the lowest precision, in words."""
    confusion = evaluation.confusion
    weakest = _weakest(confusion.diagonal(), confusion.sum(axis=0))
    if weakest is None:
        return _("Every answer was right.")
    return _(
        "The answer {name} is right least often: **{right:,} of {images:,}** is {share}, and **{range}** is what that "
        "can mean."
    ).format(name=plain(evaluation.class_names[weakest[0]]), **_in_words(*weakest[1:]))


def _weakest(right: np.ndarray, images: np.ndarray) -> tuple[int, int, int] | None:
    """The class of the least share, how many are right and of how many; None where all are right."""
    shares = np.where(images > 0, right / np.maximum(images, 1), 1)
    weakest = int(shares.argmin())
    return (weakest, int(right[weakest]), int(images[weakest])) if shares[weakest] < 1 else None


def _in_words(right: int, images: int) -> dict[str, int | str]:
    return {"right": right, "images": images, "share": percent(right / images), "range": span(*wilson(right, images))}


def _columns() -> dict[str, object]:
    titles = {
        "precision": (_("Precision"), _("Of the images that were called this, the share that was right.")),
        "recall": (_("Recall"), _("Of the images of this class, the share that was found.")),
        "f1": (_("F1"), _("Precision and recall in one number: their harmonic mean.")),
    }
    columns: dict[str, object] = {
        "class_name": st.column_config.TextColumn(_("Class"), pinned=True, width="small"),
        "images": st.column_config.NumberColumn(_("Images"), format="localized", width="small"),
    }
    for name, (title, meaning) in titles.items():
        columns[name] = st.column_config.NumberColumn(title, help=meaning, format="%.1f%%", width="small")
        columns[f"{name}_range"] = st.column_config.TextColumn(
            _("can mean"), help=_("The 95 % interval: few images leave it wide."), width="small"
        )
    return columns


@st.cache_data(max_entries=32, show_spinner=False)
def _figures(run_id: str, finished_at: datetime | None, part: str, _evaluation: Evaluation) -> pd.DataFrame:
    """Kept, since it takes long for many classes; the model of a run that is continued is another one."""
    return class_figures(_evaluation)
