"""What the process of a run tells the database. It is all that core.training needs of it.

Everything is written only while the run is running: one that was given up as lost stays as it is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import Message, say
from core.runs.database import Database
from core.runs.process import Process
from core.runs.run import Run
from core.runs.states import WORKING_STATES, RunState
from core.runs.store import get
from core.runs.tables import EpochRow, RunRow, StepRow


@dataclass(frozen=True)
class StepMetrics:
    """``step`` is counted over the whole run from 1; ``accuracy`` is none for a regression."""

    step: int
    loss: float
    accuracy: float | None


@dataclass(frozen=True)
class EpochMetrics:
    """``epoch`` is counted from 1; ``seconds`` is its duration with validation; no accuracies for a regression."""

    epoch: int
    loss: float
    accuracy: float | None
    val_loss: float
    val_accuracy: float | None
    seconds: float


def begin(database: Database, run_id: str, pid: int) -> Run:
    """The process ``pid`` reports for work on a run that is running in name and waits for its process.

    Raises RunError for a run that is not there, is not running, or has begun already.
    """
    now = database.now()
    with database.writing() as session:
        run = _running(session, run_id)
        has_begun = run is not None and run.started_at is None
        if run is not None and has_begun:
            run.started_at = run.heartbeat_at = now
            run.process = Process.of(pid)
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
    """What is known once the model is built."""
    _change(database, run_id, parameters=parameters, steps_per_epoch=steps_per_epoch)


def heartbeat(database: Database, run_id: str) -> bool:
    """Says that the process lives; returns whether it should stop: as asked, or since the run is no longer its own."""
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return True
        run.heartbeat_at = database.now()
        return run.stop_requested


def record_steps(database: Database, run_id: str, metrics: Sequence[StepMetrics]) -> None:
    """Adds the steps that were done since the last call."""
    if not metrics:
        return
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return
        run.step = metrics[-1].step
        session.execute(insert(StepRow), [{"run_id": run_id, **asdict(step)} for step in metrics])


def record_epoch(database: Database, run_id: str, metrics: EpochMetrics) -> None:
    """Adds the epoch that was just done; record its steps before it."""
    with database.writing() as session:
        run = _running(session, run_id)
        if run is None:
            return
        run.epoch = metrics.epoch
        session.add(EpochRow(run_id=run_id, step=run.step, **asdict(metrics)))


def finish(database: Database, run_id: str, state: RunState, message: Message | None = None) -> None:
    """The last word of the process: completed, stopped, or failed with a message."""
    now = database.now()
    _change(database, run_id, state=state, message=message, heartbeat_at=now, finished_at=now)


def _change(database: Database, run_id: str, **values: Any) -> None:
    with database.writing() as session:
        session.execute(update(RunRow).where(RunRow.id == run_id, RunRow.state.in_(WORKING_STATES)).values(**values))


def _running(session: Session, run_id: str) -> RunRow | None:
    """The run, kept from others until the transaction ends; none when it is not running (any more)."""
    run = session.get(RunRow, run_id, with_for_update=True)
    return run if run is not None and run.state.is_working else None
