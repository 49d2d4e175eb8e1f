"""One run: how far it is, its curves, and what steers it. While it is under way this part draws itself anew."""

import streamlit as st

from core.errors import RunError
from core.message import say
from core.runs import history
from core.runs import store as runs
from core.runs.again import CHECKPOINT
from core.runs.queue import active_runs, waiting_runs
from core.runs.run import Run
from ui import (
    curve_doctor,
    guess_outcome,
    learning_rate_control,
    machine_line,
    run_controls,
    run_figures,
    run_log,
    run_states,
    run_trouble,
    screen,
    session,
)
from ui.charts import curves
from ui.markdown import plain
from ui.run_outlook import outlook
from ui.run_progress import progress
from ui.text import _, translate

BEFORE_THE_FIRST_POINT, AT_WORK, IN_THE_QUEUE = "0.5s", "1s", "3s"


def show(run: Run) -> None:
    """Draws ``run``; when it begins, rests or ends, the whole screen is drawn once more."""
    pace = _pace(run)
    st.fragment(_draw, run_every=pace)(run.id, pace)
    run_log.show(run)


def _pace(run: Run) -> str | None:
    """How often it is looked at: the first point should be seen at once, and what rests changes by a click only."""
    if run.state.is_waiting and _runs_before(run):
        return IN_THE_QUEUE
    if run.state.is_waiting or (run.state.is_working and not run.step):
        return BEFORE_THE_FIRST_POINT
    return AT_WORK if run.state.is_working else None


def _draw(run_id: str, pace: str | None) -> None:
    try:
        run = runs.get(session.database(), run_id)
    except RunError:  # deleted in another tab
        st.rerun()
    _show_heading(run)
    _show_progress(run)
    _show_trouble(run)
    _show_outlook(run)
    _show_curves(run)
    if _pace(run) != pace:
        _tell_of_its_end(run)
        st.rerun()
    if run_trouble.is_kept():
        st.rerun()


def _tell_of_its_end(run: Run) -> None:
    if run_states.has_model(run):
        screen.fresh(say("Run {number} has ended and can be judged.", number=run.number))


def _show_heading(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="live_run_heading"):
        st.subheader(_("Run {number}").format(number=run.number), anchor=False, width="content")
        run_states.badge(run)
        st.space("stretch")
        run_controls.show(run)


def _show_progress(run: Run) -> None:
    now = session.database().now()
    st.progress(run.progress, text=translate(progress(run, now, _runs_before(run))))
    run_figures.show(run)


def _runs_before(run: Run) -> int:
    """How many runs of all projects have to end before it begins."""
    if not run.state.is_waiting:
        return 0
    working = sum(each.state.is_working for each in active_runs(session.database()))
    ahead = next((each.place - 1 for each in waiting_runs(session.database()) if each.id == run.id), 0)
    return max(0, ahead + working + 1 - machine_line.settings().slots)


def _show_trouble(run: Run) -> None:
    if run.state.is_trouble and run.message:
        st.error(plain(translate(run.message)), icon=":material/error:")


def _show_outlook(run: Run) -> None:
    sentences = outlook(run, _parent(run), has_checkpoint=_has_checkpoint(run))
    with st.container(gap="xxsmall"):
        st.caption(" ".join(map(translate, sentences)))
        learning_rate_control.show_changes(run)


def _parent(run: Run) -> Run | None:
    return runs.get(session.database(), run.parent_id) if run.parent_id else None


def _has_checkpoint(run: Run) -> bool:
    return (runs.run_folder(session.workspace(), run.id) / CHECKPOINT).is_dir()


def _show_curves(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        curves.show_legend(run.kept_epoch)
        st.space("stretch")
        wants_steps = st.toggle(
            _("Draw every update"),
            value=True,
            key="live_run_every_step",
            persist_state="session",
            help=_("Without the updates the scale closes in on the epochs, so that small differences can be seen."),
        )
    database, found = session.database(), curve_doctor.findings(run)
    curves.show(
        history.epochs(database, run.id),
        history.steps(database, run.id),
        run.steps_per_epoch,
        run.epochs,
        key=f"live_run_curves_{run.id}",
        metrics=run.recipe.training.metrics,
        has_accuracy=not session.predicts_numbers(run.dataset_id),
        draws_steps=wants_steps,
        rate_changes=history.rate_changes(database, run.id),
        kept_epoch=run.kept_epoch,
        findings=found,
    )
    curve_doctor.show(run, found)
    guess_outcome.show(run)
