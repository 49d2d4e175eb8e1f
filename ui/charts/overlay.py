"""One figure of several runs over the epochs, each run in a colour of its own; repeats of a run as a band."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from core.runs.curves import is_share
from ui.charts.curve_chart import epochs_axis
from ui.text import _

HEIGHT: Final = 260
COLOURS: Final = ("#009E73", "#D1495B", "#2FA8BD", "#8C613C", "#A9A018", "#7F8C92")
"""None of them is that of a part; readable on light and on dark."""
_DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 4, 1, 4])
"""A second sign for those who do not tell the colours apart."""


def chart(rows: pd.DataFrame, figure: str, names: Sequence[str]) -> alt.LayerChart:
    """``rows`` has a row per curve and epoch, with the columns name, epoch, value, low and high; ``names`` are those of
    the curves, at most as many as there are `COLOURS`, in the order of the legend."""
    scale = alt.Scale(domain=list(names), range=list(COLOURS[: len(names)]))
    dashes = alt.Scale(domain=list(names), range=list(_DASHES[: len(names)]))
    legend = alt.Legend(
        title=None,
        orient="top",
        symbolType="stroke",
        symbolStrokeWidth=3,
        symbolSize=400,
        symbolOpacity=1,
        labelLimit=240,
    )
    written = "~%" if is_share(figure) else "~g"
    base = alt.Chart(rows).encode(
        x=epochs_axis(int(rows["epoch"].max()), _("Epochs done")),
        color=alt.Color("name:N", scale=scale, legend=legend),
    )
    value = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format=written, tickCount=5))
    told = [
        alt.Tooltip("name:N", title=_("Run")),
        alt.Tooltip("epoch:Q", title=_("Epoch")),
        alt.Tooltip("value:Q", title=_("Value"), format=".1%" if is_share(figure) else ".4~g"),
    ]
    return alt.layer(
        base.mark_area(opacity=0.18, tooltip=None).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(strokeWidth=2.5).encode(
            y=value, strokeDash=alt.StrokeDash("name:N", scale=dashes, legend=legend)
        ),
        base.mark_point(filled=True, size=25, opacity=1).encode(y=value, tooltip=told),
    ).properties(height=HEIGHT)
