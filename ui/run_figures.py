"""What a run does at the moment, in one calm row: learning rate, pace, memory, and how long an epoch takes."""

import pandas as pd
import streamlit as st

from core.message import Message, say
from core.runs import history
from core.runs.run import Run
from ui import session
from ui.numbers import file_size, number, rate, short_duration
from ui.text import _, translate

_UNKNOWN = "–"
_WIDTH = 168
"""Pixels for each figure: the row stays as it is whatever they say, and breaks in two where it is narrow."""


def show(run: Run) -> None:
    """Draws the row; after the end of ``run`` with what was known last. Its four places keep their widths."""
    shown = figures(run, _last_epoch(run))
    titles = {
        "learning_rate": (_("Learning rate"), _("How far each update moves the weights.")),
        "images_per_second": (_("Images per second"), _("How fast it learns, without the look at the validation.")),
        "memory_bytes": (_("Memory"), _("What the process of this run takes, TensorFlow included.")),
        "epoch_seconds": (_("Time per epoch"), _("The mean of the epochs so far, with the look at the validation.")),
    }
    with st.container(horizontal=True, gap="small", key="run_figures"):
        for name, (title, meaning) in titles.items():
            with st.container(gap=None, width=_WIDTH):
                st.caption(title, help=meaning)
                st.markdown(f"**{translate(shown[name]) if name in shown else _UNKNOWN}**")


def figures(run: Run, last_epoch: pd.Series | None) -> dict[str, Message]:
    """What is known, as people read it: of the run as last measured, else of its last epoch, a row of its history."""
    known = {name: _known(getattr(run, name), last_epoch, name) for name in _WRITTEN}
    return {name: _WRITTEN[name](value) for name, value in known.items() if value is not None}


def _known(measured: float | None, last_epoch: pd.Series | None, name: str) -> float | None:
    if measured is not None or last_epoch is None:
        return measured
    value = last_epoch.get(name)
    return None if pd.isna(value) else float(value)


def _last_epoch(run: Run) -> pd.Series | None:
    """Asked for only where the run itself does not say."""
    if not run.epoch or None not in (run.learning_rate, run.images_per_second, run.memory_bytes):
        return None
    table = history.epochs(session.database(), run.id)
    return None if table.empty else table.iloc[-1]


def _pace(images_per_second: float) -> Message:
    """In three digits that count: the others change with every look."""
    return say("{number}", number=number(int(float(f"{images_per_second:.3g}"))))


_WRITTEN = {
    "learning_rate": lambda value: say("{number}", number=rate(value)),
    "images_per_second": _pace,
    "memory_bytes": lambda value: file_size(int(value)),
    "epoch_seconds": short_duration,
}
