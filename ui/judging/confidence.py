"""Whether a model is as right as it is sure: reliability, the temperature that mends it, and "I don't know"."""

from datetime import datetime
from functools import partial

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.evaluation.confidence.calibration import CalibrationError, calibration_error
from core.evaluation.confidence.decided import at_temperature, confidence_and_right, decided
from core.evaluation.confidence.recalibration import Recalibration, recalibrated
from core.runs import decisions
from core.runs.decisions import Decision
from core.runs.run import Run
from ui import session
from ui.charts import reliability
from ui.judging import heading, judgements
from ui.judging.deciding import dont_know
from ui.judging.ranges import span
from ui.numbers import percent
from ui.text import _

_NOT_IN_USE = 1.0


def show(evaluation: Evaluation, run: Run, dataset: Dataset) -> None:
    """Draws what the confidences of ``run`` on the images of ``evaluation`` are worth."""
    decision = decisions.decision(session.database(), run.id)
    recalibration = _recalibration(evaluation, run)
    _show_reliability(evaluation, run, recalibration)
    _show_use(evaluation, run, decision, recalibration)
    dont_know.show(decided(evaluation, decision), run)


def error_sentence(error: CalibrationError) -> str:
    """The expected calibration error in words; in Markdown."""
    apart = _(
        "What it says and how often it is right are **{error}** apart; **{range}** is what that can mean."
    ).format(error=_points(error.value), range=span(error.low, error.high))
    if error.is_chance:
        verdict = _("On so few images up to {by_chance} means nothing: it would come by chance.")
    else:
        verdict = _("Chance alone makes up to {by_chance}.")
    return f"{apart} {verdict.format(by_chance=_points(error.by_chance))}"


def leaning(evaluation: Evaluation) -> str:
    """Whether the model says more or less than it holds, on average; in Markdown."""
    said = float(evaluation.predictions["confidence"].mean())
    told = {"said": percent(said), "accuracy": percent(evaluation.accuracy)}
    if said > evaluation.accuracy:
        return _("It says {said} on average and is right in {accuracy}: it is too sure of itself.").format(**told)
    return _("It says {said} on average and is right in {accuracy}: it could be surer.").format(**told)


def _show_reliability(evaluation: Evaluation, run: Run, recalibration: Recalibration | None) -> None:
    heading.show(_("Is it as right as it is sure?"), evaluation.part)
    st.caption(
        _(
            "Each dot is a group of images: to the right where the model says it is sure, high up where it is often "
            "right. On the dashed line it is right exactly as often as it says. Below it, it is too sure."
        )
    )
    panels = st.grid(2, min_column_width=340, gap="medium")
    with panels.cell():
        _show_diagram(evaluation, run, _("As it was trained"), "trained")
    if recalibration is None:
        return
    with panels.cell():
        title = _("With temperature {temperature:.2f}").format(temperature=recalibration.temperature)
        _show_diagram(recalibration.evaluation, run, title, "temperature")


def _show_diagram(evaluation: Evaluation, run: Run, title: str, name: str) -> None:
    st.markdown(f"**{title}**")
    ranges = reliability.table(evaluation)
    text = reliability.sentence(ranges)
    st.altair_chart(reliability.chart(ranges, evaluation.part), alt=text.replace("*", ""), width="stretch")
    error = _calibration_error(run.id, run.finished_at, evaluation.part, name, evaluation)
    st.markdown(f"{text} {'' if error.is_chance else leaning(evaluation)}")
    st.markdown(
        error_sentence(error),
        help=_(
            "The expected calibration error (Guo et al., 2017): how far confidence and accuracy are apart in each of "
            "ten ranges of confidence, on average over the images. Its range comes from drawing anew from these images."
        ),
    )
    with st.expander(_("As a table"), key=f"confidence_{name}_table", icon=":material/table:", type="compact"):
        st.dataframe(reliability.shown(ranges), hide_index=True, alt=_("How often it is right where it says how sure"))


def _show_use(evaluation: Evaluation, run: Run, decision: Decision, recalibration: Recalibration | None) -> None:
    is_used = decision.temperature != _NOT_IN_USE
    if is_used:
        in_use = _("Temperature **{temperature:.2f}** is in use: in what follows, for thresholds and on Try it.")
        st.markdown(in_use.format(temperature=decision.temperature))
    if recalibration is None:
        st.markdown(_("No temperature can be learned: too few mistakes are known on validation images."))
    elif evaluation.part == "validation":
        st.caption(
            _(
                "A temperature divides what the net computes before the softmax: it becomes less sure, or surer, and "
                "its answers stay the same. This one number is learned from the validation images. In the picture each "
                "half of them has the temperature of the other half, so that it does not flatter."
            )
        )
    else:
        st.caption(_("The temperature was learned from the validation images; these here only show what it is worth."))
    if evaluation.part == "validation":
        _offer(run, decision, recalibration, is_used=is_used)


def _offer(run: Run, decision: Decision, recalibration: Recalibration | None, *, is_used: bool) -> None:
    with st.container(horizontal=True):
        if recalibration is not None and recalibration.temperature != decision.temperature:
            st.button(
                _("Use temperature {temperature:.2f}").format(temperature=recalibration.temperature),
                key="confidence_use",
                icon=":material/thermostat:",
                on_click=partial(_use, run.id, recalibration.temperature),
            )
        if is_used:
            st.button(
                _("Use it as it was trained"),
                key="confidence_forget",
                icon=":material/undo:",
                on_click=partial(_use, run.id, _NOT_IN_USE),
            )


def _use(run_id: str, temperature: float) -> None:
    database = session.database()
    decision = decisions.decision(database, run_id)
    decisions.save_decision(database, run_id, at_temperature(decision, temperature))


def _points(share: float) -> str:
    """``0.052`` is ``5.2 percentage points``."""
    return _("{points:.1f} percentage points").format(points=100 * share)


def _recalibration(evaluation: Evaluation, run: Run) -> Recalibration | None:
    is_validation = evaluation.part == "validation"
    validation = evaluation if is_validation else _judged_on_validation(run)
    if validation is None:
        return None
    return _recalibrated(run.id, run.finished_at, evaluation.part, evaluation, validation)


def _judged_on_validation(run: Run) -> Evaluation | None:
    judged = judgements.known(run, "validation")
    return judged if isinstance(judged, Evaluation) else None


@st.cache_data(max_entries=16, show_spinner=False)
def _recalibrated(
    run_id: str, finished_at: datetime | None, part: str, _evaluation: Evaluation, _validation: Evaluation
) -> Recalibration | None:
    """Kept, since it takes long for many images; the model of a run that is continued is another one."""
    return recalibrated(_evaluation, _validation)


@st.cache_data(max_entries=32, show_spinner=False)
def _calibration_error(
    run_id: str, finished_at: datetime | None, part: str, name: str, _evaluation: Evaluation
) -> CalibrationError:
    return calibration_error(*confidence_and_right(_evaluation))
