"""Which workers have TensorFlow imported and wait for a run, as they say themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.runs.database import Database
from core.runs.process import Process
from core.runs.tables import SpareRow


@dataclass(frozen=True)
class ReadySpare:
    """A worker that is ready for a run since ``ready_at``; ``memory_bytes`` is what it takes while it waits."""

    process: Process
    memory_bytes: int
    ready_at: datetime


def announce(database: Database, process: Process, memory_bytes: int) -> None:
    """``process`` is ready for a run. Said again, the last word counts."""
    with database.writing() as session:
        _delete(session, process)
        session.add(SpareRow(process=process, memory_bytes=memory_bytes, ready_at=database.now()))


def withdraw(database: Database, process: Process) -> None:
    """``process`` has got a run, or ends."""
    with database.writing() as session:
        _delete(session, process)


def ready_spares(database: Database) -> list[ReadySpare]:
    """The workers that wait and live, as far as this machine can tell, the one that waits longest first."""
    return [spare for spare in _announced(database) if _may_live(spare)]


def forget_dead(database: Database) -> None:
    """Withdraws the workers of this machine that ended without a word."""
    for spare in _announced(database):
        if not _may_live(spare):
            withdraw(database, spare.process)


def _announced(database: Database) -> list[ReadySpare]:
    columns = (SpareRow.process, SpareRow.memory_bytes, SpareRow.ready_at)
    return [ReadySpare(*row) for row in database.rows(select(*columns).order_by(SpareRow.ready_at, SpareRow.process))]


def _may_live(spare: ReadySpare) -> bool:
    return spare.process.is_alive or not spare.process.is_here


def _delete(session: Session, process: Process) -> None:
    session.execute(delete(SpareRow).where(SpareRow.process == process))
