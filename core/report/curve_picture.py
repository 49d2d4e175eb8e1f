"""The curves of a run for paper: training in blue, validation in orange, as everywhere."""

import json
from typing import Final

import altair as alt
import pandas as pd
import vl_convert

from core.message import Message, say
from core.objective import METRICS
from core.report.blocks import Translate
from core.runs.curves import ACCURACY, LOSS, is_share
from core.split import PART_TITLES

_COLOURS: Final = {"train": "#0072B2", "validation": "#E69F00"}
_INK, _PALE, _GRID = "#16242A", "#55646A", "#E4E9EB"
_FONT: Final = "Helvetica, Arial, Noto Sans, Noto Sans CJK KR, Apple SD Gothic Neo, sans-serif"
_WIDTH, _HEIGHT, _COLUMNS, _APART = 290, 180, 2, 70
_VERSION: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def figure_title(figure: str) -> Message:
    """What a figure of the history is called."""
    if figure in (LOSS, ACCURACY):
        return say("Loss") if figure == LOSS else say("Accuracy")
    known = next((metric.title for name, metric in METRICS.items() if name == figure), None)
    return say(known) if known else Message("{name}", {"name": figure.replace("_", " ")})


def curve_picture(table: pd.DataFrame, kept_epoch: int | None, translate: Translate) -> str:
    """SVG: a chart for each figure in ``table``, as of `core.runs.curves.curves`, with a dashed line at the epoch that
    was kept."""
    charts = [_chart(points, figure, kept_epoch, translate) for figure, points in table.groupby("figure", sort=False)]
    drawn = alt.concat(*charts, columns=_COLUMNS, spacing=_APART, bounds="flush")
    return vl_convert.vegalite_to_svg(json.dumps(_for_paper(drawn).to_dict()), vl_version=_VERSION)


def _chart(
    points: pd.DataFrame, figure: str, kept_epoch: int | None, translate: Translate
) -> alt.LayerChart | alt.FacetChart:
    titles = {part: translate(say(PART_TITLES[part])) for part in _COLOURS}
    rows = points[["epoch", "value"]].assign(title=points["part"].map(titles)).to_dict("records")
    scale = alt.Scale(domain=list(titles.values()), range=list(_COLOURS.values()))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "epoch:Q",
            title=translate(say("Epoch")),
            scale=alt.Scale(zero=False, nice=False, padding=10),
            axis=alt.Axis(format="~f", tickMinStep=1, grid=False),
        ),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(zero=False, nice=False, padding=8),
            axis=alt.Axis(format="~%" if is_share(figure) else "~g"),
        ),
        color=alt.Color("title:N", title=None, scale=scale),
    )
    kept = alt.Chart(alt.Data(values=[] if kept_epoch is None else [{"epoch": kept_epoch}]))
    return alt.layer(
        kept.mark_rule(color=_PALE, strokeDash=[5, 4]).encode(x="epoch:Q"),
        base.mark_line(strokeWidth=2),
        base.mark_point(filled=True, size=28, opacity=1),
    ).properties(title=translate(figure_title(figure)), width=_WIDTH, height=_HEIGHT)


def _for_paper(chart: alt.ConcatChart) -> alt.ConcatChart:
    return (
        chart.properties(background="#FFFFFF")
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=_PALE, titleColor=_PALE, gridColor=_GRID, domainColor=_PALE, tickColor=_PALE)
        .configure_legend(orient="top", labelColor=_INK)
        .configure_title(anchor="start", frame="group", color=_INK, fontSize=13)
    )
