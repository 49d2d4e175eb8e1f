"""An evaluation at a glance: what was right and what that can mean, the confusion matrix, and the figures per class."""

from datetime import datetime

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.figures.class_figures import ClassAverages, class_averages
from core.runs.run import Run
from ui.charts import class_ranges, interval
from ui.judging import baselines, cautions, class_table, heading, matrix
from ui.judging.ranges import how_ranges_are_drawn, share_sentence, span
from ui.numbers import percent
from ui.parts import part_badge
from ui.text import _


def show(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws ``evaluation`` of ``run``; the badge and the colour of its part stand by its figures."""
    with st.container(border=True, key="evaluation_accuracy", gap="xsmall"):
        _show_accuracy(evaluation)
        _show_averages(_averages(run.id, run.finished_at, evaluation.part, evaluation))
        cautions.show(evaluation, run, dataset)
    is_small = len(evaluation.class_names) <= matrix.MOST_CLASSES_BESIDE
    panels = st.grid(2 if is_small else 1, min_column_width=370, gap="medium")
    with panels.cell():
        heading.show(_("Confusion matrix"), evaluation.part)
        matrix.show_with_images(evaluation, run, dataset)
    with panels.cell():
        heading.show(_("Class by class"), evaluation.part)
        if is_small:
            _show_ranges(evaluation)
        st.markdown(f"{class_table.least_found(evaluation)} {class_table.least_reliable(evaluation)}")
    class_table.show(evaluation, run)
    baselines.show(evaluation, run, dataset)


def sentence(evaluation: Evaluation) -> str:
    """The accuracy in words, with what it can mean."""
    return _("**{right:,} of {images:,}** right is {accuracy}, and **{range}** is what that can mean.").format(
        right=evaluation.right,
        images=evaluation.images,
        accuracy=percent(evaluation.accuracy),
        range=span(*evaluation.interval),
    )


def _show_accuracy(evaluation: Evaluation) -> None:
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


def _show_ranges(evaluation: Evaluation) -> None:
    rows = class_ranges.table(evaluation)
    st.altair_chart(
        class_ranges.chart(rows, evaluation.part),
        alt=_("How many images of each class were found, with the range of what that can mean"),
    )


def _show_averages(averages: ClassAverages) -> None:
    figures = {
        _("Macro F1"): (averages.macro_f1, _("The mean of the F1 of all classes.")),
        _("Balanced accuracy"): (averages.balanced_accuracy, _("The mean of the recall of all classes.")),
    }
    for title, (figure, meaning) in figures.items():
        every_class = _("Every class counts alike, however many images it has.")
        st.markdown(share_sentence(title, figure), help=f"{meaning} {every_class} {how_ranges_are_drawn()}")


@st.cache_data(max_entries=32, show_spinner=False)
def _averages(run_id: str, finished_at: datetime | None, part: str, _evaluation: Evaluation) -> ClassAverages:
    """Kept, since it takes long for many classes; the model of a run that is continued is another one."""
    return class_averages(_evaluation)
