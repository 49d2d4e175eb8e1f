"""An evaluation: the accuracy and what it can mean, the confusion matrix, the figures per class, and the mistakes."""

import numpy as np
import streamlit as st

from core.dataset.store import Dataset, load, pixels
from core.evaluation import Evaluation
from core.runs.run import Run
from ui import session
from ui.charts import confusion
from ui.markdown import plain
from ui.numbers import percent
from ui.parts import part_badge
from ui.text import _
from ui.thumbnails import enlarged

_PER_PAGE = 24
_SIDE = 96


def show(evaluation: Evaluation, run: Run) -> None:
    """Draws ``evaluation`` of ``run``."""
    dataset = load(session.workspace().datasets, run.dataset_id)
    _show_accuracy(evaluation)
    matrix, classes = st.columns([3, 2], gap="large")
    with matrix:
        _show_confusion(evaluation)
    with classes:
        _show_classes(evaluation)
    _show_mistakes(evaluation, dataset)


def _show_accuracy(evaluation: Evaluation) -> None:
    low, high = evaluation.interval
    with st.container(border=True, key="evaluation_accuracy", gap="xsmall"):
        st.markdown(part_badge(evaluation.part))
        st.metric(_("Accuracy"), percent(evaluation.accuracy))
        st.markdown(
            _(
                "**{right:,} of {images:,}** images right is {accuracy}; with this many images it can mean "
                "anything from "
                "**{low}** to **{high}** (95 % interval)."
            ).format(
                right=evaluation.right,
                images=evaluation.images,
                accuracy=percent(evaluation.accuracy),
                low=percent(low),
                high=percent(high),
            )
        )


def _show_confusion(evaluation: Evaluation) -> None:
    cells = confusion.table(evaluation)
    text = confusion.sentence(cells)
    st.subheader(_("Confusion matrix"), anchor=False)
    st.altair_chart(confusion.chart(cells), alt=text, key="evaluation_confusion")
    st.caption(text)
    with st.expander(_("As a table"), key="evaluation_confusion_table"):
        st.dataframe(cells.pivot(index="true", columns="predicted", values="images"))


def _show_classes(evaluation: Evaluation) -> None:
    st.subheader(_("Per class"), anchor=False)
    figures = {
        "precision": (_("Precision"), _("Of the images that were called this, the share that was right.")),
        "recall": (_("Recall"), _("Of the images of this class, the share that was found.")),
        "f1": (_("F1"), _("Precision and recall in one number: their harmonic mean.")),
    }
    columns = {
        name: st.column_config.NumberColumn(title, help=meaning, format="percent")
        for name, (title, meaning) in figures.items()
    }
    st.dataframe(
        evaluation.per_class,
        hide_index=True,
        key="evaluation_per_class",
        column_config=columns | {"class_name": _("Class"), "images": _("Images")},
    )


@st.fragment
def _show_mistakes(evaluation: Evaluation, dataset: Dataset) -> None:
    mistakes = evaluation.mistakes()
    st.subheader(_("Mistakes, the most confident first"), anchor=False)
    if mistakes.empty:
        st.caption(_("There are none."))
        return
    labels = sorted(mistakes["label"].unique())
    label = st.selectbox(
        _("True class"),
        [None, *labels],
        key="evaluation_mistakes_class",
        format_func=lambda value: _("All classes") if value is None else evaluation.class_names[value],
        width=260,
    )
    shown = mistakes if label is None else mistakes[mistakes["label"] == label]
    pages = -(-len(shown) // _PER_PAGE)
    page = st.pagination(pages, key=f"evaluation_mistakes_page_{label}") if pages > 1 else 1
    rows = shown.iloc[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    images = pixels(dataset, dataset.image_size)
    names = evaluation.class_names
    captions = [
        f"{plain(names[row.label])} → {plain(names[row.predicted])} · {row.confidence:.0%}" for row in rows.itertuples()
    ]
    st.image(
        [enlarged(np.asarray(images[row]), _SIDE) for row in rows["row"]],
        caption=captions,
        width=120,
        alt=captions,
        output_format="PNG",
    )
