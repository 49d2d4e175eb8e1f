"""How trials look in every chart of a search: a shape for each state, so that nobody depends on colours."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from core.message import mark
from core.tuning.trial_states import COMPLETE, FAILED, PRUNED, RUNNING
from ui.charts.curve_chart import NEUTRAL
from ui.text import _

TRIALS: Final = "trials"
"""The name of the rows in a specification, which does not hold them: it stays the same while trials are added."""

SHAPES: Final = {COMPLETE: "circle", PRUNED: "triangle-down", FAILED: "M-.7,-.7L.7,.7M.7,-.7L-.7,.7"}
_SIGNS: Final = {COMPLETE: "●", PRUNED: "▽", FAILED: "✕"}
_TITLES: Final = {
    RUNNING: mark("running"),
    COMPLETE: mark("completed"),
    PRUNED: mark("pruned"),
    FAILED: mark("failed"),
}
_POINT, _RING = 48, 230
_INKS: Final = {"light": "#16242A", "dark": "#E7EEF0"}
_PAPERS: Final = {"light": "#FFFFFF", "dark": "#10171A"}


def state_title(state: str) -> str:
    """What the state of a trial is called: of `core.tuning.trials.STATES`."""
    return _(_TITLES[state])


def legend(*states: str) -> str:
    """Which shape is which, and the ring."""
    signs = [f"{_SIGNS[state]} {state_title(state)}" for state in states]
    return " · ".join([*signs, _("ring: the best")])


def ink(theme: str) -> str:
    """The colour of texts in a chart."""
    return _INKS[theme]


def paper(theme: str) -> str:
    """The colour behind a chart."""
    return _PAPERS[theme]


def points(base: alt.Chart, colour: str, size: int = _POINT) -> alt.Chart:
    """The trials of ``base``, whose rows have a state: full where it is complete, hollow where it was pruned, a cross
    where it failed."""
    is_complete = "datum.state == 'complete'"
    return base.mark_point(strokeWidth=1.6, size=size).encode(
        shape=alt.Shape(
            "state:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None, title=None
        ),
        fill=alt.condition(is_complete, alt.value(colour), alt.value("transparent")),
        stroke=alt.condition("datum.state == 'failed'", alt.value(NEUTRAL), alt.value(colour)),
        opacity=alt.condition(is_complete, alt.value(0.75), alt.value(0.9)),
    )


def ring(base: alt.Chart, theme: str, size: int = _RING) -> alt.Chart:
    """A ring round the best of them."""
    return base.transform_filter("datum.is_best").mark_point(
        shape="circle", filled=False, size=size, strokeWidth=2, color=ink(theme), opacity=1
    )


def show(specified: dict[str, Any], rows: pd.DataFrame, *, key: str, description: str) -> None:
    """Draws ``rows`` in the chart ``specified``. As long as that and ``description`` are the same, nothing flickers."""
    st.vega_lite_chart(specified | {"datasets": {TRIALS: rows}}, width="stretch", alt=description, key=key)
