"""What mistakes cost on average, over all thresholds between two classes."""

import altair as alt
import numpy as np
import pandas as pd

from ui.charts.curve_chart import NEUTRAL
from ui.numbers import quantity
from ui.parts import part_colours
from ui.text import _

HEIGHT = 230
_PIECES = 300


def drawn(costs: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``costs``, as of `core.evaluation.confidence.decision_threshold.costs`, that can be seen: of those
    that lie on each other the cheapest and the dearest."""
    piece = np.minimum((costs["threshold"] * _PIECES).astype(int), _PIECES - 1)
    cost = costs.groupby(piece)["total_cost"]
    kept = np.unique(np.concatenate([cost.idxmin(), cost.idxmax(), [0, len(costs) - 1]]))
    return costs.loc[kept].reset_index(drop=True)


def chart(costs: pd.DataFrame, part: str, cheapest: float, theoretical: float, chosen: float) -> alt.LayerChart:
    """``costs`` as of `drawn`; the threshold ``chosen`` is a full line, the ``cheapest`` a dashed one, the
    ``theoretical`` a dotted one."""
    threshold = alt.X(
        "threshold:Q",
        title=_("Threshold"),
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(tickCount=5, grid=False),
    )
    curve = alt.Chart(costs).encode(
        x=threshold,
        y=alt.Y("mean_cost:Q", title=_("Cost of an image, on average"), axis=alt.Axis(tickCount=5)),
        tooltip=[
            alt.Tooltip("threshold:Q", title=_("Threshold"), format=".3~f"),
            alt.Tooltip("misses:Q", title=_("Misses"), format=","),
            alt.Tooltip("false_alarms:Q", title=_("False alarms"), format=","),
            alt.Tooltip("mean_cost:Q", title=_("Cost of an image, on average"), format=".3~g"),
        ],
    )
    marks = [(_("Cheapest"), cheapest, [6, 4]), (_("In theory"), theoretical, [2, 3]), (_("In use"), chosen, [1, 0])]
    rules = [
        alt.Chart(pd.DataFrame({"title": [title], "threshold": [at]}))
        .mark_rule(color=NEUTRAL, strokeWidth=2, strokeDash=dash)
        .encode(
            x=threshold,
            tooltip=[
                alt.Tooltip("title:N", title=" "),
                alt.Tooltip("threshold:Q", title=_("Threshold"), format=".3~f"),
            ],
        )
        for title, at, dash in marks
    ]
    line = curve.mark_line(color=part_colours()[part], strokeWidth=2.5, interpolate="step")
    return alt.layer(*rules, line).properties(height=HEIGHT)


def sentence(cheapest: float, theoretical: float) -> str:
    """Where mistakes cost least, here and in theory; in Markdown."""
    return _(
        "The cheapest threshold on these images is **{cheapest}**. Were the probabilities exactly what they say, it "
        "would be **{theoretical}**: the cost of a false alarm divided by the sum of both costs (Elkan, 2001)."
    ).format(cheapest=quantity(cheapest), theoretical=quantity(theoretical))


def shown(costs: pd.DataFrame) -> pd.DataFrame:
    """``costs`` under the titles that people read."""
    titles = {
        "threshold": _("Threshold"),
        "misses": _("Misses"),
        "false_alarms": _("False alarms"),
        "total_cost": _("Cost of all"),
        "mean_cost": _("Cost of an image, on average"),
    }
    return costs[list(titles)].rename(columns=titles)
