"""The curves of a run: training and validation, loss and accuracy, over the epochs."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from core.runs.curves import best_epoch, curves
from ui.parts import part_scale, part_title
from ui.text import _

HEIGHT = 260


def draw(history: pd.DataFrame, epochs: int, key: str) -> None:
    """Draws loss and accuracy side by side, the sentence that says what they show, and the table behind one click."""
    table = curves(history).assign(part=lambda rows: rows["part"].map(part_title))
    text = sentence(history, epochs)
    loss, accuracy = st.columns(2, gap="medium")
    for column, figure, title in ((loss, "loss", _("Loss")), (accuracy, "accuracy", _("Accuracy"))):
        rows = table[table["figure"] == figure].drop(columns="figure")
        with column:
            st.markdown(f"**{title}**")
            # The rows travel beside a specification that stays the same, so the chart moves on in place.
            st.vega_lite_chart(rows, specification(figure, epochs), key=f"{key}_{figure}", width="stretch", alt=text)
    st.markdown(text)
    with st.expander(_("As a table"), key=f"{key}_table"):
        st.dataframe(history, hide_index=True)


def specification(figure: str, epochs: int) -> dict[str, Any]:
    """The chart of one figure without its rows. The axis has all epochs from the start, so nothing jumps."""
    percent = figure == "accuracy"
    value = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1]) if percent else alt.Scale(zero=True))
    ticks = list(range(1, epochs + 1)) if epochs <= 20 else alt.Undefined
    axis = alt.Axis(values=ticks, format="d", grid=False)
    return (
        alt.Chart(height=HEIGHT)
        .mark_line(point=alt.OverlayMarkDef(size=50, filled=True), strokeWidth=2.5)
        .encode(
            x=alt.X("epoch:Q", title=_("Epoch"), scale=alt.Scale(domain=[1, max(epochs, 2)], nice=False), axis=axis),
            y=value.axis(format="%") if percent else value,
            color=alt.Color("part:N", title=None, scale=part_scale(), legend=alt.Legend(orient="top")),
            tooltip=[
                alt.Tooltip("part:N", title=_("Part")),
                alt.Tooltip("epoch:Q", title=_("Epoch")),
                alt.Tooltip("value:Q", title=_("Value"), format=".1%" if percent else ".4f"),
            ],
        )
        .to_dict(validate=False)
    )


def sentence(history: pd.DataFrame, epochs: int) -> str:
    """What the curves show now."""
    if history.empty:
        return _("The first point of the curves comes when the first of {epochs} epochs is done.").format(epochs=epochs)
    last = history.iloc[-1]
    best = best_epoch(history)
    figures = {"done": len(history), "epochs": epochs, "best": best, "val_loss": last["val_loss"]}
    if pd.isna(last["val_accuracy"]):
        return _(
            "After {done} of {epochs} epochs the validation loss is {val_loss:.4f}; lowest in epoch {best}."
        ).format(**figures)
    return _(
        "After {done} of {epochs} epochs the validation accuracy is {accuracy:.1%} and the validation loss {val_loss:.4f}; "
        "best accuracy: {best_accuracy:.1%} in epoch {best}."
    ).format(**figures, accuracy=last["val_accuracy"], best_accuracy=history["val_accuracy"].astype(float).max())
