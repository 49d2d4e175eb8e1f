"""The confusion matrix: which class was taken for which."""

import altair as alt
import pandas as pd

from core.evaluation import Evaluation
from ui.text import _

CELL = 44


def table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per cell: columns true, predicted (names of classes), images, and share of the true class (0–1)."""
    names = list(evaluation.class_names)
    matrix = pd.DataFrame(evaluation.confusion, index=names, columns=names)
    cells = matrix.rename_axis(index="true", columns="predicted").stack().rename("images").reset_index()
    of_class = cells.groupby("true")["images"].transform("sum")
    return cells.assign(share=(cells["images"] / of_class.where(of_class > 0)).fillna(0.0))


def chart(cells: pd.DataFrame) -> alt.LayerChart:
    """Rows are the true classes, columns the predicted ones; the darker, the larger the share of the true class."""
    classes = list(dict.fromkeys(cells["true"]))
    base = alt.Chart(cells).encode(
        x=alt.X("predicted:N", title=_("Predicted"), sort=classes, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("true:N", title=_("True"), sort=classes),
        tooltip=[
            alt.Tooltip("true:N", title=_("True")),
            alt.Tooltip("predicted:N", title=_("Predicted")),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
            alt.Tooltip("share:Q", title=_("Share of the true class"), format=".1%"),
        ],
    )
    scale = alt.Scale(domain=[0, 1], range=["#EAF3F3", "#0A4349"])
    squares = base.mark_rect().encode(color=alt.Color("share:Q", scale=scale, legend=None))
    counts = base.mark_text(fontWeight=600).encode(
        text=alt.condition("datum.images > 0", "images:Q", alt.value("")),
        color=alt.condition("datum.share > 0.45", alt.value("#FFFFFF"), alt.value("#16242A")),
    )
    return (squares + counts).properties(height=CELL * len(classes))


def sentence(cells: pd.DataFrame) -> str:
    """What is mixed up most often."""
    wrong = cells[(cells["true"] != cells["predicted"]) & (cells["images"] > 0)]
    if wrong.empty:
        return _("No class is taken for another.")
    worst = wrong.loc[wrong["images"].idxmax()]
    return _("Most often {true} is taken for {predicted}: {images:,} times.").format(
        true=worst["true"], predicted=worst["predicted"], images=worst["images"]
    )
