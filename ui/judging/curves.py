"""What a model can tell apart whatever the threshold, and of two classes where the threshold is best."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.confidence.curves import areas, macro_means, precision_recall, roc
from core.evaluation.confidence.decided import decided
from core.runs import decisions
from core.runs.run import Run
from ui import session
from ui.charts import class_curves
from ui.judging import heading
from ui.judging.deciding import threshold
from ui.markdown import plain
from ui.text import _, ngettext


def show(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws the curves of each class against the rest, and of two classes the choice of the threshold."""
    decision = decisions.decision(session.database(), run.id)
    used = decided(evaluation, decision)
    if len(evaluation.class_names) == 2:
        threshold.show(evaluation, run)
    heading.show(_("One class against all others"), evaluation.part)
    labels = used.predictions["label"].to_numpy()
    table = _areas(run.id, run.finished_at, used.part, decision.temperature, used)
    for text in one_sided(table):
        st.markdown(text)
    if table["roc_area"].notna().any():
        _show_curves(labels, used, table)
        _show_areas(table)


def one_sided(areas: pd.DataFrame) -> list[str]:
    """A sentence about the classes in ``areas`` that have no curve, if there are any; in Markdown."""
    empty = areas.loc[areas["images"] == 0, "class_name"]
    alone = areas.loc[areas["others"] == 0, "class_name"]
    without_images = ngettext(
        "{names} has no images here, so it has no curve.",
        "{names} have no images here, so they have no curve.",
        len(empty),
    )
    of_one = _("All images here are {names}, so there is nothing to tell it from.")
    said = [(without_images, empty), (of_one, alone)]
    return [text.format(names=", ".join(map(plain, names))) for text, names in said if len(names)]


def sentence(row: pd.Series) -> str:
    """What the area under ROC of a class means, in Markdown; ``row`` is one of
    `core.evaluation.confidence.curves.areas`."""
    return _(
        "Of an image of **{name}** and one of another class, drawn by chance, it gives the first the higher "
        "probability of {name} in **{hits:.1f} of 100** cases (the area under the ROC curve); guessing does in 50. The "
        "average precision is **{precision:.3f}**; guessing has {share:.3f}."
    ).format(
        name=plain(row["class_name"]),
        hits=100 * row["roc_area"],
        precision=row["average_precision"],
        share=row["images"] / (row["images"] + row["others"]),
    )


@st.fragment
def _show_curves(labels: np.ndarray, evaluation: Evaluation, table: pd.DataFrame) -> None:
    label = _choose_class(table, evaluation.class_names)
    row, name, part = table.loc[label], evaluation.class_names[label], evaluation.part
    text = sentence(row)
    panels = st.grid(2, min_column_width=340, gap="medium")
    with panels.cell():
        st.markdown(_("**ROC curve**"))
        points = roc(labels, evaluation.probabilities, label, name)
        st.altair_chart(class_curves.roc_chart(points, part), alt=text.replace("*", ""), width="stretch")
        _show_table(points, "curves_roc_table", _("Points of the ROC curve"))
    with panels.cell():
        st.markdown(_("**Precision and recall**"))
        points = precision_recall(labels, evaluation.probabilities, label, name)
        share = row["images"] / len(labels)
        chart = class_curves.precision_recall_chart(points, part, share)
        st.altair_chart(chart, alt=_("Precision over recall of the chosen class"), width="stretch")
        _show_table(points, "curves_precision_table", _("Points of the curve of precision and recall"))
    st.markdown(text)
    st.caption(_("dashed: what guessing gives"))


def _choose_class(table: pd.DataFrame, class_names: Sequence[str]) -> int:
    options = table.index[table["roc_area"].notna()].tolist()
    last = len(options) - 1
    return st.selectbox(
        _("Class"),
        options,
        index=last if len(class_names) == 2 else 0,
        key="curves_class",
        format_func=lambda label: class_names[label],
        width=260,
        filter_mode=None,
    )


def _show_table(points: pd.DataFrame, key: str, alt: str) -> None:
    with st.expander(_("As a table"), key=key, icon=":material/table:", type="compact"):
        st.dataframe(class_curves.shown(points), hide_index=True, height=220, alt=alt)


def _show_areas(table: pd.DataFrame) -> None:
    titles = {
        "class_name": _("Class"),
        "images": _("Images"),
        "roc_area": _("Area under ROC"),
        "average_precision": _("Average precision"),
    }
    figures = {name: st.column_config.NumberColumn(format="%.3f") for name in list(titles.values())[2:]}
    st.dataframe(
        table[list(titles)].rename(columns=titles),
        hide_index=True,
        key="curves_areas",
        column_config=figures,
        alt=_("Area under ROC and average precision of each class"),
    )
    area, precision = macro_means(table)
    means = _("Each class counting alike: area under ROC **{area:.3f}**, average precision **{precision:.3f}**.")
    st.markdown(means.format(area=area, precision=precision))


@st.cache_data(max_entries=32, show_spinner=False)
def _areas(run_id: str, finished_at: datetime | None, part: str, temperature: float, _used: Evaluation) -> pd.DataFrame:
    """Kept, since it takes long for many classes; the threshold of a decision changes nothing in it."""
    return areas(_used.predictions["label"].to_numpy(), _used.probabilities, _used.class_names)
