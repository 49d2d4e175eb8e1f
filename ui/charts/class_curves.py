"""One class against all others, over all thresholds: the ROC curve, and precision against recall."""

import altair as alt
import pandas as pd

from core.message import mark
from ui.charts.curve_chart import NEUTRAL
from ui.parts import part_colours
from ui.text import _

HEIGHT = 280
_TITLES = {
    "threshold": mark("Threshold"),
    "true_positive_rate": mark("Found, of the class"),
    "false_positive_rate": mark("Called so, of the others"),
    "recall": mark("Found, of the class (recall)"),
    "precision": mark("Right, of those called so (precision)"),
}


def roc_chart(points: pd.DataFrame, part: str) -> alt.LayerChart:
    """``points`` as of `core.evaluation.confidence.curves.roc`; on the dashed line the answers are guessed."""
    guessed = pd.DataFrame({"false_positive_rate": [0, 1], "true_positive_rate": [0, 1]})
    return _chart(points, guessed, "false_positive_rate", "true_positive_rate", part, interpolate="linear")


def precision_recall_chart(points: pd.DataFrame, part: str, share: float) -> alt.LayerChart:
    """``points`` as of `core.evaluation.confidence.curves.precision_recall`; the dashed line is the ``share`` (0-1) of
    the class among the images, which is the precision of guessing."""
    guessed = pd.DataFrame({"recall": [0, 1], "precision": [share, share]})
    return _chart(points, guessed, "recall", "precision", part, interpolate="step-before")


def shown(points: pd.DataFrame) -> pd.DataFrame:
    """The points of either curve under the titles that people read."""
    return points[[name for name in _TITLES if name in points]].rename(
        columns={name: _(title) for name, title in _TITLES.items()}
    )


def _chart(
    points: pd.DataFrame, guessed: pd.DataFrame, across: str, up: str, part: str, interpolate: str
) -> alt.LayerChart:
    scale, axis = alt.Scale(domain=[0, 1], nice=False), alt.Axis(format="%", tickCount=5)
    x = alt.X(f"{across}:Q", title=_(_TITLES[across]), scale=scale, axis=axis)
    y = alt.Y(f"{up}:Q", title=_(_TITLES[up]), scale=scale, axis=axis)
    tooltip = [
        alt.Tooltip("threshold:Q", title=_(_TITLES["threshold"]), format=".3~f"),
        alt.Tooltip(f"{across}:Q", title=_(_TITLES[across]), format=".1%"),
        alt.Tooltip(f"{up}:Q", title=_(_TITLES[up]), format=".1%"),
    ]
    curve = alt.Chart(points).encode(x=x, y=y, tooltip=tooltip)
    return alt.layer(
        alt.Chart(guessed).mark_line(color=NEUTRAL, strokeDash=[5, 4]).encode(x=x, y=y),
        curve.mark_line(color=part_colours()[part], strokeWidth=2.5, interpolate=interpolate),
    ).properties(height=HEIGHT)
