"""What a random split promises beside what an honest one finds: two bars on validation images."""

import altair as alt
import pandas as pd

from core.runs.leak_demo import NAMES, Outcome
from ui.numbers import percent, quantity
from ui.parts import part_colours
from ui.text import _

BAR_PIXELS = 46
_GREY = "#7B8A90"
"""Seen on light and on dark alike, and of no part."""


def table(outcome: Outcome) -> pd.DataFrame:
    """One row per split, under the titles that people read."""
    is_accuracy = outcome.figure == "accuracy"
    written = percent if is_accuracy else quantity
    shown = {
        _("Split"): [_(NAMES[name]) for name in outcome.figures["split"]],
        _("Run"): outcome.figures["number"],
        _("Validation images"): outcome.figures["images"],
        _("Validation accuracy") if is_accuracy else _("Mean absolute error"): outcome.figures["value"].map(written),
    }
    if is_accuracy:
        shown |= {_("Lowest"): outcome.figures["low"].map(percent), _("Highest"): outcome.figures["high"].map(percent)}
    return pd.DataFrame(shown)


def draw(outcome: Outcome) -> alt.LayerChart:
    """The two bars, with the range of what each can mean; the random split, which promises too much, is pale."""
    is_accuracy = outcome.figure == "accuracy"
    written = percent if is_accuracy else quantity
    rows = outcome.figures.assign(
        name=[_(NAMES[name]) for name in outcome.figures["split"]],
        text=outcome.figures["value"].map(written),
        opacity=[0.45, 1.0],
    )
    title = _("Validation accuracy") if is_accuracy else _("Mean absolute error on validation images")
    ticks = {"values": [0, 0.25, 0.5, 0.75, 1]} if is_accuracy else {"tickCount": 5}
    axis = alt.Axis(format="%" if is_accuracy else "~g", grid=False, **ticks)
    scale = alt.Scale(domain=[0, 1.1], nice=False) if is_accuracy else alt.Scale(zero=True)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=180)),
        tooltip=[alt.Tooltip("name:N", title=_("Split")), alt.Tooltip("text:N", title=title)],
    )
    bars = base.mark_bar(height={"band": 0.62}, cornerRadiusEnd=3, color=part_colours()["validation"]).encode(
        x=alt.X("value:Q", title=title, axis=axis, scale=scale),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
    )
    ranges = base.mark_rule(strokeWidth=3, color=_GREY).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", baseline="middle", dx=6, fontWeight="bold", color=_GREY).encode(
        x=alt.X("high:Q" if is_accuracy else "value:Q"), text="text:N"
    )
    layers = [bars, *([ranges] if is_accuracy else []), labels]
    return alt.layer(*layers).properties(height=alt.Step(BAR_PIXELS))
