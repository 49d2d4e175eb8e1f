"""Figures beside each other, each a bar with the range of what it can mean."""

import altair as alt
import pandas as pd

from ui.text import _

NEUTRAL = "#8B9AA0"
_INKS = {"light": "#16242A", "dark": "#E7EEF0"}
_BAR_PIXELS = 34


def chart(
    rows: pd.DataFrame, *, title: str, is_share: bool, theme: str, guessing: float | None = None
) -> alt.LayerChart:
    """``rows`` from top to bottom: name, figure, low and high (missing where there is no range), and colour.

    ``title`` is what the figures are, on the axis. Where they are shares, it goes from 0 to 100 %; ``guessing`` is a
    dashed line across.
    """
    form = ".1%" if is_share else ".4~g"
    scale = alt.Scale(domain=[0, 1], nice=False) if is_share else alt.Scale(zero=True)
    axis = alt.Axis(format="%" if is_share else "~g", tickCount=5, grid=False)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220)),
        tooltip=[
            alt.Tooltip("name:N", title=_("Answered by")),
            alt.Tooltip("figure:Q", title=title, format=form),
            alt.Tooltip("low:Q", title=_("Lowest"), format=form),
            alt.Tooltip("high:Q", title=_("Highest"), format=form),
        ],
    )
    x = alt.X("figure:Q", title=title, scale=scale, axis=axis)
    ink = _INKS[theme]
    layers = [
        base.mark_bar(height={"band": 0.6}, cornerRadiusEnd=3).encode(x=x, color=alt.Color("colour:N", scale=None)),
        base.transform_filter("isValid(datum.low)").mark_rule(color=ink, size=2).encode(x="low:Q", x2="high:Q"),
    ]
    if guessing is not None:
        line = alt.Chart(pd.DataFrame({"figure": [guessing]}))
        layers.append(line.mark_rule(color=ink, strokeDash=[5, 4]).encode(x="figure:Q"))
    return alt.layer(*layers).properties(height=alt.Step(_BAR_PIXELS))
