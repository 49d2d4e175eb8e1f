"""How much of the differences between trials goes with each parameter by itself, and how much with none."""

from typing import Final

import altair as alt
import pandas as pd

from ui.charts import trial_marks
from ui.charts.curve_chart import NEUTRAL
from ui.text import _

_BAR_PIXELS: Final = 34


def chart(rows: pd.DataFrame, theme: str) -> alt.LayerChart:
    """``rows`` from top to bottom: title, share (0-1) and is_rest, which is grey. The axis goes to 100 %, whatever they
    are."""
    base = alt.Chart(rows).encode(
        y=alt.Y("title:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=240)),
        x=alt.X(
            "share:Q",
            title=_("Share of the differences"),
            scale=alt.Scale(domain=[0, 1.08], nice=False),
            axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False),
        ),
        tooltip=[
            alt.Tooltip("title:N", title=_("Setting")),
            alt.Tooltip("share:Q", title=_("Share of the differences"), format=".1%"),
        ],
    )
    texts = base.mark_text(align="left", dx=6, fontSize=12, color=trial_marks.ink(theme), aria=False)
    bars = base.mark_bar(height={"band": 0.6}, cornerRadiusEnd=3)
    return alt.layer(
        bars.encode(color=alt.when("datum.is_rest").then(alt.value(NEUTRAL))),
        texts.encode(text=alt.Text("share:Q", format=".0%")),
    ).properties(height=alt.Step(_BAR_PIXELS))
