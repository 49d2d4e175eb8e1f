"""The loss while the learning rate grows from batch to batch: where it falls fastest is a good rate."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from core.runs.rate_search import RateSearch
from ui.numbers import rate
from ui.text import _

HEIGHT: Final = 230
RAW_COLOUR: Final = "#8B9AA0"
_INKS: Final = {"light": "#16242A", "dark": "#E7EEF0"}
_TOP: Final = 1.3
"""How far above the loss it began with the scale reaches: where the net falls apart, the loss has no end."""


def show(search: RateSearch, *, key: str) -> None:
    """Draws what ``search`` measured, how to read it, and the table behind one click."""
    theme = st.context.theme.type or "light"
    st.caption(_("thin: each batch · thick: smoothed · dashed: a good learning rate"))
    st.altair_chart(chart(search, theme), width="stretch", alt=_("Curve of the loss over the learning rate"))
    st.markdown(sentence(search))
    with st.expander(_("The measurements as a table"), key=f"{key}_table", icon=":material/table:", type="compact"):
        st.dataframe(table(search), hide_index=True, height=220, column_config=_columns(), alt=_("The loss by rate"))


def table(search: RateSearch) -> pd.DataFrame:
    """One row per batch: columns learning_rate, loss and smoothed."""
    return pd.DataFrame({"learning_rate": search.rates, "loss": search.losses, "smoothed": search.smoothed})


def chart(search: RateSearch, theme: str) -> alt.LayerChart:
    """Each batch thin and gray, the smoothed loss thick, and the suggestion as a dashed line with its rate."""
    measured = table(search)
    low, high = frame(measured)
    base = alt.Chart(measured).encode(
        x=alt.X(
            "learning_rate:Q",
            title=_("Learning rate"),
            scale=alt.Scale(type="log", nice=False),
            axis=alt.Axis(format="~g", tickCount=6, grid=False, labelOverlap=True),
        ),
        tooltip=_tooltip(),
    )
    scale, axis = alt.Scale(domain=[low, high], nice=False), alt.Axis(format="~g", tickCount=4)
    raw = base.encode(y=alt.Y("loss:Q", title=None, scale=scale, axis=axis))
    smoothed = base.encode(y=alt.Y("smoothed:Q", scale=scale))
    layers = [
        raw.mark_line(strokeWidth=1, opacity=0.7, clip=True, color=RAW_COLOUR),
        smoothed.mark_line(strokeWidth=2.5, clip=True),
    ]
    suggestion = suggested(search)
    if suggestion is not None:
        layers += _marked(suggestion, theme)
    return alt.layer(*layers).properties(height=HEIGHT)


def frame(measured: pd.DataFrame) -> tuple[float, float]:
    """The lowest and the highest loss that the scale holds: all that was measured until the loss runs away."""
    finite = measured["smoothed"].dropna()
    lowest, first = float(min(finite.min(), measured["loss"].min())), float(finite.iloc[0])
    highest = min(float(measured["loss"].max()), lowest + _TOP * max(first - lowest, 1e-9))
    margin = 0.05 * (highest - lowest) or 0.05
    return lowest - margin, highest + margin


def sentence(search: RateSearch) -> str:
    """How to read the curve, and what follows."""
    reading = _(
        "The learning rate grows from batch to batch. While the loss falls, the net learns; where it turns up, the "
        "steps are too large ([Smith 2017](https://arxiv.org/abs/1506.01186))."
    )
    suggestion = suggested(search)
    if suggestion is None:
        nothing = _("Here it falls nowhere clearly, so no rate stands out.")
        return f"{reading} {nothing}"
    found = _("It falls fastest near **{rate}**: large steps that still lead down.").format(rate=rate(suggestion))
    return f"{reading} {found}"


def suggested(search: RateSearch) -> float | None:
    """The suggestion in two digits: it is not more exact than that."""
    return None if search.suggestion is None else float(f"{search.suggestion:.2g}")


def _marked(suggestion: float, theme: str) -> list[alt.Chart]:
    at = alt.Chart(pd.DataFrame({"learning_rate": [suggestion], "text": [rate(suggestion)]})).encode(
        x=alt.X("learning_rate:Q")
    )
    label = at.mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=_INKS[theme])
    return [
        at.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=_INKS[theme]),
        label.encode(y=alt.value(10), text="text:N"),
    ]


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("learning_rate:Q", title=_("Learning rate"), format=".3~g"),
        alt.Tooltip("loss:Q", title=_("Loss"), format=".4f"),
        alt.Tooltip("smoothed:Q", title=_("Smoothed loss"), format=".4f"),
    ]


def _columns() -> dict:
    number = st.column_config.NumberColumn
    return {
        "learning_rate": number(_("Learning rate"), format="scientific"),
        "loss": number(_("Loss"), format="%.4f"),
        "smoothed": number(_("Smoothed loss"), format="%.4f"),
    }
