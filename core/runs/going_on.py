"""Continuing a run that was paused, was stopped, was lost or failed. Where it goes on is in its last checkpoint."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.process import Process
from core.runs.run import locked_row
from core.runs.states import RunState
from core.runs.tables import DecisionRow, EvaluationRow, InspectionRow, RunRow


def go_on(database: Database, run_id: str) -> None:
    """Puts the run at the front of its project's queue. One that is queued or running already stays as it is.

    What was said of its model so far is forgotten, since the model changes; openings of the test set stay. Raises
    RunError for a completed run.
    """
    with database.writing() as session:
        row = locked_row(session, run_id)
        if row.state.is_waiting or row.state.is_working:
            return
        _take_up(session, row, database.now())
        row.state = RunState.QUEUED
        row.position = _front(session, row)
    _forget_answers(database, run_id)


def take_over(database: Database, run_id: str, process: Process) -> None:
    """As `go_on`, past the queue: the run is running in name, and ``process`` answers for it until its worker does.

    Raises RunError also for a run that is queued or running.
    """
    with database.writing() as session:
        row = locked_row(session, run_id)
        _take_up(session, row, database.now())
        row.state = RunState.RUNNING
        row.process = process
        row.heartbeat_at = row.claimed_at = database.now()
    _forget_answers(database, run_id)


def _take_up(session: Session, row: RunRow, now: datetime) -> None:
    """Leaves of the last spell of work what it measured and how long it took."""
    if not row.state.is_resumable:
        raise _not_resumable(row)
    row.worked_seconds += row.spell_seconds(now)
    row.stop_requested = row.pause_requested = False
    row.message = row.process = row.started_at = row.finished_at = None
    row.kept_epoch = row.resumed_epoch = row.resumed_step = None
    for said in (EvaluationRow, DecisionRow):
        session.execute(delete(said).where(said.run_id == row.id))


def _forget_answers(database: Database, run_id: str) -> None:
    """Deletes what was asked of the model. The answers may be many and large, so each goes by itself."""
    of_run = InspectionRow.payload["run_id"].as_string() == run_id
    for (inspection_id,) in database.rows(select(InspectionRow.id).where(of_run)):
        with database.writing() as session:
            session.execute(delete(InspectionRow).where(InspectionRow.id == inspection_id))


def _front(session: Session, row: RunRow) -> int:
    """A place before all runs of its project that wait."""
    first = session.scalar(
        select(func.min(RunRow.position)).where(
            RunRow.project_id.is_not_distinct_from(row.project_id), RunRow.state == RunState.QUEUED, RunRow.id != row.id
        )
    )
    return row.position if first is None else first - 1


def _not_resumable(row: RunRow) -> RunError:
    if row.state.is_active:
        return RunError(say("Run {name} is {state} already.", name=row.id, state=row.state.value))
    return RunError(say("Run {name} is completed, so there is nothing to continue. Train it further.", name=row.id))
