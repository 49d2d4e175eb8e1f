"""An evaluation: the accuracy and what it can mean, the confusion matrix, the figures per class, and the mistakes."""

import streamlit as st

from core.dataset.store import load
from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.runs.run import Run
from ui import mistakes, number_evaluation_view, session
from ui.charts import confusion, interval
from ui.markdown import plain
from ui.numbers import percent
from ui.parts import part_badge
from ui.text import _

_MOST_CLASSES_BESIDE = 12
"""With more classes the matrix needs the whole width."""


def show(evaluation: Judged, run: Run) -> None:
    """Draws ``evaluation`` of ``run``; the badge and the colour of its part stand by its figures."""
    if isinstance(evaluation, NumberEvaluation):
        number_evaluation_view.show(evaluation, load(session.workspace().datasets, run.dataset_id))
    else:
        _show_classified(evaluation, run)


def _show_classified(evaluation: Evaluation, run: Run) -> None:
    _show_accuracy(evaluation)
    is_small = len(evaluation.class_names) <= _MOST_CLASSES_BESIDE
    panels = st.grid(2 if is_small else 1, min_column_width=370, gap="medium")
    with panels.cell():
        _show_title(_("Confusion matrix"), evaluation)
        confusion.show(confusion.table(evaluation), width=330 if is_small else 680)
    with panels.cell():
        _show_title(_("Class by class"), evaluation)
        _show_classes(evaluation)
    _show_title(_("Mistakes, the most confident first"), evaluation)
    mistakes.show(evaluation, load(session.workspace().datasets, run.dataset_id))


def sentence(evaluation: Evaluation) -> str:
    """The accuracy in words, with what it can mean."""
    low, high = evaluation.interval
    return _("**{right:,} of {images:,}** right is {accuracy}; **{low} to {high}** is what that can mean.").format(
        right=evaluation.right,
        images=evaluation.images,
        accuracy=percent(evaluation.accuracy),
        low=percent(low),
        high=percent(high),
    )


def _show_title(title: str, evaluation: Evaluation) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(title, anchor=False, width="content")
        st.markdown(part_badge(evaluation.part), width="content")


def _show_accuracy(evaluation: Evaluation) -> None:
    with st.container(border=True, key="evaluation_accuracy", gap="xsmall"):
        figure, picture = st.columns([1, 3], vertical_alignment="center")
        with figure:
            st.markdown(part_badge(evaluation.part))
            st.metric(_("Accuracy"), percent(evaluation.accuracy))
        with picture:
            text = sentence(evaluation)
            st.altair_chart(
                interval.chart(interval.table(evaluation), evaluation.part), alt=text.replace("*", ""), width="stretch"
            )
            st.markdown(
                text,
                help=_(
                    "Other images of the same kind would give another figure. In 95 of 100 such draws, a range made "
                    "this way holds the accuracy on all images of that kind (Wilson's 95 % interval). More images make "
                    "it narrower."
                ),
            )


def _show_classes(evaluation: Evaluation) -> None:
    figures = {
        "precision": (_("Precision"), _("Of the images that were called this, the share that was right.")),
        "recall": (_("Recall"), _("Of the images of this class, the share that was found.")),
        "f1": (_("F1"), _("Precision and recall in one number: their harmonic mean.")),
    }
    columns = {
        name: st.column_config.NumberColumn(title, help=meaning, format="%.1f%%", width="small")
        for name, (title, meaning) in figures.items()
    }
    columns["class_name"] = st.column_config.TextColumn(_("Class"), pinned=True, width="small")
    columns["images"] = st.column_config.NumberColumn(_("Images"), format="localized", width="small")
    table = evaluation.per_class
    st.dataframe(
        table.assign(**{name: 100 * table[name] for name in figures}),
        hide_index=True,
        key="evaluation_per_class",
        column_config=columns,
        alt=_("Precision, recall and F1 of each class"),
    )
    st.markdown(weakest(evaluation))


def weakest(evaluation: Evaluation) -> str:
    """The class that is found least often, in words."""
    known = evaluation.per_class.dropna(subset="recall")
    worst = known.loc[known["recall"].idxmin()]
    found = round(worst["recall"] * worst["images"])
    if found == worst["images"]:
        return _("Every image of every class was found.")
    return _("{name} is found least often: {found:,} of {images:,}.").format(
        name=plain(worst["class_name"]), found=found, images=worst["images"]
    )
