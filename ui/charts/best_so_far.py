"""What each trial of a search reached, and the best up to it."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from core.tuning.trial_states import COMPLETE
from ui.charts import trial_marks
from ui.charts.objective_scale import ObjectiveScale
from ui.parts import part_colours
from ui.text import _

HEIGHT: Final = 300
_AXIS_PIXELS: Final = 48
_TRIAL, _BEST = "trial", "best"
_IS_TRIAL: Final = f"datum.detail == '{_TRIAL}'"


def rows(seen: pd.DataFrame, best: pd.DataFrame, scale: ObjectiveScale) -> pd.DataFrame:
    """The marks of the trials, and the steps of the line of the best, which goes on to the last trial.

    ``seen``: a row for each trial that has ended, with trial (from 1), state, value (NaN where it failed), is_best, and
    whatever is told of it. ``best`` as of `core.tuning.trials.best_so_far`.
    """
    marks = seen.assign(detail=_TRIAL, at=scale.held(seen["value"]).fillna(scale.worst))
    line = pd.DataFrame({"trial": best["number"] + 1, "at": scale.held(best["best"]), "value": best["best"]})
    if len(line) and line["trial"].iloc[-1] < seen["trial"].max():
        line = pd.concat([line, line.tail(1).assign(trial=seen["trial"].max())], ignore_index=True)
    line = line.assign(detail=_BEST, state=COMPLETE, is_best=False)
    told = {name: "" for name in marks if name not in line}
    return pd.concat([line.assign(**told)[list(marks)], marks], ignore_index=True)


@st.cache_data(max_entries=16, show_spinner=False)
def specification(
    scale: ObjectiveScale, trials: int, told: Sequence[tuple[str, str]], theme: str, language: str
) -> dict[str, Any]:
    """What `ui.charts.trial_marks.show` draws. ``language`` is that of now."""
    return chart(scale, trials, told, theme).to_dict()


def chart(scale: ObjectiveScale, trials: int, told: Sequence[tuple[str, str]], theme: str) -> alt.LayerChart:
    """The drawing for `rows`, which it does not hold, with room for ``trials``; ``told`` are the columns that are told
    of a trial, each with its title."""
    base = alt.Chart(alt.NamedData(trial_marks.TRIALS)).encode(x=_x(trials), y=objective_axis("at", scale))
    marks = base.transform_filter(_IS_TRIAL).encode(
        tooltip=[
            alt.Tooltip("trial:Q", title=_("Trial"), format=",d"),
            *(alt.Tooltip(f"{name}:N", title=title) for name, title in told),
        ]
    )
    colour = part_colours()["validation"]
    line = base.transform_filter(f"datum.detail == '{_BEST}'").mark_line(
        interpolate="step-after", strokeWidth=2.5, color=colour
    )
    return alt.layer(line, trial_marks.points(marks, colour), trial_marks.ring(marks, theme)).properties(height=HEIGHT)


def objective_axis(field: str, scale: ObjectiveScale) -> alt.Y:
    """The vertical axis of every chart of an objective."""
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=list(scale.ends), nice=False, zero=False),
        axis=alt.Axis(format="~%" if scale.maximizes else "~g", tickCount=5, minExtent=_AXIS_PIXELS),
    )


def _x(trials: int) -> alt.X:
    return alt.X(
        "trial:Q",
        title=_("Trial"),
        scale=alt.Scale(domain=[0, trials + 1], nice=False),
        axis=alt.Axis(
            format=",d",
            labelExpr=f"datum.value < 1 || datum.value > {trials} ? '' : datum.label",
            tickMinStep=1,
            tickCount=10,
            grid=False,
        ),
    )
