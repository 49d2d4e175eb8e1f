"""The learning rate that a run has had, small: in no part's colour, with marks where people have changed it."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from ui.charts import zoomable
from ui.charts.curve_chart import NEUTRAL, epochs_axis
from ui.text import _

HEIGHT: Final = 120
_MARGIN: Final = 0.14
"""Room above the highest rate and below none, as a share, so that a mark at the edge is whole."""
_AXIS_PIXELS: Final = 44
_IS_RATE: Final = "datum.detail != 'change'"
_IS_CHANGE: Final = "datum.detail == 'change'"
_IS_SEEN: Final = "datum.detail != 'frame'"


def rows(curve: pd.DataFrame) -> pd.DataFrame:
    """``curve`` as of `core.runs.rate_curve`, with two unseen points that hold the vertical scale."""
    highest = 1.0 if curve.empty else curve["learning_rate"].max() or 1.0
    corners = pd.DataFrame(
        {"epoch": [0.0, 0.0], "learning_rate": [-_MARGIN * highest, (1 + _MARGIN) * highest], "detail": "frame"}
    )
    points = curve.assign(detail=curve["is_change"].map({True: "change", False: "rate"}))
    columns = list(corners)
    return pd.concat([points[columns], corners], ignore_index=True) if len(points) else corners


@st.cache_data(max_entries=64, show_spinner=False)
def specification(epochs: int, language: str) -> dict[str, Any]:
    """What `ui.charts.zoomable` draws; ``language`` is that of now."""
    return zoomable.specification(chart(epochs))


def chart(epochs: int, points: str = zoomable.POINTS) -> alt.LayerChart:
    """The drawing for the rows named ``points``, as of `rows`. A rate holds until the next one."""
    base = alt.Chart(alt.NamedData(points)).encode(
        x=epochs_axis(epochs, None),
        y=alt.Y(
            "learning_rate:Q",
            title=None,
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(format="~g", tickCount=3, minExtent=_AXIS_PIXELS),
        ),
    )
    line = base.transform_filter(_IS_RATE).encode(
        detail="detail:N", strokeOpacity=alt.condition(_IS_SEEN, alt.value(1), alt.value(0))
    )
    marks = base.transform_filter(f"{_IS_CHANGE} || !({_IS_SEEN})").encode(
        size=alt.condition(_IS_CHANGE, alt.value(110), alt.value(0)),
        tooltip=[
            alt.Tooltip("learning_rate:Q", title=_("Changed by hand to"), format=".3~g"),
            alt.Tooltip("epoch:Q", title=_("Epochs done"), format=".2~f"),
        ],
    )
    return alt.layer(
        line.mark_line(interpolate="step-after", strokeWidth=2, color=NEUTRAL, clip=True),
        marks.mark_point(shape="diamond", filled=True, opacity=1, color=NEUTRAL, clip=True),
    ).properties(height=HEIGHT)
