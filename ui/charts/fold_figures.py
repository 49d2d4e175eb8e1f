"""What the folds of a series reached: a dot for each, and their mean."""

import altair as alt
import pandas as pd

from core.message import mark
from ui.numbers import percent, quantity
from ui.parts import part_colours
from ui.text import _

TITLES = {
    "accuracy": mark("Validation accuracy"),
    "mean_absolute_error": mark("Mean absolute error"),
    "loss": mark("Validation loss"),
}
"""The figures that are drawn, the one that people ask for first; in English, to be translated."""

HEIGHT = 92
_GREY = "#7B8A90"


def table(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per fold: columns fold (from 1), figure (a name of `TITLES`), value and mean; ``figures`` as of
    `core.runs.series.fold_figures`."""
    name = next(name for name in TITLES if f"val_{name}" in figures)
    values = figures[f"val_{name}"].astype("float64")
    return pd.DataFrame(
        {"fold": figures["fold"].astype(int) + 1, "figure": name, "value": values, "mean": values.mean()}
    )


def draw(rows: pd.DataFrame) -> alt.LayerChart:
    """The dots of ``rows``, as of `table`, on a line, and a tick at their mean."""
    name = rows["figure"].iloc[0]
    is_share = name == "accuracy"
    written = percent if is_share else quantity
    shown = rows.assign(
        name=[_("Fold {number}").format(number=fold) for fold in rows["fold"]], text=rows["value"].map(written)
    )
    scale = alt.Scale(domain=[0, 1], nice=False) if is_share else alt.Scale(zero=False, padding=24)
    axis = alt.Axis(format="%" if is_share else "~g", tickCount=5, grid=False)
    x = alt.X("value:Q", title=_(TITLES[name]), scale=scale, axis=axis)
    base = alt.Chart(shown)
    mean = base.mark_tick(thickness=3, size=36, color=_GREY).encode(x=alt.X("mean:Q", scale=scale))
    dots = base.mark_circle(size=130, color=part_colours()["validation"], opacity=0.75).encode(
        x=x, tooltip=[alt.Tooltip("name:N", title=_("Fold")), alt.Tooltip("text:N", title=_(TITLES[name]))]
    )
    return alt.layer(mean, dots).properties(height=HEIGHT)
