"""Ending everything that works in the background of a workspace: the engine, searches, trainings, intakes, analyses."""

import time
from contextlib import suppress
from pathlib import Path

from core.errors import RunError
from core.runs import analyses, conductors, intakes
from core.runs.database import Database
from core.runs.going_on import go_on
from core.runs.locks import FileLock, engine_lock
from core.runs.lost import shut_down_message
from core.runs.process import Process
from core.runs.queue import ActiveRun, active_runs, write_lost
from core.runs.store import get
from core.runs.tables import RunRow, SearchRow
from core.workspace import Workspace

PATIENCE_SECONDS = 20.0
KILL_SECONDS = 3.0
_POLL_SECONDS = 0.05


class ShutdownWatch:
    """Whether Layerlab is shut down while this is kept, for those who start the engine as often as it goes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._last = _last_shutdown(workspace)

    @property
    def has_come(self) -> bool:
        return _last_shutdown(self._workspace) != self._last


def shut_down(workspace: Workspace, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Ends the engine, then asks running trainings to stop and, after ``patience_seconds``, makes them.

    Queued runs stay queued and start when Layerlab does, and searches go on then, with the trials that they had in
    hand. Meanwhile nobody can start an engine. End the web process first: it would start one afterwards.
    """
    if not workspace.home.exists():
        return
    _word(workspace).touch()
    lock = _taken_from_engine(workspace)
    try:
        _end_work(workspace, patience_seconds)
    finally:
        lock.release()


def _end_work(workspace: Workspace, patience_seconds: float) -> None:
    database = Database.open(workspace)
    conductors.end_all(database)
    trials = [run.id for run in _working(database) if _ask_to_end(database, run.id)]
    deadline = time.monotonic() + patience_seconds
    while any(run.process and run.process.is_alive for run in _working(database)) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    ended = [run.id for run in _working(database) if _end_run(database, run)]
    for run_id in trials:
        _queue_again(database, run_id, is_lost=run_id in ended)
    intakes.end_all(database)
    analyses.end_all(database)
    database.close()


def _word(workspace: Workspace) -> Path:
    """The file whose date says when Layerlab was shut down last."""
    return workspace.home / "shut-down"


def _last_shutdown(workspace: Workspace) -> int | None:
    word = _word(workspace)
    return word.stat().st_mtime_ns if word.exists() else None


def _taken_from_engine(workspace: Workspace) -> FileLock:
    """The engine's lock, after the end of whichever process held it."""
    lock = engine_lock(workspace)
    while not lock.acquire():
        holder = lock.read()
        if holder:
            Process.parse(holder).end(KILL_SECONDS)
        time.sleep(_POLL_SECONDS)
    return lock


def _working(database: Database) -> list[ActiveRun]:
    return [run for run in active_runs(database) if run.state.is_working]


def _ask_to_end(database: Database, run_id: str) -> bool:
    """Asks the run to stop, or to pause where a search is to go on with it; says whether it is to be queued again."""
    with database.writing() as session:
        row = session.get(RunRow, run_id, with_for_update=True)
        if row is None or not row.state.is_working or row.pause_requested:
            return False
        search = session.get(SearchRow, row.series) if row.series else None
        goes_on = search is not None and not search.state.is_finished and not row.stop_requested
        row.pause_requested, row.stop_requested = goes_on, not goes_on
        return goes_on


def _end_run(database: Database, run: ActiveRun) -> bool:
    """Says whether it was ended by force."""
    if run.process is not None:
        run.process.end(KILL_SECONDS)
    return write_lost(database, run.id, shut_down_message())


def _queue_again(database: Database, run_id: str, *, is_lost: bool) -> None:
    """A trial goes on from its last checkpoint, unless it has come to its end meanwhile."""
    with suppress(RunError):  # somebody has deleted it
        if is_lost or get(database, run_id).state.is_paused:
            go_on(database, run_id)
