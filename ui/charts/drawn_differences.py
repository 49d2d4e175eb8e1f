"""By how much one model was ahead of another in each draw of the images: the bootstrap, seen."""

from math import ceil

import altair as alt
import numpy as np
import pandas as pd

from ui.parts import part_colours
from ui.text import _

HEIGHT = 220
_MOST_BARS = 40


def table(drawn: np.ndarray, interval: tuple[float, float], unit: float | None = None) -> pd.DataFrame:
    """Columns low, high (the ends of a bin of differences), draws, and is_likely: whether its middle is in
    ``interval``.

    ``drawn``: the difference in each draw. ``unit`` is given where each is a whole number of it, such as one image.
    """
    draws, edges = np.histogram(drawn, _MOST_BARS if unit is None else _edges(np.rint(drawn / unit), unit))
    rows = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "draws": draws})
    return rows.assign(is_likely=rows[["low", "high"]].mean(axis=1).between(*interval))


def chart(rows: pd.DataFrame, difference: float, part: str, *, title: str, axis_format: str) -> alt.LayerChart:
    """``rows`` as of `table`; full where the interval is, with a dashed line at 0 and another at the ``difference``
    found."""
    x = alt.X("low:Q", bin="binned", title=title, axis=alt.Axis(format=axis_format, tickCount=5, grid=False))
    bars = alt.Chart(rows).mark_bar(binSpacing=1, color=part_colours()[part])
    bars = bars.encode(
        x=x,
        x2="high:Q",
        y=alt.Y("draws:Q", title=_("Draws"), axis=alt.Axis(tickCount=4, format=",d")),
        opacity=alt.condition("datum.is_likely", alt.value(0.85), alt.value(0.3)),
        tooltip=[
            alt.Tooltip("low:Q", title=_("From"), format=axis_format),
            alt.Tooltip("high:Q", title=_("To"), format=axis_format),
            alt.Tooltip("draws:Q", title=_("Draws"), format=","),
        ],
    )
    zero = alt.Chart(pd.DataFrame({"low": [0]})).mark_rule(color="#8B9AA0", strokeDash=[5, 4], size=2)
    found = alt.Chart(pd.DataFrame({"low": [difference]})).mark_rule(color="#7F8C92", size=2)
    return alt.layer(bars, zero.encode(x="low:Q"), found.encode(x="low:Q")).properties(height=HEIGHT)


def sentence(drawn: np.ndarray) -> str:
    """How the draws fall, and what is drawn."""
    return _(
        "Of {draws:,} draws of these images, {above:,} lie above 0, {below:,} below and {at:,} on it. The pale ones "
        "are outside the range, the dashed line is at no difference, the other at the one found."
    ).format(draws=len(drawn), above=int((drawn > 0).sum()), below=int((drawn < 0).sum()), at=int((drawn == 0).sum()))


def _edges(units: np.ndarray, unit: float) -> np.ndarray:
    """Ends of bins that each hold as many whole numbers of ``unit``."""
    lowest, highest = units.min(), units.max()
    width = ceil((highest - lowest + 1) / _MOST_BARS)
    return unit * (np.arange(lowest, highest + width + 1, width) - 0.5)
