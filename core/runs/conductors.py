"""Which searches need a process, and seeing to it that they have one."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from core.runs.analyses import ONE_THREAD
from core.runs.database import Database
from core.runs.liveness import SILENCE_SECONDS
from core.runs.process import Process, python, start_detached
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from core.workspace import Workspace

CONDUCTOR = tuple(python("core.tuning.conductor"))
KILL_SECONDS = 3.0
PAUSE_BETWEEN_STARTS = timedelta(seconds=10)


class Conductors:
    """Starts a process for each search that needs one and has none. ``command`` is what the id is added to."""

    def __init__(self, workspace: Workspace, database: Database, command: Sequence[str] = CONDUCTOR) -> None:
        self._workspace = workspace
        self._database = database
        self._command = command
        self._started: dict[str, tuple[Process, datetime]] = {}

    def look_after(self, now: datetime) -> bool:
        """Starts what is missing, each search at most every ten seconds; says whether any search needs a process."""
        searches = unsettled(self._database)
        for search_id, process, heard_at in searches:
            if not has_worker(process, heard_at, now) and not self._was_started(search_id, now):
                self._start(search_id, now)
        return bool(searches)

    def _was_started(self, search_id: str, now: datetime) -> bool:
        """Whether one is about to begin, or one has ended so quickly that the next would, too."""
        if search_id not in self._started:
            return False
        process, started_at = self._started[search_id]
        return process.is_alive or now - started_at < PAUSE_BETWEEN_STARTS

    def _start(self, search_id: str, now: datetime) -> None:
        log = self._workspace.logs / "engine.log"
        process = start_detached([*self._command, search_id], self._workspace, log, environment=ONE_THREAD)
        self._started[search_id] = process, now


def unsettled(database: Database) -> list[tuple[str, Process | None, datetime | None]]:
    """The searches that run, and those that have ended or rest while there is still a process on record for them, which
    may have left trials behind: id, process and when that was last heard of."""
    statement = select(SearchRow.id, SearchRow.process, SearchRow.heartbeat_at).where(
        or_(SearchRow.state == SearchState.RUNNING, SearchRow.process.is_not(None))
    )
    return [(search_id, process, heard_at) for search_id, process, heard_at in database.rows(statement)]


def has_worker(process: Process | None, heard_at: datetime | None, now: datetime) -> bool:
    """Whether ``process`` works on its search: judged by itself on this machine, elsewhere by when it was heard of."""
    if process is None:
        return False
    if process.is_here:
        return process.is_alive
    return heard_at is not None and (now - heard_at).total_seconds() <= SILENCE_SECONDS


def end_all(database: Database) -> None:
    """Ends the processes of all searches on this machine; the searches go on when Layerlab does."""
    for _, process, _ in unsettled(database):
        if process is not None and process.pid != os.getpid():
            process.end(KILL_SECONDS)
