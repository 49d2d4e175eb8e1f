"""A run through the epochs whose weights are kept: its figure, its mistakes, its filters and where it looked."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.evaluation.inside.epochs import course, judge_epochs
from core.message import mark
from core.runs import store as runs
from core.runs.epoch_answers import EpochAnswers
from core.runs.epoch_weights import kept_epochs
from core.runs.inspections import Inspection, ask_epoch_answers
from core.runs.run import Run
from core.split import read_assignment
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


@st.fragment
def show(evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the slider over the epochs and all that moves with it, on the validation images."""
    heading.show(_("Through the epochs"), "validation")
    folder = runs.run_folder(session.workspace(), run.id)
    if not kept_epochs(folder):
        st.caption(layer_by_layer.no_weights())
        return
    asked = (folder, run.finished_at)
    judged = _stored(*asked, dataset, evaluation.openings)
    if judged is not None:
        _draw(judged, evaluation, run, dataset)
        return
    _stored.clear(*asked, dataset, evaluation.openings)
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


def _draw_answer(evaluation: Judged, run: Run, dataset: Dataset, inspection: Inspection) -> None:
    folder = runs.run_folder(session.workspace(), run.id)
    _draw(_judged(EpochAnswers.read(inspection), folder, dataset, evaluation.openings), evaluation, run, dataset)


def _draw(judged: dict[int, Judged], evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """``judged`` is the evaluation after each epoch, ``evaluation`` that of the finished model."""
    epoch = _choose_epoch(list(judged), run)
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


def _choose_epoch(epochs: list[int], run: Run) -> int:
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


def _show_course(judged: dict[int, Judged], epoch: int) -> None:
    rows = course(judged)
    is_share = isinstance(judged[epoch], Evaluation)
    text = sentence(judged[epoch], epoch)
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


def _show_answers(judged: dict[int, Judged], epoch: int, dataset: Dataset) -> None:
    now = judged[epoch]
    if isinstance(now, NumberEvaluation):
        _show_numbers(now)
        return
    before = judged.get(max((each for each in judged if each < epoch), default=0))
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


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Dataset: lambda dataset: dataset.id})
def _stored(folder: Path, finished_at: datetime | None, dataset: Dataset, openings: int) -> dict[int, Judged] | None:
    """The evaluations from the answers that are kept; ``finished_at`` is another one when the run has gone on."""
    answers = EpochAnswers.stored(folder)
    return None if answers is None else _judged(answers, folder, dataset, openings)


def _judged(answers: EpochAnswers, folder: Path, dataset: Dataset, openings: int) -> dict[int, Judged]:
    return judge_epochs(answers, read_assignment(folder / "split.csv").rows("validation"), dataset, openings)
