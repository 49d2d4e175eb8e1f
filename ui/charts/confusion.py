"""The confusion matrix: which class was taken for which."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from core.evaluation import Evaluation
from ui.markdown import plain
from ui.text import _, ngettext

_LARGEST_CELL: Final = 40
_SMALLEST_CELL_WITH_COUNT: Final = 20
_SHADES: Final = {"light": ["#F1F4F5", "#0A4349"], "dark": ["#1A2428", "#AEDADF"]}
_INKS: Final = {"light": ("#16242A", "#FFFFFF"), "dark": ("#E7EEF0", "#10171A")}
"""The ink on a pale cell and on a full one; on a dark screen full means bright."""


def table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per cell: columns true, predicted (names of classes), images, and share of the true class (0–1)."""
    names = list(evaluation.class_names)
    matrix = pd.DataFrame(evaluation.confusion, index=names, columns=names)
    cells = matrix.rename_axis(index="true", columns="predicted").stack().rename("images").reset_index()
    of_class = cells.groupby("true")["images"].transform("sum")
    return cells.assign(share=(cells["images"] / of_class.where(of_class > 0)).fillna(0.0))


def show(cells: pd.DataFrame, width: int) -> None:
    """Draws ``cells``, as of `table`, the sentence on what is mixed up most, and the table behind one click.

    ``width`` is how many pixels all cells in a row may take.
    """
    text = sentence(cells)
    theme = st.context.theme.type or "light"
    st.altair_chart(chart(cells, width, theme), width="content", alt=_("Matrix of true and predicted classes"))
    st.markdown(text)
    with st.expander(_("The matrix as a table"), key="confusion_table", icon=":material/table:"):
        classes = list(dict.fromkeys(cells["true"]))
        matrix = cells.pivot(index="true", columns="predicted", values="images").loc[classes, classes]
        matrix.index.name = _("True class")
        st.dataframe(matrix, alt=_("Images by true and predicted class"))


def chart(cells: pd.DataFrame, width: int, theme: str) -> alt.LayerChart:
    """Rows are the true classes, columns the predicted ones; the fuller the shade, the larger the share of a class.

    Shades follow the square root of the share, so that the mistakes of a good model can be seen.
    """
    classes = list(dict.fromkeys(cells["true"]))
    cell = min(_LARGEST_CELL, width / len(classes))
    pale, full = _INKS[theme]
    base = alt.Chart(cells).encode(
        x=alt.X("predicted:N", title=_("Predicted"), sort=classes, axis=_axis(orient="top")),
        y=alt.Y("true:N", title=_("True class"), sort=classes, axis=_axis()),
        tooltip=[
            alt.Tooltip("true:N", title=_("True class")),
            alt.Tooltip("predicted:N", title=_("Predicted")),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
            alt.Tooltip("share:Q", title=_("Share of the true class"), format=".1%"),
        ],
    )
    scale = alt.Scale(type="sqrt", domain=[0, 1], range=_SHADES[theme])
    squares = base.mark_rect(cornerRadius=3, stroke=None).encode(color=alt.Color("share:Q", scale=scale, legend=None))
    layers = [squares]
    if cell >= _SMALLEST_CELL_WITH_COUNT:
        counts = base.transform_filter("datum.images > 0").mark_text(fontSize=13)
        layers.append(
            counts.encode(
                text=alt.Text("images:Q", format=","),
                color=alt.condition("datum.share > 0.25", alt.value(full), alt.value(pale)),
            )
        )
    return alt.layer(*layers).properties(width=alt.Step(cell), height=alt.Step(cell))


def sentence(cells: pd.DataFrame) -> str:
    """What is mixed up most often."""
    wrong = cells[(cells["true"] != cells["predicted"]) & (cells["images"] > 0)]
    if wrong.empty:
        return _("No class is taken for another.")
    worst = wrong.loc[wrong["images"].idxmax()]
    mistakes = int(wrong["images"].sum())
    return ngettext(
        "The one mistake: {true} is taken for {predicted}.",
        "Most often {true} is taken for {predicted}: {images:,} of {mistakes:,} mistakes.",
        mistakes,
    ).format(true=plain(worst["true"]), predicted=plain(worst["predicted"]), images=worst["images"], mistakes=mistakes)


def _axis(**arguments: str) -> alt.Axis:
    return alt.Axis(labelAngle=0, labelLimit=120, ticks=False, domain=False, labelOverlap=True, **arguments)
