"""A run through the epochs whose weights are kept: its figure, its mistakes, its filters and where it looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Judged, NumberEvaluation
from core.evaluation.inside.epochs import course, judge_epoch
from core.message import mark
from core.runs import store as runs
from core.runs.epoch_answers import EpochAnswers
from core.runs.epoch_weights import kept_epochs
from core.runs.inspections import Inspection, ask_epoch_answers
from core.runs.run import Run
from ui import session
from ui.charts import confusion, epoch_course, predicted_numbers
from ui.judging import heading
from ui.judging.back_then import epoch_filters, epoch_heat_map, epoch_images
from ui.judging.looking import layer_by_layer, single_question
from ui.judging.matrix import MOST_CLASSES_BESIDE
from ui.numbers import percent, quantity
from ui.text import _

_EPOCH = "epochs_epoch"
_PANEL = "epochs_panel"
_PANELS: Final = {
    "answers": mark("Answers"),
    "filters": mark("Filters"),
    "attention": mark("Where it looked"),
}


@dataclass(frozen=True, eq=False)
class _JudgedEpochs:
    """What the net of ``run`` was worth after each epoch of its ``answers``. ``dataset`` is that of the run."""

    answers: EpochAnswers
    run: Run
    dataset: Dataset
    openings: int

    def after(self, epoch: int) -> Judged:
        """Kept for the epochs that were asked for last: those of a hundred classes are large."""
        return _judged(self.run.id, self.run.finished_at, epoch, self.openings, self)

    def before(self, epoch: int) -> Judged | None:
        """After the epoch that was kept before ``epoch``; None for the first one."""
        earlier = [each for each in self.answers.epochs if each < epoch]
        return self.after(earlier[-1]) if earlier else None

    def course(self) -> pd.DataFrame:
        """As of `core.evaluation.inside.epochs.course`."""
        return _course(self.run.id, self.run.finished_at, self)

    def read(self, epoch: int) -> Judged:
        """From the file."""
        rows = session.assignment_of(self.run).rows("validation")
        return judge_epoch(self.answers.after(epoch), rows, self.dataset, self.openings)


@st.fragment
def show(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the slider over the epochs and all that moves with it, on the validation images."""
    heading.show(_("Through the epochs"), "validation")
    folder = runs.run_folder(session.workspace(), run.id)
    if not kept_epochs(folder):
        st.caption(layer_by_layer.no_weights())
        return
    if EpochAnswers.stored(folder) is not None:
        _draw(evaluation, run, dataset)
        return
    st.caption(_("The net of every kept epoch answers the validation images. This is done once for a run."))
    single_question.show(
        "epochs_asked",
        (run.id, str(run.finished_at)),
        partial(ask_epoch_answers, session.database(), run.id),
        partial(_draw_answer, evaluation, run, dataset),
    )


def sentence(judged: Judged, epoch: int) -> str:
    """What the net was worth after ``epoch``, in Markdown."""
    if isinstance(judged, NumberEvaluation):
        return _("After epoch {epoch:,} the answers are off by **{error}** on average.").format(
            epoch=epoch, error=quantity(judged.mean_absolute_error)
        )
    return _("After epoch {epoch:,}, **{right:,} of {images:,}** are right: {accuracy}.").format(
        epoch=epoch, right=judged.right, images=judged.images, accuracy=percent(judged.accuracy)
    )


def _draw_answer(evaluation: Judged, run: Run, dataset: Dataset, _inspection: Inspection) -> None:
    _draw(evaluation, run, dataset)


def _draw(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """``evaluation`` is that of the finished model."""
    answers = EpochAnswers.stored(runs.run_folder(session.workspace(), run.id))
    if answers is None:
        st.caption(_("The answers of this run are not kept any more. Reload this page to ask for them again."))
        return
    judged = _JudgedEpochs(answers, run, dataset, evaluation.openings)
    epoch = _choose_epoch(answers.epochs, run)
    _show_course(judged, epoch)
    panel = st.segmented_control(
        _("What follows the epoch"),
        list(_PANELS),
        format_func=lambda each: _(_PANELS[each]),
        default="answers",
        required=True,
        key=_PANEL,
        persist_state="session",
        label_visibility="collapsed",
    )
    if panel == "filters":
        epoch_filters.show(run, epoch)
    elif panel == "attention":
        epoch_heat_map.show(evaluation, run, dataset, epoch)
    else:
        _show_answers(judged, epoch, dataset)


def _choose_epoch(epochs: Sequence[int], run: Run) -> int:
    if st.session_state.get(_EPOCH) not in epochs:
        st.session_state[_EPOCH] = run.kept_epoch if run.kept_epoch in epochs else epochs[-1]
    if len(epochs) == 1:
        return epochs[0]
    return st.select_slider(
        _("Epoch"),
        epochs,
        format_func=lambda each: _("{epoch:,} (kept)").format(epoch=each) if each == run.kept_epoch else f"{each:,}",
        key=_EPOCH,
        persist_state="session",
    )


def _show_course(judged: _JudgedEpochs, epoch: int) -> None:
    rows = judged.course()
    is_share = not judged.dataset.predicts_numbers
    text = sentence(judged.after(epoch), epoch)
    st.markdown(text)
    st.altair_chart(epoch_course.chart(rows, epoch, is_share=is_share), alt=text.replace("*", ""), width="stretch")
    with st.expander(_("As a table"), key="epochs_table", type="compact"):
        title = _("Accuracy") if is_share else _("Mean absolute error")
        st.dataframe(
            rows,
            hide_index=True,
            column_config={
                "epoch": st.column_config.NumberColumn(_("Epoch")),
                "value": st.column_config.NumberColumn(title, format="percent" if is_share else None),
            },
            alt=_("The figure after each epoch that is kept"),
        )


def _show_answers(judged: _JudgedEpochs, epoch: int, dataset: Dataset) -> None:
    now = judged.after(epoch)
    if isinstance(now, NumberEvaluation):
        _show_numbers(now)
        return
    before = judged.before(epoch)
    is_small = len(now.class_names) <= MOST_CLASSES_BESIDE
    with st.grid(2 if is_small else 1, min_column_width=370, gap="medium") as grid:
        with grid.cell():
            confusion.show(confusion.table(now), width=330 if is_small else 680)
        with grid.cell():
            epoch_images.show(now, before, dataset)


def _show_numbers(judged: NumberEvaluation) -> None:
    points = predicted_numbers.table(judged)
    st.altair_chart(predicted_numbers.chart(points, judged.part), alt=_("Predicted against true numbers"))
    st.caption(_("On the dashed line, the answer is the true number."))
    with st.expander(_("The numbers as a table"), key="epochs_numbers", type="compact"):
        titles = {"path": _("Image"), "value": _("True number"), "predicted": _("Predicted number")}
        st.dataframe(
            points.rename(columns=titles), hide_index=True, alt=_("The true and the predicted number of each image")
        )


@st.cache_resource(max_entries=6, show_spinner=False)
def _judged(run_id: str, finished_at: datetime | None, epoch: int, openings: int, _epochs: _JudgedEpochs) -> Judged:
    """``finished_at`` is another one when the run has gone on."""
    return _epochs.read(epoch)


@st.cache_data(max_entries=16, show_spinner=False)
def _course(run_id: str, finished_at: datetime | None, _epochs: _JudgedEpochs) -> pd.DataFrame:
    return course(_epochs.answers.epochs, _epochs.read)
