"""Whose a search is: at most one process works on it. Every step is one transaction that asks whose it is first."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, update

from core.message import Message
from core.runs.conductors import has_worker
from core.runs.database import Database
from core.runs.process import Process
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from core.tuning.searches import Search, SearchError, get

BETWEEN_SIGNS = timedelta(seconds=5)


def take(database: Database, search_id: str, process: Process) -> bool:
    """Makes the search ``process``'s, unless another one works on it; says whether it did.

    What the one before had worked is added up: it was last heard of when it gave its last sign of life. What that one
    ended by is no longer to be said.
    """
    now = database.now()
    with database.writing() as session:
        row = session.get(SearchRow, search_id, with_for_update=True)
        if row is None or has_worker(row.process, row.heartbeat_at, now):
            return False
        row.end_spell(row.heartbeat_at)
        if row.state.is_working:
            row.message = None
        row.process = process
        row.started_at = row.heartbeat_at = now
        return True


def held(database: Database, search_id: str, process: Process) -> Search | None:
    """The search as it stands, with a sign of life from time to time; None where it is gone or not ``process``'s."""
    try:
        search = get(database, search_id)
    except SearchError:
        return None
    if search.process != process:
        return None
    now = database.now()
    if search.heartbeat_at is None or now - search.heartbeat_at >= BETWEEN_SIGNS:
        _update(database, _is_of(search_id, process), heartbeat_at=now)
    return search


def change(database: Database, search_id: str, process: Process, state: SearchState, message: Message | None) -> bool:
    """Has a search that is running and ``process``'s be ``state`` instead, since ``message``; says whether it did: a
    person may have stopped it before."""
    is_running = (*_is_of(search_id, process), SearchRow.state == SearchState.RUNNING)
    return _update(database, is_running, state=state, message=message)


def release(database: Database, search_id: str, process: Process) -> bool:
    """``process`` has no more to do for the search, which is finished for good then, or rests.

    Says whether that is so: somebody may have had it continued.
    """
    now = database.now()
    with database.writing() as session:
        row = session.get(SearchRow, search_id, with_for_update=True)
        if row is None or row.process != process:
            return True
        if row.state.is_working:
            return False
        row.end_spell(now)
        row.finished_at = now if row.state.is_finished else None
        return True


def _is_of(search_id: str, process: Process) -> tuple[ColumnElement[bool], ...]:
    return SearchRow.id == search_id, SearchRow.process == process


def _update(database: Database, which: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    statement = update(SearchRow).where(*which).values(**values).returning(SearchRow.id)
    with database.writing() as session:
        return session.execute(statement, execution_options={"synchronize_session": False}).first() is not None
