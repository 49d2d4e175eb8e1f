"""Horizontal bars from 0 to 100 %, each with its class and its figure."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.class_counts import BAR_PIXELS, LONGEST_LABEL_PIXELS, NUMBER_COLOUR
from ui.text import _


def chart(rows: pd.DataFrame, told: Sequence[alt.Tooltip] = (), colour: Any = alt.Undefined) -> alt.LayerChart:
    """Bars of ``rows`` (columns class_name and probability, 0-1), in their order. ``told`` is added to what a bar tells
    under the pointer; ``colour`` is how bars are coloured where not all alike."""
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "class_name:N",
            sort=rows["class_name"].tolist(),
            title=None,
            axis=alt.Axis(labelLimit=LONGEST_LABEL_PIXELS, ticks=False, domain=False),
        ),
        x=alt.X("probability:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.15], nice=False)),
        tooltip=[
            alt.Tooltip("class_name:N", title=_("Class")),
            alt.Tooltip("probability:Q", title=_("Probability"), format=".2%"),
            *told,
        ],
    )
    bars = base.mark_bar(height={"band": 0.72}, cornerRadiusEnd=2).encode(color=colour)
    figures = base.mark_text(align="left", dx=4, color=NUMBER_COLOUR)
    return alt.layer(bars, figures.encode(text=alt.Text("probability:Q", format=".1%"))).properties(
        height=alt.Step(BAR_PIXELS)
    )
