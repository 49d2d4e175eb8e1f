"""Ending everything that works in the background of a workspace: the engine, searches, trainings, intakes, analyses."""

import time

from core.runs import analyses, conductors, intakes
from core.runs.database import Database
from core.runs.locks import engine_lock
from core.runs.lost import shut_down_message
from core.runs.process import Process
from core.runs.queue import ActiveRun, active_runs, write_lost
from core.runs.store import request_stop
from core.workspace import Workspace

PATIENCE_SECONDS = 20.0
KILL_SECONDS = 3.0
_POLL_SECONDS = 0.05


def shut_down(workspace: Workspace, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Ends the engine, then asks running trainings to stop and, after ``patience_seconds``, makes them.

    Queued runs stay queued and start when Layerlab does, and searches go on then. End the web process first: it starts
    engines.
    """
    if not workspace.home.exists():
        return
    _end_engine(workspace)
    database = Database.open(workspace)
    conductors.end_all(database)
    for run in _working(database):
        request_stop(database, run.id)
    deadline = time.monotonic() + patience_seconds
    while any(run.process and run.process.is_alive for run in _working(database)) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    for run in _working(database):
        _end_run(database, run)
    intakes.end_all(database)
    analyses.end_all(database)
    database.close()


def _end_engine(workspace: Workspace) -> None:
    """Ends whichever process holds the engine's lock."""
    lock = engine_lock(workspace)
    while not lock.acquire():
        holder = lock.read()
        if holder:
            Process.parse(holder).end(KILL_SECONDS)
        time.sleep(_POLL_SECONDS)
    lock.release()


def _working(database: Database) -> list[ActiveRun]:
    return [run for run in active_runs(database) if run.state.is_working]


def _end_run(database: Database, run: ActiveRun) -> None:
    if run.process is not None:
        run.process.end(KILL_SECONDS)
    write_lost(database, run.id, shut_down_message())
