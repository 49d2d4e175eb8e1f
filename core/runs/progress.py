"""What the process of a run tells the database, and what it is told in return. It is all that core.training needs.

Everything is written only while the run is running: one that was given up as lost stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from math import isfinite
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import Message, say
from core.runs.database import Database
from core.runs.process import Process
from core.runs.run import Run
from core.runs.states import WORKING_STATES, RunState
from core.runs.store import get
from core.runs.tables import EpochRow, RateChangeRow, RunRow, StepRow
from core.runs.thinning import bucket_width, thinned


@dataclass(frozen=True)
class StepMetrics:
    """``step`` is counted over the whole run from 1; ``accuracy`` is none for a regression.

    ``learning_rate`` is the one that the step was made with, ``metrics`` are those besides loss and accuracy.
    """

    step: int
    loss: float
    accuracy: float | None
    learning_rate: float | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class EpochMetrics:
    """``epoch`` is counted from 1; ``seconds`` is its duration with validation; no accuracies for a regression.

    ``step`` is how many steps were done at its end, where it is not the last one that was reported. ``learning_rate``
    is that of its last step, ``images_per_second`` its pace without validation, ``memory_bytes`` what the process held
    at its end. ``metrics`` are those besides loss and accuracy, on the validation images with ``val_`` before them.
    """

    epoch: int
    loss: float
    accuracy: float | None
    val_loss: float
    val_accuracy: float | None
    seconds: float
    step: int | None = None
    learning_rate: float | None = None
    images_per_second: float | None = None
    memory_bytes: int | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """How the work goes at present; none for what is not known (any more).

    ``seconds_per_step`` is the pace of training alone, ``validation_seconds`` what judging an epoch takes.
    """

    learning_rate: float | None = None
    images_per_second: float | None = None
    memory_bytes: int | None = None
    seconds_per_step: float | None = None
    validation_seconds: float | None = None


@dataclass(frozen=True)
class RateChange:
    """A learning rate that somebody asked for. ``step``: how many steps were done when it was applied; none before."""

    id: int
    learning_rate: float
    step: int | None = None


@dataclass(frozen=True)
class Orders:
    """What people want of a run. ``rate_changes`` are all of the run, in the order in which they were asked for."""

    stop: bool
    pause: bool
    rate_changes: tuple[RateChange, ...] = ()


def begin(database: Database, run_id: str, pid: int, threads: int | None = None) -> Run:
    """The process ``pid`` reports for work on a run that is running in name and waits for its process.

    ``threads``, how many cores it computes with, is kept with the run for good when it begins for the first time.
    Raises RunError for a run that is not there, is not running, or has begun already.
    """
    now = database.now()
    with database.writing() as session:
        run = _running(session, run_id)
        has_begun = run is not None and run.started_at is None
        if run is not None and has_begun:
            run.started_at = run.heartbeat_at = now
            run.process = Process.of(pid)
            run.threads = run.threads or threads
    found = get(database, run_id)
    if not has_begun:
        raise RunError(
            say(
                "Run {name} does not wait for a process: it is {state}. Start a new run instead.",
                name=run_id,
                state=found.state.value,
            )
        )
    return found


def describe_model(database: Database, run_id: str, parameters: int, steps_per_epoch: int) -> None:
    """What is known once the model is built; before the first steps are reported, which are thinned by it."""
    _change(database, run_id, parameters=parameters, steps_per_epoch=steps_per_epoch)


def report(
    database: Database,
    run_id: str,
    *,
    steps: Sequence[StepMetrics] = (),
    epochs: Sequence[EpochMetrics] = (),
    applied: Sequence[RateChange] = (),
    live: Live | None = None,
) -> Orders:
    """A sign of life with all that is new since the last one, in one short transaction; returns what people want.

    ``steps`` and ``epochs`` were done since then and ascend, ``applied`` are the changes of the learning rate that were
    applied since then, with their step. A run that is no longer its process's own has to stop, and nothing is written.
    """
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return Orders(stop=True, pause=False)
        run.heartbeat_at = database.now()
        for name, value in asdict(live).items() if live else ():
            setattr(run, name, value)
        _add_steps(session, run, steps)
        _add_epochs(session, run, epochs)
        _mark_applied(session, run_id, applied)
        return Orders(run.stop_requested, run.pause_requested, _rate_changes(session, run_id))


def rewind(database: Database, run_id: str, epoch: int, step: int) -> None:
    """The process goes on from a checkpoint, taken when so many epochs and steps were done: what came later goes.

    The changes of the learning rate stay, so that they are applied again at the same steps.
    """
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return
        run.epoch = run.resumed_epoch = epoch
        run.step = run.resumed_step = step
        session.execute(delete(EpochRow).where(EpochRow.run_id == run_id, EpochRow.epoch > epoch))
        session.execute(delete(StepRow).where(StepRow.run_id == run_id, StepRow.step > step))


def pause(database: Database, run_id: str, kept_epoch: int | None = None) -> None:
    """The process has written its checkpoint and ends: the run rests until somebody has it continued.

    It is stopped instead where that was asked for in the last moment.

    ``kept_epoch`` is the epoch whose weights the model has that it leaves, where that need not be the last one.
    """
    now = database.now()
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return
        run.heartbeat_at = now
        run.kept_epoch = kept_epoch
        run.pause_requested = False
        if run.stop_requested:
            run.state, run.finished_at = RunState.STOPPED, now
            return
        run.state = RunState.PAUSED
        run.worked_seconds += run.spell_seconds(now)
        run.process = run.started_at = None


def finish(
    database: Database,
    run_id: str,
    state: RunState,
    message: Message | None = None,
    kept_epoch: int | None = None,
) -> None:
    """The last word of the process: completed, stopped, or failed with a message.

    ``kept_epoch`` is the epoch whose weights the model has, where that need not be the last one.
    """
    now = database.now()
    _change(
        database,
        run_id,
        state=state,
        message=message,
        kept_epoch=kept_epoch,
        heartbeat_at=now,
        finished_at=now,
        pause_requested=False,
    )


def _change(database: Database, run_id: str, **values: Any) -> None:
    with database.writing() as session:
        session.execute(update(RunRow).where(RunRow.id == run_id, RunRow.state.in_(WORKING_STATES)).values(**values))


def _running(session: Session, run_id: str) -> RunRow | None:
    """The run, kept from others until the transaction ends; none when it is not running (any more)."""
    run = session.get(RunRow, run_id, with_for_update=True)
    return run if run is not None and run.state.is_working else None


def _add_steps(session: Session, run: RunRow, steps: Sequence[StepMetrics]) -> None:
    """Steps that are not kept are not even written, unless they came before their bucket was complete."""
    if not steps:
        return
    width = bucket_width(run.steps_per_epoch and run.steps_per_epoch * run.recipe["training"]["epochs"])
    before = _open_bucket(session, run, width)
    kept = thinned([*before, *steps], width)
    known, kept_steps = {step.step for step in before}, {step.step for step in kept}
    if not known <= kept_steps:
        session.execute(delete(StepRow).where(StepRow.run_id == run.id, StepRow.step.in_(known - kept_steps)))
    rows = [{"run_id": run.id, **_row(step)} for step in kept if step.step not in known]
    if rows:
        session.execute(insert(StepRow), rows)
    run.step = steps[-1].step


def _open_bucket(session: Session, run: RunRow, width: int) -> list[StepMetrics]:
    """The steps that are kept already of the bucket that the next step belongs to."""
    if width == 1:
        return []
    columns = (StepRow.step, StepRow.loss, StepRow.accuracy, StepRow.learning_rate, StepRow.metrics)
    first = run.step // width * width + 1
    statement = select(*columns).where(StepRow.run_id == run.id, StepRow.step >= first).order_by(StepRow.step)
    return [StepMetrics(*row) for row in session.execute(statement)]


def _add_epochs(session: Session, run: RunRow, epochs: Sequence[EpochMetrics]) -> None:
    if not epochs:
        return
    rows = ({"run_id": run.id, **_row(epoch)} for epoch in epochs)
    session.execute(insert(EpochRow), [row if row["step"] is not None else row | {"step": run.step} for row in rows])
    run.epoch = epochs[-1].epoch


def _row(measured: StepMetrics | EpochMetrics) -> dict[str, Any]:
    """As columns; what is no number is null in JSON, which knows no other word for it."""
    columns = {each.name: getattr(measured, each.name) for each in fields(measured)}
    known = {name: value if isfinite(value) else None for name, value in measured.metrics.items()}
    return columns | {"metrics": known or None}


def _mark_applied(session: Session, run_id: str, applied: Sequence[RateChange]) -> None:
    for change in applied:
        mine = (RateChangeRow.id == change.id, RateChangeRow.run_id == run_id)
        session.execute(update(RateChangeRow).where(*mine).values(step=change.step))


def _rate_changes(session: Session, run_id: str) -> tuple[RateChange, ...]:
    columns = (RateChangeRow.id, RateChangeRow.learning_rate, RateChangeRow.step)
    statement = select(*columns).where(RateChangeRow.run_id == run_id).order_by(RateChangeRow.id)
    return tuple(RateChange(*row) for row in session.execute(statement))
