"""Checking the images of a dataset in the background, each in a process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.dataset.store import Dataset, load
from core.message import Message, say
from core.quality.store import is_checked
from core.runs.database import Database
from core.runs.liveness import Sign, sign_of_life
from core.runs.process import Process, python, start_detached
from core.runs.states import IntakeState
from core.runs.tables import CheckRow
from core.workspace import Workspace

WORKER = tuple(python("core.runs.check_worker"))
KILL_SECONDS = 3.0


@dataclass(frozen=True)
class Check:
    """A check as it stood when it was read: ``done`` of ``total`` images; 0 of 0 before they are counted.

    ``message`` says why it failed or was lost. What it found is in the dataset's folder, see `core.quality.store`.
    """

    dataset_id: str
    state: IntakeState
    done: int
    total: int
    message: Message | None

    @property
    def progress(self) -> float:
        """The share of the images that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def start(database: Database, workspace: Workspace, dataset_id: str, worker: Sequence[str] = WORKER) -> Check:
    """Begins to check a dataset that was registered, and returns at once.

    Does nothing when it is being checked, or was: two who start it at once start one process. One that failed or was
    lost begins anew. Raises DatasetError when the dataset is not in the workspace.
    """
    dataset = load(workspace.datasets, dataset_id)
    try:
        is_new = _claim(database, dataset)
    except IntegrityError:  # somebody else was quicker
        is_new = False
    if is_new:
        process = start_detached([*worker, dataset_id], workspace, check_log(workspace))
        _set_process(database, dataset_id, process)
    return _get(database, dataset_id)


def state(database: Database, dataset_id: str) -> Check | None:
    """The check of a dataset, made lost first if its process is gone; None when nobody has started one."""
    with database.reading() as session:
        row = session.get(CheckRow, dataset_id)
    if row is None:
        return None
    if _is_given_up(database, row):
        end(database, dataset_id, IntakeState.LOST, _lost_message(), row.process)
        return _get(database, dataset_id)
    return _check(row)


def end_all(database: Database) -> None:
    """Ends every check that is at work; it becomes lost."""
    with database.reading() as session:
        rows = session.scalars(select(CheckRow).where(CheckRow.state == IntakeState.WORKING)).all()
    for row in rows:
        if row.process is not None:
            row.process.end(KILL_SECONDS)
        end(database, row.dataset_id, IntakeState.LOST, _lost_message(), row.process)


def end(
    database: Database,
    dataset_id: str,
    ending: IntakeState,
    message: Message | None,
    process: Process | None,
    images: int | None = None,
) -> None:
    """Ends the check that ``process`` works on, if it still does. ``images`` is how many were checked, if all were."""
    values = {} if images is None else {"done": images, "total": images}
    statement = (
        update(CheckRow)
        .where(CheckRow.dataset_id == dataset_id, CheckRow.state == IntakeState.WORKING, CheckRow.process == process)
        .values(state=ending, message=message, finished_at=database.now(), **values)
    )
    with database.writing() as session:
        session.execute(statement)


def check_log(workspace: Workspace) -> Path:
    """Where the processes of checks write their troubles to."""
    return workspace.logs / "check.log"


def _claim(database: Database, dataset: Dataset) -> bool:
    """Whether the check is to begin now. That the dataset was checked elsewhere, by the command line, counts too."""
    is_known = is_checked(dataset)
    images = len(dataset.images) if is_known else 0
    now = database.now()
    with database.writing() as session:
        row = session.get(CheckRow, dataset.id, with_for_update=True)
        if row is not None and row.state.is_working and not _is_given_up(database, row):
            return False
        if row is None:
            row = CheckRow(dataset_id=dataset.id)
            session.add(row)
        row.state = IntakeState.COMPLETED if is_known else IntakeState.WORKING
        row.done = row.total = images
        row.message = row.process = None
        row.created_at = row.heartbeat_at = now
        row.finished_at = now if is_known else None
    return not is_known


def _set_process(database: Database, dataset_id: str, process: Process) -> None:
    """Unless the process has done so itself."""
    statement = update(CheckRow).where(
        CheckRow.dataset_id == dataset_id, CheckRow.state == IntakeState.WORKING, CheckRow.process.is_(None)
    )
    with database.writing() as session:
        session.execute(statement.values(process=process))


def _get(database: Database, dataset_id: str) -> Check:
    with database.reading() as session:
        return _check(session.get_one(CheckRow, dataset_id))


def _is_given_up(database: Database, row: CheckRow) -> bool:
    return row.state.is_working and sign_of_life(row.process, row.heartbeat_at, database.now()) is not Sign.ALIVE


def _lost_message() -> Message:
    return say("The process that checked the images is gone. Check them again.")


def _check(row: CheckRow) -> Check:
    return Check(row.dataset_id, row.state, row.done, row.total, row.message)
