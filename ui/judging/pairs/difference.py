"""A difference of two figures in each draw of the images: the chart, its sentence, and its table behind one click."""

import numpy as np
import streamlit as st

from core.evaluation.figures.resampling import Estimate
from ui.charts import drawn_differences
from ui.text import _


def show(
    drawn: np.ndarray, found: Estimate, part: str, *, title: str, axis_format: str, unit: float | None = None
) -> None:
    """Draws the differences ``drawn``, (draws,), and the one ``found``; ``unit`` as in `drawn_differences.table`."""
    if found.interval is None:
        st.markdown(_("The difference is the same however the images are drawn, so there is nothing to see."))
        return
    rows = drawn_differences.table(drawn, found.interval, unit)
    st.altair_chart(
        drawn_differences.chart(rows, found.value, part, title=title, axis_format=axis_format),
        alt=title,
        width="stretch",
    )
    st.caption(drawn_differences.sentence(drawn))
    titles = {"low": _("From"), "high": _("To"), "draws": _("Draws")}
    with st.expander(_("As a table"), key="difference_table", type="compact"):
        st.dataframe(
            rows[list(titles)].rename(columns=titles),
            hide_index=True,
            alt=_("How often the difference is about so large"),
        )
