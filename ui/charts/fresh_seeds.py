"""What trials reached in a search, and what the same settings reach with fresh seeds."""

import altair as alt
import pandas as pd

from core.tuning.space import SearchSpace
from ui.charts.curve_chart import NEUTRAL
from ui.parts import part_colours, part_title
from ui.text import _
from ui.tuning import objective

ROW_PIXELS = 44


def table(compared: pd.DataFrame, again: pd.DataFrame, space: SearchSpace) -> pd.DataFrame:
    """One row per value: columns trial (its title), kind (search or again), value, mean (of the repeats of that trial)
    and text. ``compared`` and ``again`` as of `core.tuning.fresh_seeds`; repeats that have no value yet are left
    out."""
    titles = [_("Trial {number}").format(number=number + 1) for number in compared["number"]]
    trials = compared.assign(trial=titles).set_index("run_id")
    chosen_by = trials.reset_index()[["trial", "value", "mean"]].assign(kind="search")
    known = again.dropna(subset="value")
    repeats = trials.loc[known["trial_run"], ["trial", "mean"]].assign(value=known["value"].to_numpy(), kind="again")
    rows = pd.concat([chosen_by, repeats], ignore_index=True)
    return rows.assign(text=[objective.written(value, space) for value in rows["value"]])


def chart(rows: pd.DataFrame, space: SearchSpace, theme: str) -> alt.LayerChart:
    """``rows`` as of `table`: a hollow diamond for the search, a dot for each repeat, and a line at their mean."""
    colour = part_colours(theme == "dark")["validation"]
    named = _("{part}: {figure}").format(part=part_title("validation"), figure=objective.title(space).lower())
    scale = alt.Scale(zero=False, padding=24, nice=False)
    axis = alt.Axis(format=".1%" if space.maximizes else "~g", tickCount=5)
    base = alt.Chart(rows).encode(
        y=alt.Y("trial:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=140)),
        tooltip=[alt.Tooltip("trial:N", title=_("Trial")), alt.Tooltip("text:N", title=named)],
    )
    at = alt.X("value:Q", title=named, scale=scale, axis=axis)
    again = base.transform_filter("datum.kind == 'again'")
    searched = base.transform_filter("datum.kind == 'search'")
    return alt.layer(
        again.mark_tick(thickness=3, size=30, color=NEUTRAL).encode(x=alt.X("mean:Q", scale=scale)),
        again.mark_circle(size=110, color=colour, opacity=0.75).encode(x=at),
        searched.mark_point(shape="diamond", filled=False, size=170, strokeWidth=2, color=NEUTRAL).encode(x=at),
    ).properties(height=alt.Step(ROW_PIXELS))
