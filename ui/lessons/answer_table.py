"""The figures of an answer, one row for each setting that was tried."""

from typing import Final

import pandas as pd
import streamlit as st

from core.lessons.answer import Answer
from core.message import mark
from ui.numbers import number, percent, rate
from ui.text import _

COLUMNS: Final = {
    "rate": (mark("Learning rate"), rate),
    "first_loss": (mark("Loss after epoch 1"), "{:.3g}".format),
    "last_loss": (mark("Loss at the end"), "{:.3g}".format),
    "batch_size": (mark("Batch size"), lambda value: number(int(value))),
    "updates": (mark("Updates per epoch"), lambda value: number(int(value))),
    "epoch_seconds": (mark("Seconds per epoch"), "{:.2g}".format),
    "noise": (mark("Noise of the loss"), "{:.2g}".format),
    "filters": (mark("Filters"), lambda value: number(int(value))),
    "convolutions": (mark("Convolutions"), lambda value: number(int(value))),
    "weights": (mark("Weights"), lambda value: number(int(value))),
    "accuracy": (mark("Right in training"), percent),
    "val_accuracy": (mark("Right in validation"), percent),
    "gap": (mark("Gap"), percent),
    "val_loss": (mark("Validation loss"), "{:.3g}".format),
}
"""The title and the way of writing of each column, by its name."""
NOTHING: Final = "–"


def show(answer: Answer) -> None:
    """Draws the table, if there is one."""
    if not answer.figures.empty:
        st.dataframe(written(answer.figures), hide_index=True, width="stretch", alt=_("What was measured"))


def written(figures: pd.DataFrame) -> pd.DataFrame:
    """``figures`` with titles and as people read them."""
    columns = {}
    for name in figures:
        title, write = COLUMNS[name]
        columns[_(title)] = [NOTHING if pd.isna(value) else write(value) for value in figures[name]]
    return pd.DataFrame(columns)
