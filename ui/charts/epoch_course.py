"""The figure of a run on its validation images after the epochs whose weights are kept, with one epoch picked out."""

import altair as alt
import pandas as pd

from ui.charts.curve_chart import epochs_axis
from ui.parts import part_colours
from ui.text import _

HEIGHT = 150
_POINT, _RING = 30, 240


def chart(course: pd.DataFrame, epoch: int, *, is_share: bool) -> alt.LayerChart:
    """``course`` as of `core.evaluation.inside.epochs.course`; ``epoch`` has a ring. Where ``is_share``, values are
    shares."""
    title = _("Accuracy") if is_share else _("Mean absolute error")
    base = alt.Chart(course.assign(is_chosen=course["epoch"] == epoch)).encode(
        x=epochs_axis(int(course["epoch"].max()), _("Epochs done")),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(zero=False),
            axis=alt.Axis(format="~%" if is_share else "~g", tickCount=4),
        ),
        tooltip=[
            alt.Tooltip("epoch:Q", title=_("Epoch"), format="d"),
            alt.Tooltip("value:Q", title=title, format=".1%" if is_share else ".4~g"),
        ],
    )
    colour = part_colours()["validation"]
    return alt.layer(
        base.mark_line(color=colour, strokeWidth=2.5),
        base.mark_circle(color=colour, size=_POINT, opacity=1),
        base.transform_filter("datum.is_chosen").mark_point(color=colour, size=_RING, strokeWidth=2.5, filled=False),
    ).properties(height=HEIGHT)
