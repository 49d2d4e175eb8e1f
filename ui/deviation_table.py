"""How far the mix of classes in each part is from that of all images: in one sentence, and as a table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.split import PARTS, Assignment, deviation, deviations
from ui.parts import part_title
from ui.text import _

SMALL_POINTS = 0.05
"""Percentage points that are not worth a word: they are 0.0 in the table."""


def show(dataset: Dataset, assignment: Assignment) -> None:
    """Draws the sentence, and the table behind one click."""
    labels = dataset.images["label"]
    text = sentence(assignment, labels, dataset.class_names)
    if not text:
        return
    st.caption(text)
    with st.expander(_("The shares of the classes as a table"), key="deviation_table", type="compact"):
        shown = table(assignment, labels, dataset.class_names)
        st.dataframe(
            shown,
            hide_index=True,
            column_config={name: st.column_config.NumberColumn(format="%.1f %%") for name in shown.columns[1:]},
            alt=_("Share of each class in all images and in each part"),
        )


def sentence(assignment: Assignment, labels: Sequence[int], class_names: Sequence[str]) -> str:
    """The largest deviation in words; empty where there are no classes."""
    largest = deviation(assignment, labels, class_names)
    if largest is None:
        return ""
    if abs(largest.points) < SMALL_POINTS:
        return _("Each part has the same mix of classes as all images.")
    rows = deviations(assignment, labels, class_names).set_index(["class_name", "part"])
    row = rows.loc[(largest.class_name, largest.part)]
    return _(
        "The mix of classes differs most in {part}: {name} makes up {share:.1%} of it, and {whole:.1%} of all images "
        "({points:+.1f} percentage points)."
    ).format(
        part=part_title(largest.part),
        name=largest.class_name,
        share=row["share"],
        whole=row["whole"],
        points=largest.points,
    )


def table(assignment: Assignment, labels: Sequence[int], class_names: Sequence[str]) -> pd.DataFrame:
    """One row per class: its share in all images and in each part that has images, in percent."""
    rows = deviations(assignment, labels, class_names)
    wide = 100 * rows.pivot(index="class_name", columns="part", values="share").reindex(index=list(class_names))
    whole = 100 * rows.drop_duplicates("class_name").set_index("class_name")["whole"]
    parts = [part for part in PARTS if part in wide]
    shown = pd.DataFrame({_("All images"): whole.reindex(wide.index)}).join(wide[parts])
    return shown.rename(columns={part: part_title(part) for part in parts}).rename_axis(_("Class")).reset_index()
