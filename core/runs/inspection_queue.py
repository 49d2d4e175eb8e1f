"""The queue of inspections, for those who work it off: the engine, and the processes that it hands them to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from core.message import Message
from core.runs.claiming import claim_oldest
from core.runs.database import Database
from core.runs.inspections import Inspection, inspection_of
from core.runs.process import Process
from core.runs.states import ACTIVE_INSPECTION_STATES, InspectionState
from core.runs.tables import InspectionRow


@dataclass(frozen=True)
class OpenInspection:
    """What the engine needs to know of an inspection that waits or that a process has in hand."""

    id: str
    state: InspectionState
    process: Process | None
    started_at: datetime | None

    @property
    def has_begun(self) -> bool:
        """Whether its process works on it, or did so in the end, and is not still importing TensorFlow."""
        return self.started_at is not None


def open_inspections(database: Database, process: Process | None) -> list[OpenInspection]:
    """The inspections that wait, those that are worked on, and the one that ``process`` is not free from yet."""
    is_open: ColumnElement[bool] = InspectionRow.state.in_(ACTIVE_INSPECTION_STATES)
    if process is not None:
        is_open |= InspectionRow.process == process
    statement = (
        select(InspectionRow.id, InspectionRow.state, InspectionRow.process, InspectionRow.started_at)
        .where(is_open)
        .order_by(InspectionRow.created_at, InspectionRow.id)
    )
    return [OpenInspection(*row) for row in database.rows(statement)]


def claim(database: Database, process: Process) -> str | None:
    """Gives the oldest inspection that waits into the hands of ``process`` and returns its id; none where none waits.

    One conditional UPDATE: of several that claim at once, each inspection goes to one.
    """
    return claim_oldest(database, InspectionRow, InspectionState.QUEUED, state=InspectionState.WORKING, process=process)


def begin(database: Database, inspection_id: str) -> Inspection | None:
    """The process that has it in hand begins to work on it; none where it was given up before that."""
    with database.writing() as session:
        row = session.get(InspectionRow, inspection_id, with_for_update=True)
        if row is None or not row.state.is_working:
            return None
        row.started_at = database.now()
        return inspection_of(row)


def finish(database: Database, inspection_id: str, result: Mapping[str, Any], data: bytes | None = None) -> bool:
    """Keeps the answer; ``result`` is made of JSON values without NaN. Says whether it was still worked on."""
    return _end(database, inspection_id, InspectionState.COMPLETED, result=dict(result), data=data)


def fail(database: Database, inspection_id: str, message: Message) -> bool:
    """Ends it without an answer. Says whether it was still worked on."""
    return _end(database, inspection_id, InspectionState.FAILED, message=message)


def release(database: Database, inspection_id: str) -> None:
    """The process that had it in hand is free for other work."""
    with database.writing() as session:
        session.execute(update(InspectionRow).where(InspectionRow.id == inspection_id).values(process=None))


def _end(database: Database, inspection_id: str, state: InspectionState, **answer: Any) -> bool:
    """Only while it is worked on: what was given up stays as it is."""
    statement = (
        update(InspectionRow)
        .where(InspectionRow.id == inspection_id, InspectionRow.state == InspectionState.WORKING)
        .values(state=state, finished_at=database.now(), **answer)
        .returning(InspectionRow.id)
    )
    with database.writing() as session:
        return session.execute(statement).first() is not None
