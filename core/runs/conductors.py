"""Which searches need a process, and seeing to it that they have one."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from core.message import Message, say
from core.runs.analyses import ONE_THREAD
from core.runs.database import Database
from core.runs.liveness import SILENCE_SECONDS
from core.runs.process import Process, python, start_detached
from core.runs.requests import request_stop_of_series
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from core.workspace import Workspace

CONDUCTOR = tuple(python("core.tuning.conductor"))
KILL_SECONDS = 3.0
PAUSE_BETWEEN_STARTS = timedelta(seconds=10)
LONG_ENOUGH = timedelta(seconds=60)
"""A process that has lived so long had got over what ended those before it."""
MOST_STARTS = 5
"""How many processes of a search may end early in a row."""

_FINISHED = tuple(state for state in SearchState if state.is_finished)


@dataclass(frozen=True)
class _Start:
    """``number`` counts from 1 those in a row whose process did not live for long."""

    process: Process
    at: datetime
    number: int


class Conductors:
    """Starts a process for each search that needs one and has none. ``command`` is what the id is added to."""

    def __init__(self, workspace: Workspace, database: Database, command: Sequence[str] = CONDUCTOR) -> None:
        self._workspace = workspace
        self._database = database
        self._command = command
        self._starts: dict[str, _Start] = {}

    def look_after(self, now: datetime) -> bool:
        """Starts what is missing, each search at most every ten seconds; says whether any search needs a process.

        A search whose processes end again and again is given up.
        """
        searches = unsettled(self._database)
        self._starts = {search_id: self._starts[search_id] for search_id, *_ in searches if search_id in self._starts}
        for search_id, process, heard_at in searches:
            if not has_worker(process, heard_at, now):
                self._start(search_id, now)
        return bool(searches)

    def _start(self, search_id: str, now: datetime) -> None:
        """Unless one is about to begin, or one has ended so quickly that the next would, too."""
        last = self._starts.get(search_id)
        if last is not None and (last.process.is_alive or now - last.at < PAUSE_BETWEEN_STARTS):
            return
        number = 1 if last is None or now - last.at >= LONG_ENOUGH else last.number + 1
        if number > MOST_STARTS:
            _give_up(self._database, self._workspace, search_id)
            del self._starts[search_id]
            return
        log = self._workspace.logs / "engine.log"
        process = start_detached([*self._command, search_id], self._workspace, log, environment=ONE_THREAD)
        self._starts[search_id] = _Start(process, now, number)


def unsettled(database: Database) -> list[tuple[str, Process | None, datetime | None]]:
    """The searches that run, those that have ended without having finished, and those that rest while there is still a
    process on record for them, which may have left trials behind: id, process and when that was last heard of."""
    is_finishing = and_(SearchRow.state.in_(_FINISHED), SearchRow.finished_at.is_(None))
    statement = select(SearchRow.id, SearchRow.process, SearchRow.heartbeat_at).where(
        or_(SearchRow.state == SearchState.RUNNING, SearchRow.process.is_not(None), is_finishing)
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


def _give_up(database: Database, workspace: Workspace, search_id: str) -> None:
    """A search that runs fails, and further processes are started only to tell its trials. Where those come to nothing
    too, or a search that rests has none, nothing is expected of it any more. Its runs are stopped unless it rests."""
    now = database.now()
    with database.writing() as session:
        row = session.get(SearchRow, search_id, with_for_update=True)
        if row is None or has_worker(row.process, row.heartbeat_at, now):
            return
        row.end_spell(row.heartbeat_at)
        if row.state.is_paused:
            return
        if row.state.is_finished:
            row.finished_at = now
        else:
            row.state, row.message = SearchState.FAILED, _given_up_message(row.message, workspace)
    request_stop_of_series(database, search_id)


def _given_up_message(last: Message | None, workspace: Workspace) -> Message:
    return say(
        "{reason} That happened {count} times in a row. The trials of the search are kept: continue it once the cause "
        "is gone. {log} says more.",
        reason=last or say("The process of the search ended without a word."),
        count=MOST_STARTS,
        log=str(workspace.logs / "engine.log"),
    )
