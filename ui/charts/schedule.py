"""The learning rate over the epochs, as a schedule sets it: drawn before anything is trained."""

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from ui.numbers import rate
from ui.text import _

HEIGHT: Final = 210
_INKS: Final = {"light": "#16242A", "dark": "#E7EEF0"}
_MOST_TICKS: Final = 20
_HEADROOM: Final = 1.16
"""What the scale reaches of the highest rate, so that a label finds its place above it."""
_BELOW: Final = 20
"""Pixels between the rate 0 and the axis, for the labels of low points."""


def show(curve: pd.DataFrame, *, key: str) -> None:
    """Draws ``curve``, as of `core.objective.schedule_curve`, the sentence that tells it, and the table behind one
    click."""
    theme = st.context.theme.type or "light"
    st.altair_chart(chart(curve, theme), width="stretch", alt=_("Curve of the learning rate over the epochs"))
    st.markdown(sentence(curve))
    with st.expander(_("The learning rate as a table"), key=f"{key}_table", icon=":material/table:", type="compact"):
        st.dataframe(curve, hide_index=True, height=220, column_config=_columns(), alt=_("The learning rate by update"))


def landmarks(curve: pd.DataFrame) -> pd.DataFrame:
    """The points that tell the curve: columns name (start, peak, end), epoch and learning_rate.

    There is a peak where the rate turns, and an end unless the rate has stayed the same since.
    """
    rates = curve["learning_rate"].to_numpy()
    last, peak = len(rates) - 1, int(rates.argmax())
    rows = {"start": 0}
    if rates[peak] > rates[0] and peak < last - 1:  # the last row repeats the rate of the one before it
        rows["peak"] = peak
    if rates[last] != rates[rows.get("peak", 0)]:
        rows["end"] = last
    points = curve.iloc[list(rows.values())][["epoch", "learning_rate"]]
    return points.assign(name=list(rows)).reset_index(drop=True)


def chart(curve: pd.DataFrame, theme: str) -> alt.LayerChart:
    """A line in the colour of the theme, which is none of the parts', with its landmarks and their rates."""
    last, highest = float(curve["epoch"].max()), float(curve["learning_rate"].max())
    ticks = list(range(round(last) + 1)) if last <= _MOST_TICKS else alt.Undefined
    marks = _labelled(landmarks(curve), highest)
    base = alt.Chart(curve).encode(
        x=alt.X(
            "epoch:Q",
            title=_("Epochs done"),
            scale=alt.Scale(domain=[0, last], nice=False),
            axis=alt.Axis(values=ticks, format="d", grid=False, offset=_BELOW if marks["is_low"].any() else 0),
        ),
        y=alt.Y(
            "learning_rate:Q",
            title=None,
            scale=alt.Scale(domain=[0, highest * _HEADROOM], nice=False),
            axis=alt.Axis(format="~g", tickCount=4),
        ),
        tooltip=_tooltip(),
    )
    points = base.properties(data=marks)
    return alt.layer(
        base.mark_line(strokeWidth=2.5, interpolate="step-after"),
        points.mark_point(filled=True, size=70, opacity=1),
        *(_labels(points, side, theme) for side in ("left", "center", "right")),
    ).properties(height=HEIGHT)


def sentence(curve: pd.DataFrame) -> str:
    """What the curve shows."""
    known = {point.name: point for point in landmarks(curve).itertuples(index=False)}
    return _told(known).format(
        **{name: rate(point.learning_rate) for name, point in known.items()},
        turn=_epoch(known["peak"].epoch) if "peak" in known else "",
        last=_epoch(curve["epoch"].max()),
    )


def _told(known: Mapping[str, Any]) -> str:
    if "peak" in known and "end" in known:
        return _("The learning rate rises from {start} to {peak} until epoch {turn}, then falls to {end}.")
    if "peak" in known:
        return _("The learning rate rises from {start} to {peak} until epoch {turn}, and stays there.")
    if "end" not in known:
        return _("The learning rate is {start} from the first update to the last.")
    if known["end"].learning_rate < known["start"].learning_rate:
        return _("The learning rate falls from {start} to {end}, until the end of epoch {last}.")
    return _("The learning rate rises from {start} to {end}, until the end of epoch {last}.")


def _epoch(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def _labelled(points: pd.DataFrame, highest: float) -> pd.DataFrame:
    """With the text of each label, and where it goes: below a low point, above a high one."""
    is_low = points["learning_rate"] < highest / 2
    sides = points["name"].map({"start": "left", "peak": "center", "end": "right"})
    return points.assign(text=points["learning_rate"].map(rate), side=sides, is_low=is_low)


def _labels(points: alt.Chart, side: str, theme: str) -> alt.LayerChart:
    of_side = points.transform_filter(alt.datum.side == side)
    return alt.layer(
        *(
            of_side.transform_filter(alt.datum.is_low == is_low)
            .mark_text(align=side, dy=distance, fontSize=13, fontWeight=600, color=_INKS[theme])
            .encode(text="text:N")
            for is_low, distance in ((True, 15), (False, -14))
        )
    )


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("epoch:Q", title=_("Epochs done"), format=".2~f"),
        alt.Tooltip("learning_rate:Q", title=_("Learning rate"), format=".3~g"),
    ]


def _columns() -> dict:
    number = st.column_config.NumberColumn
    return {
        "epoch": number(_("Epochs done"), format="%.2f"),
        "step": number(_("Updates done"), format="localized"),
        "learning_rate": number(_("Learning rate"), format="scientific"),
    }
