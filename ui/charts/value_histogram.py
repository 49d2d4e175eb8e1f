"""How the numbers to predict are spread over the images."""

import altair as alt
import pandas as pd

from core.dataset.store import Dataset
from ui.numbers import quantity
from ui.text import _

HEIGHT = 240


def draw(bins: pd.DataFrame, title: str, colour: str | None = None) -> alt.Chart:
    """A histogram from ``bins`` (columns low, high and images) of what ``title`` says."""
    return (
        alt.Chart(bins)
        .mark_bar(binSpacing=1, color=colour or alt.Undefined)
        .encode(
            x=alt.X("low:Q", bin="binned", title=title, axis=alt.Axis(tickCount=6, grid=False)),
            x2="high:Q",
            y=alt.Y("images:Q", title=_("Images"), axis=alt.Axis(tickMinStep=1, tickCount=5, format=",d")),
            tooltip=[
                alt.Tooltip("low:Q", title=_("From")),
                alt.Tooltip("high:Q", title=_("To")),
                alt.Tooltip("images:Q", title=_("Images"), format=","),
            ],
        )
        .properties(height=HEIGHT)
    )


def sentence(dataset: Dataset) -> str:
    """What the chart shows, in one sentence."""
    values = dataset.images["value"]
    return _("From {lowest} to {highest}; the mean is {mean}, the standard deviation {deviation}.").format(
        lowest=quantity(values.min()),
        highest=quantity(values.max()),
        mean=quantity(values.mean()),
        deviation=quantity(values.std(ddof=0)),
    )
