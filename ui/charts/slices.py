"""What the trials of a search reached, by the values of one parameter."""

import json
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from ui.charts import trial_marks
from ui.charts.best_so_far import objective_axis
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.parameter_axis import Mark, ParameterAxis
from ui.parts import part_colours
from ui.text import _

HEIGHT: Final = 190
_MARGIN: Final = 0.06
_POINT, _RING = 34, 170
_WIDTH: Final = 230
"""Pixels that the horizontal axis has at least."""


def rows(seen: pd.DataFrame, axis: ParameterAxis, scale: ObjectiveScale, setting: str) -> pd.DataFrame:
    """A row for each trial: trial (from 1), state, is_best, told and setting, position of the setting on ``axis`` (0-1)
    and at, where the value is drawn.

    ``seen``: a row for each trial that has ended, with trial, state, value (NaN where it failed), told (the value as it
    is written), is_best, the values of the parameters by their paths, and the column ``setting``, that of this
    parameter as it is written. Trials whose setting is not known are left out.
    """
    placed = seen.assign(
        setting=seen[setting],
        position=axis.positions(seen[axis.path]),
        at=scale.held(seen["value"]).fillna(scale.worst),
    )
    return placed.dropna(subset="position")[["trial", "state", "is_best", "told", "setting", "position", "at"]]


@st.cache_data(max_entries=64, show_spinner=False)
def specification(axis: ParameterAxis, scale: ObjectiveScale, title: str, theme: str, language: str) -> dict[str, Any]:
    """What `ui.charts.trial_marks.show` draws. ``language`` is that of now."""
    return chart(axis, scale, title, theme).to_dict()


def chart(axis: ParameterAxis, scale: ObjectiveScale, title: str, theme: str) -> alt.LayerChart:
    """The drawing for `rows`; ``title`` is what the objective is called."""
    base = alt.Chart(alt.NamedData(trial_marks.TRIALS)).encode(
        x=alt.X(
            "position:Q",
            title=None,
            scale=alt.Scale(domain=[-_MARGIN, 1 + _MARGIN], nice=False, zero=False),
            axis=_axis(axis.marks),
        ),
        y=objective_axis("at", scale),
        tooltip=[
            alt.Tooltip("trial:Q", title=_("Trial"), format=",d"),
            alt.Tooltip("setting:N", title=axis.title),
            alt.Tooltip("told:N", title=title),
        ],
    )
    points = trial_marks.points(base, part_colours()["validation"], size=_POINT)
    return alt.layer(points, trial_marks.ring(base, theme, size=_RING)).properties(height=HEIGHT)


def _axis(marks: tuple[Mark, ...]) -> alt.Axis:
    """With the texts of ``marks`` at their positions."""
    texts = json.dumps({f"{mark.position:g}": mark.text for mark in marks}, ensure_ascii=False)
    return alt.Axis(
        values=[mark.position for mark in marks],
        labelExpr=f"{texts}[toString(datum.value)]",
        labelLimit=max(40, _WIDTH // len(marks)),
        labelOverlap=True,
        grid=False,
    )
