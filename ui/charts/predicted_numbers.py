"""What a model answered against what is true, where both are numbers."""

import altair as alt
import pandas as pd

from core.evaluation import NumberEvaluation
from ui.parts import part_colours
from ui.text import _

HEIGHT = 360
MOST_POINTS = 2000
"""More of them would lie on each other."""


def table(evaluation: NumberEvaluation) -> pd.DataFrame:
    """Columns path, value and predicted: all images, or so many of them that lie evenly in their order."""
    shown = evaluation.predictions[["path", "value", "predicted"]]
    return shown.iloc[:: -(-len(shown) // MOST_POINTS)]


def chart(points: pd.DataFrame, part: str) -> alt.LayerChart:
    """``points`` as of `table`, in the colour of ``part``, and the line on which right answers lie."""
    ends = [float(points[["value", "predicted"]].min(axis=None)), float(points[["value", "predicted"]].max(axis=None))]
    scale = alt.Scale(domain=ends, zero=False)
    right = alt.Chart(pd.DataFrame({"value": ends, "predicted": ends}))
    x = alt.X("value:Q", title=_("True number"), scale=scale, axis=alt.Axis(grid=False))
    y = alt.Y("predicted:Q", title=_("Predicted number"), scale=scale)
    dots = alt.Chart(points).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("path:N", title=_("Image")),
            alt.Tooltip("value:Q", title=_("True number"), format=".4~g"),
            alt.Tooltip("predicted:Q", title=_("Predicted number"), format=".4~g"),
        ],
    )
    return alt.layer(
        right.mark_line(color="#8B9AA0", strokeDash=[5, 4]).encode(x=x, y=y),
        dots.mark_circle(size=40, opacity=0.6, color=part_colours()[part]),
    ).properties(height=HEIGHT)
