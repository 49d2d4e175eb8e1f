"""Each trial of a search as a line across one axis per parameter, to the axis of what it reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from ui.charts import trial_marks
from ui.charts.curve_chart import NEUTRAL
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.parameter_axis import Mark, ParameterAxis
from ui.parts import part_colours
from ui.text import _

_AXIS, _LINE, _ABOVE, _BELOW = 320, 14, 16, 14
"""Pixels: the length of an axis, the height of a line of its title, and the room between both and below."""
_LEFT, _RIGHT = 0.55, 0.55
"""Room for texts beside the outer axes, in distances of two axes."""
_NARROW: Final = 560
"""Pixels that the chart has at least, for breaking titles into lines."""
_LETTER: Final = 6.1
_RAMPS: Final = {"light": ["#C3DDDF", "#58A0A5", "#0A4349"], "dark": ["#1F505A", "#428A94", "#C3EAED"]}


@dataclass(frozen=True)
class _Frame:
    """How many ``axes`` there are, from left to right, and over how many ``lines`` of titles."""

    axes: int
    lines: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self._top + _AXIS + _BELOW

    @property
    def _top(self) -> int:
        return self.lines * _LINE + _ABOVE

    @property
    def _wide(self) -> float:
        """In distances of two axes."""
        return self.axes - 1 + _LEFT + _RIGHT

    def placed(self, base: alt.Chart) -> alt.Chart:
        """With the field place across, and position between the titles and the bottom."""
        across = alt.Scale(domain=[-_LEFT, self.axes - 1 + _RIGHT], nice=False, zero=False)
        up = alt.Scale(domain=[-_BELOW / _AXIS, 1 + self._top / _AXIS], nice=False, zero=False)
        return base.encode(x=alt.X("place:Q", scale=across, axis=None), y=alt.Y("position:Q", scale=up, axis=None))

    def apart(self, less: int) -> dict[str, str]:
        """The pixels from one axis to the next, and so many ``less``: how wide a text may be."""
        return {"expr": f"width / {self._wide:g} - {less}"}


def rows(seen: pd.DataFrame, axes: Sequence[ParameterAxis], scale: ObjectiveScale) -> pd.DataFrame:
    """A row for each trial and axis: trial (from 1), state, value, strength (its rank as a share,
    1 for the best), is_best, place (of the axis, from 0) and position on it (0–1), the worst trials first, so that the
    good ones lie over them.

    ``seen``: a row for each trial with trial, state, value, is_best and a column for each parameter. Those without a
    value and those whose settings are not known are left out.
    """
    known = seen[seen["value"].notna()]
    known = known.assign(strength=known["value"].rank(pct=True, ascending=scale.maximizes))
    placed = {place: axis.positions(known[axis.path]) for place, axis in enumerate(axes)}
    placed[len(axes)] = scale.positions(known["value"])
    positions = pd.DataFrame(placed, index=known.index).dropna()
    known = known.loc[positions.index, ["trial", "state", "value", "strength", "is_best"]]
    folded = known.loc[np.repeat(known.index, len(axes) + 1)].assign(
        place=np.tile(np.arange(len(axes) + 1), len(known)), position=positions.to_numpy().ravel()
    )
    return folded.sort_values(["is_best", "strength", "trial", "place"], ignore_index=True)


@st.cache_data(max_entries=16, show_spinner=False)
def specification(
    axes: Sequence[ParameterAxis], scale: ObjectiveScale, title: str, theme: str, language: str
) -> dict[str, Any]:
    """What `ui.charts.trial_marks.show` draws. ``language`` is that of now."""
    return chart(axes, scale, title, theme).to_dict()


def chart(axes: Sequence[ParameterAxis], scale: ObjectiveScale, title: str, theme: str) -> alt.LayerChart:
    """The drawing for `rows`; ``title`` is what the objective is called. The line under the pointer is thick."""
    titles = [*(axis.title for axis in axes), title]
    marks = [*(axis.marks for axis in axes), objective_marks(scale)]
    broken = titles_in_lines(titles)
    frame = _Frame(len(titles), lines=1 + max(text.count("\n") for text in broken))
    return alt.layer(
        *_lines(frame, scale, title, theme),
        _rules(frame),
        *_texts(frame, marks, theme),
        _titles(frame, broken, titles, theme),
    ).properties(height=frame.height)


def objective_marks(scale: ObjectiveScale) -> tuple[Mark, ...]:
    """What is written beside the axis of the objective."""
    positions = scale.positions(pd.Series(scale.ticks))
    return tuple(Mark(position, _written(value, scale)) for position, value in zip(positions, scale.ticks, strict=True))


def titles_in_lines(titles: Sequence[str]) -> list[str]:
    """Broken between words, so that neighbours do not run into each other where the chart is narrow."""
    letters = int(_NARROW / (len(titles) - 1 + _LEFT + _RIGHT) / _LETTER)
    return ["\n".join(wrap(title[:1].upper() + title[1:], letters, break_long_words=False)) for title in titles]


def _written(value: float, scale: ObjectiveScale) -> str:
    return f"{100 * value:.4g}%" if scale.maximizes else f"{value:.4g}"


def _lines(frame: _Frame, scale: ObjectiveScale, title: str, theme: str) -> list[alt.Chart]:
    """The better, the fuller; those that were pruned dashed and paler."""
    base = frame.placed(alt.Chart(alt.NamedData(trial_marks.TRIALS))).encode(detail="trial:N")
    told = [
        alt.Tooltip("trial:Q", title=_("Trial"), format=",d"),
        alt.Tooltip("value:Q", title=title, format=".1%" if scale.maximizes else ".4f"),
    ]
    pointed = alt.selection_point(name="pointed", fields=["trial"], on="pointerover", clear="pointerout", empty=False)
    is_pruned = "datum.state == 'pruned'"
    others = base.transform_filter("!datum.is_best").encode(
        color=alt.Color("strength:Q", scale=alt.Scale(domain=[0, 0.5, 1], range=_RAMPS[theme]), legend=None),
        strokeWidth=alt.condition(pointed, alt.value(4), alt.value(1.6)),
        strokeDash=alt.condition(is_pruned, alt.value([3, 3]), alt.value([1, 0])),
        opacity=alt.when(pointed).then(alt.value(1)).when(is_pruned).then(alt.value(0.6)).otherwise(alt.value(0.85)),
    )
    best, colour = base.transform_filter("datum.is_best"), part_colours()["validation"]
    return [
        others.mark_line().add_params(pointed),
        best.mark_line(strokeWidth=4, color=colour),
        best.mark_point(size=70, filled=True, opacity=1, color=colour),
        base.mark_point(size=70, filled=True, opacity=0).encode(tooltip=told),  # a line tells nothing under the pointer
    ]


def _rules(frame: _Frame) -> alt.Chart:
    ends = _inline([{"place": place, "position": 0, "end": 1} for place in range(frame.axes)], "axes")
    return frame.placed(alt.Chart(ends)).mark_rule(color=NEUTRAL, strokeWidth=1.5, tooltip=None).encode(y2="end:Q")


def _texts(frame: _Frame, marks: Sequence[Sequence[Mark]], theme: str) -> list[alt.Chart]:
    """Left of each axis, right of the last one, on a ground of their own, since lines pass behind them."""
    last = len(marks) - 1
    values = [
        {"place": place, "position": each.position, "text": each.text, "is_last": place == last}
        for place, of_axis in enumerate(marks)
        for each in of_axis
    ]
    base = frame.placed(alt.Chart(_inline(values, "marks"))).encode(text="text:N")
    looks = {"fontSize": 11, "limit": frame.apart(14), "tooltip": None, "aria": False}
    sides = [
        (base.transform_filter("!datum.is_last"), {"align": "right", "dx": -6}),
        (base.transform_filter("datum.is_last"), {"align": "left", "dx": 8}),
    ]
    return [
        side.mark_text(**looks, **place, **ground)
        for side, place in sides
        for ground in ({"stroke": trial_marks.paper(theme), "strokeWidth": 4}, {"color": trial_marks.ink(theme)})
    ]


def _titles(frame: _Frame, broken: Sequence[str], titles: Sequence[str], theme: str) -> alt.Chart:
    values = [
        {"place": place, "text": text, "whole": whole}
        for place, (text, whole) in enumerate(zip(broken, titles, strict=True))
    ]
    return (
        frame.placed(alt.Chart(_inline(values, "titles")))
        .mark_text(
            baseline="top",
            lineBreak="\n",
            lineHeight=_LINE,
            fontSize=12,
            fontWeight=600,
            color=trial_marks.ink(theme),
            limit=frame.apart(4),
            aria=False,
        )
        .encode(text="text:N", y=alt.value(2), tooltip=alt.Tooltip("whole:N", title=_("Axis")))
    )


def _inline(values: list[dict[str, Any]], name: str) -> alt.InlineData:
    """Rows that are part of the drawing: named, else Altair puts them among those that come with the trials."""
    return alt.InlineData(values=values, name=name)
