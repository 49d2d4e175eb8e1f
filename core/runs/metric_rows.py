"""The rows that hold what a run measured. They may be many, so they are copied and deleted in short transactions."""

from collections.abc import Callable
from functools import partial
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.runs.database import Database
from core.runs.states import RunState
from core.runs.tables import EpochRow, RunRow, StepRow

ROWS_PER_TURN = 2000
KEYS: dict[type[EpochRow | StepRow], InstrumentedAttribute[int]] = {EpochRow: EpochRow.epoch, StepRow: StepRow.step}
"""The tables, and what counts the rows of a run in each."""


def copy_metrics(database: Database, source_id: str, target_id: str) -> None:
    """Gives the run ``target_id`` the metrics of the other one, for as long as it is paused."""
    for table in KEYS:
        _in_turns(database, partial(_copy_some, table, source_id, target_id))


def delete_metrics(database: Database, run_id: str) -> None:
    """Deletes the metrics of a run, for as long as nobody has it continued."""
    for table in KEYS:
        _in_turns(database, partial(_delete_some, table, run_id))


def _in_turns(database: Database, turn: Callable[[Session], bool]) -> None:
    """Repeats ``turn`` until it finds nothing to do. In between, others get the database for as long as it had it."""
    while True:
        started = perf_counter()
        with database.writing() as session:
            is_done = turn(session)
        if is_done:
            return
        sleep(perf_counter() - started)


def _copy_some(table: type[EpochRow | StepRow], source_id: str, target_id: str, session: Session) -> bool:
    """Copies the rows that follow the last one that the target has; says whether that was all."""
    if session.scalar(select(RunRow.state).where(RunRow.id == target_id)) is not RunState.PAUSED:
        return True
    key = KEYS[table]
    done = session.scalar(select(func.max(key)).where(table.run_id == target_id)) or 0
    rest = select(key).where(table.run_id == source_id, key > done).order_by(key).limit(ROWS_PER_TURN).subquery()
    last = session.scalar(select(func.max(rest.c[0])))
    if last is None:
        return True
    columns: list[Any] = [column for column in table.__table__.columns if column.name != "run_id"]
    rows = select(literal(target_id), *columns).where(table.run_id == source_id, key > done, key <= last)
    session.execute(insert(table).from_select(["run_id", *(column.name for column in columns)], rows))
    return False


def _delete_some(table: type[EpochRow | StepRow], run_id: str, session: Session) -> bool:
    """Deletes the first rows; says whether that was all."""
    state = session.scalar(select(RunRow.state).where(RunRow.id == run_id))
    if state is None or state.is_active:
        return True
    key = KEYS[table]
    first = select(key).where(table.run_id == run_id).order_by(key).limit(ROWS_PER_TURN)
    if session.scalar(select(func.count()).select_from(first.subquery())) == 0:
        return True
    session.execute(delete(table).where(table.run_id == run_id, key.in_(first)))
    return False
