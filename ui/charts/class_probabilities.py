"""How probable a net holds each class to be for one image."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from core.message import mark
from ui.charts import probability_bars
from ui.text import _

MOST_BARS: Final = 10
_ROLES: Final = {"true": mark("True class"), "predicted": mark("Predicted instead"), "other": mark("Other class")}
_COLOURS: Final = {
    "light": {"true": "#0F5C63", "predicted": "#D55E00", "other": "#A9B5BA"},
    "dark": {"true": "#4FB3BA", "predicted": "#FF9A5A", "other": "#56656C"},
}


def table(probabilities: np.ndarray, class_names: Sequence[str], label: int, predicted: int) -> pd.DataFrame:
    """One row per class, the most probable first: columns class_name, probability (0–1) and role (true for the class
    ``label``, predicted for the one that was taken instead of it, other)."""
    roles = np.full(len(class_names), "other", dtype=object)
    roles[predicted], roles[label] = "predicted", "true"
    rows = pd.DataFrame({"class_name": class_names, "probability": probabilities, "role": roles})
    return rows.sort_values("probability", ascending=False, kind="stable", ignore_index=True)


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a bar: the most probable, and the true class wherever it is."""
    return rows[(rows.index < MOST_BARS) | (rows["role"] == "true")]


def show(rows: pd.DataFrame, description: str, *, key: str) -> None:
    """Draws ``rows``, as of `table`, and the table of all classes behind one click."""
    st.altair_chart(chart(shown(rows), st.context.theme.type or "light"), width="stretch", alt=description)
    with st.expander(_("As a table"), key=key, type="compact"):
        st.dataframe(
            rows[["class_name", "probability"]],
            hide_index=True,
            column_config={
                "class_name": st.column_config.TextColumn(_("Class")),
                "probability": st.column_config.NumberColumn(_("Probability"), format="percent"),
            },
            alt=_("The probability of each class"),
        )


def chart(rows: pd.DataFrame, theme: str) -> alt.LayerChart:
    """Horizontal bars in the order of ``rows``."""
    titled = rows.assign(title=[_(_ROLES[role]) for role in rows["role"]])
    scale = alt.Scale(domain=[_(title) for title in _ROLES.values()], range=list(_COLOURS[theme].values()))
    colour = alt.Color("title:N", scale=scale, legend=alt.Legend(title=None, orient="top"))
    return probability_bars.chart(titled, [alt.Tooltip("title:N", title=_("Role"))], colour)
