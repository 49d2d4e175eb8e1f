"""The queue of runs, for those who work it off: the engine, the screens and the command line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.message import Message
from core.recipe import Recipe, from_content
from core.runs.claiming import claim_next
from core.runs.database import Database
from core.runs.fairness import next_waiting, waiting_in_order
from core.runs.process import Process
from core.runs.states import ENGAGED_STATES, RunState
from core.runs.tables import ProjectRow, RunRow


@dataclass(frozen=True)
class WaitingRun:
    """A run in the queue of all projects, where ``place`` is counted from 1. One of the command line has no project."""

    id: str
    project_id: str | None
    project_name: str | None
    number: int
    place: int


@dataclass(frozen=True)
class ActiveRun:
    """What the engine needs to know of a run that is queued or running."""

    id: str
    state: RunState
    process: Process | None
    created_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None

    @property
    def has_begun(self) -> bool:
        """Whether its process has reported for work, or is still importing TensorFlow."""
        return self.started_at is not None

    @property
    def heard_at(self) -> datetime:
        """When there was the last sign of it."""
        return self.heartbeat_at or self.created_at


def active_runs(database: Database) -> list[ActiveRun]:
    """The runs that are queued or running, the oldest first."""
    statement = (
        select(
            RunRow.id,
            RunRow.state,
            RunRow.process,
            RunRow.created_at,
            RunRow.started_at,
            RunRow.heartbeat_at,
        )
        .where(RunRow.state.in_(ENGAGED_STATES))
        .order_by(RunRow.created_at, RunRow.id)
    )
    return [ActiveRun(*row) for row in database.rows(statement)]


def waiting_runs(database: Database) -> list[WaitingRun]:
    """The runs that wait, in the order in which they will be claimed."""
    with database.reading() as session:
        rows = session.execute(waiting_in_order()).all()
        names: dict[str | None, str] = {
            project.id: project.name for project in session.execute(select(ProjectRow.id, ProjectRow.name))
        }
    return [
        WaitingRun(run_id, project_id, names.get(project_id), number, place)
        for place, (run_id, project_id, number) in enumerate(rows, start=1)
    ]


def claim(database: Database, process: Process) -> str | None:
    """Takes the next run out of the queue for ``process`` and returns its id; none where the queue is empty.

    One conditional UPDATE: of several that claim at once, each run goes to one.
    """
    now = database.now()
    return claim_next(
        database,
        RunRow,
        next_waiting(),
        RunState.QUEUED,
        state=RunState.RUNNING,
        process=process,
        heartbeat_at=now,
        claimed_at=now,
    )


def likely_recipe(database: Database) -> Recipe | None:
    """That of the next run in the queue, else the draft that was looked at last; none where there is neither."""
    with database.reading() as session:
        waiting = session.execute(waiting_in_order().limit(1)).first()
        if waiting is not None:
            return from_content(session.get_one(RunRow, waiting[0]).recipe, waiting[0])
        newest = select(ProjectRow.draft).where(ProjectRow.draft.is_not(None)).order_by(ProjectRow.opened_at.desc())
        draft = session.scalar(newest.limit(1))
    return None if draft is None else from_content(draft)


def write_lost(database: Database, run_id: str, message: Message) -> bool:
    """The run becomes lost, dated when it was last heard of. Says whether it was still running."""
    with database.writing() as session:
        run = session.get(RunRow, run_id, with_for_update=True)
        if run is None or not run.state.is_working:
            return False
        run.state = RunState.LOST
        run.message = message
        run.finished_at = run.heartbeat_at
        return True
