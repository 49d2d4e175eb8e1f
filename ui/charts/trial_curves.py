"""The objective of each trial of a search after each of its epochs."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from ui.charts import trial_marks
from ui.charts.best_so_far import objective_axis
from ui.charts.curve_chart import NEUTRAL, epochs_axis
from ui.charts.objective_scale import ObjectiveScale
from ui.parts import part_colours
from ui.text import _

HEIGHT: Final = 340
MOST_POINTS: Final = 60
_END_PIXELS: Final = 55


def rows(curves: pd.DataFrame, best: int | None, scale: ObjectiveScale) -> pd.DataFrame:
    """A row for each point: trial (from 1), state, epoch, value, at (where it is drawn), is_best, is_end (the last
    point of its curve).

    ``curves`` as of `core.tuning.trials.curves`; where the net had no number, there is no point. The ``best`` trial
    comes last, over all others. Of long curves some points are left out, never the last.
    """
    known = curves.dropna(subset="value").sort_values(["number", "epoch"], ignore_index=True)
    is_end = known["epoch"] == known.groupby("number")["epoch"].transform("max")
    points = known.assign(
        trial=known["number"] + 1,
        at=scale.held(known["value"]),
        is_best=known["number"] == best,
        is_end=is_end,
    )
    width = -(-int(known["epoch"].max()) // MOST_POINTS) if len(known) else 1
    points = points[is_end | ((points["epoch"] - 1) % width == 0)]
    return points.sort_values(["is_best", "number", "epoch"], ignore_index=True).drop(columns="number")


@st.cache_data(max_entries=16, show_spinner=False)
def specification(scale: ObjectiveScale, epochs: int, title: str, theme: str, language: str) -> dict[str, Any]:
    """What `ui.charts.trial_marks.show` draws. ``language`` is that of now."""
    return chart(scale, epochs, title, theme).to_dict()


def chart(scale: ObjectiveScale, epochs: int, title: str, theme: str) -> alt.LayerChart:
    """The drawing for `rows`; ``title`` is what the objective is called. The curve under the pointer is thick."""
    base = alt.Chart(alt.NamedData(trial_marks.TRIALS)).encode(
        x=epochs_axis(epochs, _("Epochs done")), y=objective_axis("at", scale), detail="trial:N"
    )
    written = ".1%" if scale.maximizes else ".4f"
    told = [
        alt.Tooltip("trial:Q", title=_("Trial"), format=",d"),
        alt.Tooltip("epoch:Q", title=_("Epoch"), format="d"),
        alt.Tooltip("value:Q", title=title, format=written),
    ]
    pointed = alt.selection_point(name="pointed", fields=["trial"], on="pointerover", clear="pointerout", empty=False)
    colour = part_colours()["validation"]
    lines = base.encode(
        strokeDash=alt.condition("datum.state == 'running'", alt.value([5, 3]), alt.value([1, 0])),
    )
    others = (
        lines.transform_filter("!datum.is_best")
        .mark_line(color=NEUTRAL)
        .encode(
            strokeWidth=alt.condition(pointed, alt.value(3.5), alt.value(1.3)),
            opacity=alt.condition(pointed, alt.value(1), alt.value(0.55)),
        )
        .add_params(pointed)
    )
    ends = base.transform_filter("datum.is_end && datum.state != 'failed'").encode(tooltip=told)
    return alt.layer(
        others,
        lines.transform_filter("datum.is_best").mark_line(color=colour, strokeWidth=3.5),
        trial_marks.points(ends, NEUTRAL, size=_END_PIXELS),
        trial_marks.ring(ends, theme),
    ).properties(height=HEIGHT)
