"""One figure over the epochs: training in blue, validation in orange."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from core.objective import METRICS
from core.runs.curves import ACCURACY, LOSS, is_share
from ui.charts import zoomable
from ui.parts import part_colours, part_title
from ui.text import _

HEIGHT: Final = 250
NEUTRAL: Final = "#7F8C92"
"""For what belongs to no part; readable on light and on dark."""
_DRAWN_PARTS: Final = ("train", "validation")
_FRAME, _KEPT, _EVIDENCE = "frame", "kept", "evidence"
_MARGIN: Final = 0.04
"""Room for the points at the edge, as a share: where they stood over, the browser would shrink the chart to hold
them."""
_MOST_TICKS: Final = 20
_BADGE_SHARE: Final = 0.1
"""Of the height of a chart, for a badge."""
_POINT, _SMALLEST_POINT, _RING = 55, 8, 260
_AXIS_PIXELS: Final = 44


def title(figure: str) -> str:
    """``Loss``, ``Accuracy``, ``Top-3 accuracy``: the figure as people call it."""
    if figure in (LOSS, ACCURACY):
        return _("Loss") if figure == LOSS else _("Accuracy")
    known = next((metric.title for name, metric in METRICS.items() if name == figure), None)
    return _(known) if known else figure.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Evidence:
    """Epochs (from 1, the last one included) that show something, whose ``badge`` and ``title`` people see."""

    badge: str
    title: str
    first_epoch: int
    last_epoch: int


def rows(
    table: pd.DataFrame, figure: str, kept_epoch: int | None = None, evidence: Sequence[Evidence] = ()
) -> pd.DataFrame:
    """The points of one figure; two unseen ones hold the vertical scale, one stands for the epoch that was kept, and
    one for each piece of evidence, which goes from its epoch to its ``end``."""
    points = table[table["figure"] == figure].drop(columns="figure")
    low, high = frame(points, figure)
    corners = pd.DataFrame({"epoch": [0.0, 0.0], "part": "train", "detail": _FRAME, "value": [low, high]})
    kept_epochs = [] if kept_epoch is None else [float(kept_epoch)]
    kept = pd.DataFrame({"epoch": kept_epochs, "part": "validation", "detail": _KEPT, "value": high})
    drawn = [points, corners, kept, _of_evidence(evidence, low, high)]
    return pd.concat([_with_all_columns(each) for each in drawn if len(each)], ignore_index=True)


def _of_evidence(evidence: Sequence[Evidence], low: float, high: float) -> pd.DataFrame:
    """Half an epoch wider to both sides than from point to point; the badges stand below each other."""
    return pd.DataFrame(
        {
            "epoch": [each.first_epoch - 0.5 for each in evidence],
            "end": [each.last_epoch + 0.5 for each in evidence],
            "part": "validation",
            "detail": _EVIDENCE,
            "value": [high - (position + 0.5) * _BADGE_SHARE * (high - low) for position in range(len(evidence))],
            "badge": [each.badge for each in evidence],
            "finding": [f"{each.badge} {each.title}" for each in evidence],
        }
    )


def _with_all_columns(drawn: pd.DataFrame) -> pd.DataFrame:
    """Every row has a value in every column, so that the browser gets tables of one kind."""
    none = {"is_best": False, "end": drawn["epoch"], "badge": "", "finding": ""}
    return drawn.assign(**{name: value for name, value in none.items() if name not in drawn})


def frame(points: pd.DataFrame, figure: str) -> tuple[float, float]:
    """The lowest and the highest value the scale has to hold: steady while steps are drawn, close around epochs."""
    low, high = (0.0, 1.0) if points.empty else (points["value"].min(), points["value"].max())
    if (points["detail"] == "step").any():
        low, high = 0.0, max(1.0, high) if is_share(figure) else high
    margin = _MARGIN * (high - low) or _MARGIN
    return max(0.0, low - margin), high + margin


@st.cache_data(max_entries=64, show_spinner=False)
def specification(figure: str, epochs: int, language: str) -> dict[str, Any]:
    """What `ui.charts.zoomable` draws; made once, since it takes longer than all else. ``language`` is that of now."""
    return zoomable.specification(chart(figure, epochs))


def chart(figure: str, epochs: int, points: str = zoomable.POINTS, legend: alt.Legend | None = None) -> alt.LayerChart:
    """The drawing for the rows named ``points``, as of `rows`, which it does not hold.

    The axis has all epochs from the start, so that nothing moves but the curves.
    """
    base = alt.Chart(alt.NamedData(points)).encode(x=epochs_axis(epochs, _("Epochs done")))
    of_value = base.transform_calculate(title=_title_of_part()).encode(y=_y(figure))
    color = _color(legend)
    dots = of_value.transform_filter(f"datum.detail == 'epoch' || {_IS_FRAME}").encode(
        color=color, tooltip=_tooltip(figure)
    )
    dot = max(_SMALLEST_POINT, min(_POINT, 25 * _POINT // epochs))
    return alt.layer(
        _lines(of_value, "step", color).mark_line(strokeWidth=1, opacity=0.4, clip=True),  # first: it gets the zoom
        *_evidence(base, figure),
        _kept(base),
        _lines(of_value, "epoch", color).mark_line(strokeWidth=2.5, clip=True),
        dots.mark_point(filled=True, opacity=1, clip=True).encode(size=_size_where("datum.detail == 'epoch'", dot)),
        dots.mark_point(filled=False, opacity=1, strokeWidth=2, clip=True).encode(
            size=_size_where("datum.is_best", _RING)
        ),
    ).properties(height=HEIGHT)


def epochs_axis(epochs: int, title: str | None) -> alt.X:
    """The horizontal axis of every chart of a run. Its labels stay readable where one has come close."""
    ticks = list(range(epochs + 1)) if epochs <= _MOST_TICKS else alt.Undefined
    return alt.X(
        "epoch:Q",
        title=title,
        scale=alt.Scale(domain=[0, epochs * (1 + _MARGIN)], nice=False),
        axis=alt.Axis(values=ticks, format="~f", grid=False),
    )


_IS_FRAME: Final = f"datum.detail == '{_FRAME}'"


def _y(figure: str) -> alt.Y:
    return alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(format="~%" if is_share(figure) else "~g", tickCount=5, minExtent=_AXIS_PIXELS),
    )


def _title_of_part() -> str:
    """The part as people call it, said by the drawing: so the rows are the same in every language."""
    train, validation = (json.dumps(part_title(part)) for part in _DRAWN_PARTS)
    return f"datum.part == 'train' ? {train} : {validation}"


def _color(legend: alt.Legend | None) -> alt.Color:
    colours = part_colours()
    scale = alt.Scale(domain=list(map(part_title, _DRAWN_PARTS)), range=[colours[part] for part in _DRAWN_PARTS])
    return alt.Color("title:N", title=None, scale=scale, legend=legend)


def _tooltip(figure: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("title:N", title=_("Part")),
        alt.Tooltip("epoch:Q", title=_("Epoch"), format="d"),
        alt.Tooltip("value:Q", title=title(figure), format=".1%" if is_share(figure) else ".4f"),
    ]


def _evidence(base: alt.Chart, figure: str) -> tuple[alt.Chart, alt.Chart]:
    """Shades the epochs that show something, from top to bottom, and puts the badge of the finding where they begin."""
    found = base.transform_filter(f"datum.detail == '{_EVIDENCE}'").encode(
        tooltip=alt.Tooltip("finding:N", title=_("Curve doctor"))
    )
    return (
        found.mark_rect(color=NEUTRAL, opacity=0.16, clip=True).encode(x2="end:Q"),
        found.mark_text(color=NEUTRAL, align="left", dx=4, fontSize=16, clip=True).encode(y=_y(figure), text="badge:N"),
    )


def _kept(base: alt.Chart) -> alt.Chart:
    """The dashed line at the epoch whose weights the model has."""
    kept = base.transform_filter(f"datum.detail == '{_KEPT}'")
    return kept.mark_rule(color=NEUTRAL, strokeDash=[5, 4], strokeWidth=1.5, clip=True).encode(
        tooltip=alt.Tooltip("epoch:Q", title=_("Kept: epoch"), format="d")
    )


def _lines(base: alt.Chart, detail: str, color: alt.Color) -> alt.Chart:
    """Lines through the points of one detail, and the two of the frame unseen: without rows a scale would complain."""
    return base.transform_filter(f"datum.detail == '{detail}' || {_IS_FRAME}").encode(
        color=color, detail="detail:N", strokeOpacity=alt.condition(_IS_FRAME, alt.value(0), alt.value(1))
    )


def _size_where(condition: str, size: int) -> dict:
    """Points of ``size`` where the condition holds, none elsewhere."""
    return alt.condition(condition, alt.value(size), alt.value(0))
