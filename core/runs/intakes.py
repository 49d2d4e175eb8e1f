"""Taking in images in the background, one at a time for each project. Each is a process of its own."""

import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from core.dataset.editing.class_name import checked_class_name
from core.errors import ProjectError
from core.message import Message, say
from core.runs.database import Database
from core.runs.liveness import Sign, sign_of_life
from core.runs.pace import Pace
from core.runs.process import python, start_detached
from core.runs.projects import check_has_dataset, no_such_project
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow, ProjectRow
from core.workspace import COLLECTED, Workspace

WORKER = tuple(python("core.runs.intake_worker"))
KILL_SECONDS = 3.0
CANCEL_SECONDS = 3.0


@dataclass(frozen=True)
class Intake:
    """A taking-in as it stood when it was read: ``done`` of ``total`` files; 0 of 0 before they are counted.

    ``files_per_second`` and ``seconds_left`` are as last measured; None before anything is, and when it is over.
    ``message`` says why it failed or was lost; ``dataset_id`` is what it has made. ``base_id`` is the dataset that the
    images are added to, ``into_class`` the class that they get, if they are.
    """

    id: str
    project_id: str
    source: str
    name: str
    state: IntakeState
    done: int
    total: int
    message: Message | None
    dataset_id: str | None
    created_at: datetime
    base_id: str | None
    into_class: str | None
    files_per_second: float | None
    seconds_left: float | None

    @property
    def progress(self) -> float:
        """The share of the files that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def start(
    database: Database,
    workspace: Workspace,
    project_id: str,
    source: str,
    name: str,
    worker: Sequence[str] = WORKER,
    *,
    base_id: str | None = None,
    into_class: str | None = None,
) -> Intake:
    """Begins to take in ``source`` (an absolute path, or the name of a sample set) for the project and returns at once.

    The dataset will be called ``name``. With ``base_id``, the images are added to those of that dataset, which must
    be the project's, now and in the end; else they replace it. With ``into_class``, they get that class. A source under
    ``uploads/`` of the workspace is deleted in the end. Raises ProjectError while the project takes in other images, or
    when it is not there, and DatasetError for a name that a class cannot have.
    """
    if into_class is not None:
        into_class = checked_class_name(into_class)
    _refuse_second(database, project_id)
    intake_id = _insert(database, workspace, project_id, source, name, base_id, into_class)
    process = start_detached([*worker, intake_id], workspace, intake_log(workspace))
    with database.writing() as session:
        session.execute(update(IntakeRow).where(IntakeRow.id == intake_id).values(process=process))
    return get(database, intake_id)


def get(database: Database, intake_id: str) -> Intake:
    """The intake with that id, which must exist."""
    with database.reading() as session:
        return _intake(session.get_one(IntakeRow, intake_id))


def latest(database: Database, project_id: str) -> Intake | None:
    """The last intake of a project, made lost first if its process is gone; none when there never was one."""
    statement = (
        select(IntakeRow)
        .where(IntakeRow.project_id == project_id)
        .order_by(IntakeRow.created_at.desc(), IntakeRow.id)
        .limit(1)
    )
    with database.reading() as session:
        row = session.scalar(statement)
    if row is None:
        return None
    if not _is_given_up(row, database.now()):
        return _intake(row)
    _end_without_sign(database, row)
    return get(database, row.id)


def cancel(database: Database, intake_id: str, patience_seconds: float = CANCEL_SECONDS) -> Intake:
    """Calls an intake off; one that is over stays as it is. Its upload is deleted, and the project's images stay.

    The process obeys at the next file and tidies up. One that has not after ``patience_seconds`` is made to end.
    """
    with database.writing() as session:
        session.execute(update(IntakeRow).where(IntakeRow.id == intake_id).values(cancel_requested=True))
    deadline = time.monotonic() + patience_seconds
    while not get(database, intake_id).state.is_finished and time.monotonic() < deadline:
        time.sleep(0.05)
    with database.reading() as session:
        row = session.get_one(IntakeRow, intake_id)
    if row.state.is_working and row.process is not None:
        row.process.end(0)
    end(database, intake_id, IntakeState.CANCELLED, None)
    return get(database, intake_id)


def end_all(database: Database) -> None:
    """Ends every intake that is at work; it becomes lost."""
    with database.reading() as session:
        rows = session.scalars(select(IntakeRow).where(IntakeRow.state == IntakeState.WORKING)).all()
    for row in rows:
        if row.process is not None:
            row.process.end(KILL_SECONDS)
        end(database, row.id, IntakeState.LOST, _lost_message())


def end(database: Database, intake_id: str, state: IntakeState, message: Message | None) -> None:
    """Ends an intake that is still at work as failed, lost or cancelled, and gives its upload up."""
    with database.writing() as session:
        row = session.get(IntakeRow, intake_id, with_for_update=True)
        if row is None or row.state.is_finished:
            return
        row.state = state
        row.message = message
        row.finished_at = database.now()
    give_up_upload(row.upload)


def give_up_upload(upload: str | None) -> None:
    """Deletes what was not taken in; but what a person has collected class by class stays for another try."""
    if upload is not None and not Path(upload).name.startswith(COLLECTED):
        discard_upload(upload)


def discard_upload(upload: str | None) -> None:
    """Deletes the folder that the page spooled an upload to."""
    if upload is not None:
        shutil.rmtree(upload, ignore_errors=True)


def intake_log(workspace: Workspace) -> Path:
    """Where the processes of intakes write their troubles to."""
    return workspace.logs / "intake.log"


def _refuse_second(database: Database, project_id: str) -> None:
    previous = latest(database, project_id)
    if previous is not None and previous.state.is_working:
        raise _at_work(previous.name)


def _at_work(name: str) -> ProjectError:
    return ProjectError(
        say("Images of {name} are still being taken in for this project. Wait until they are.", name=name)
    )


def _insert(
    database: Database,
    workspace: Workspace,
    project_id: str,
    source: str,
    name: str,
    base_id: str | None,
    into_class: str | None,
) -> str:
    now = database.now()
    row = IntakeRow(
        id=secrets.token_hex(4),
        project_id=project_id,
        source=source,
        upload=upload_folder(workspace, source),
        name=name,
        state=IntakeState.WORKING,
        created_at=now,
        heartbeat_at=now,
        base_id=base_id,
        into_class=into_class,
    )
    with database.writing() as session:
        project = session.get(ProjectRow, project_id, with_for_update=True)
        if project is None:
            raise no_such_project(project_id)
        if base_id is not None:
            check_has_dataset(project, base_id)
        at_work = select(IntakeRow.name).where(
            IntakeRow.project_id == project_id, IntakeRow.state == IntakeState.WORKING
        )
        name_at_work = session.scalar(at_work.limit(1))
        if name_at_work is not None:  # begun in another tab a moment ago
            raise _at_work(name_at_work)
        session.add(row)
    return row.id


def upload_folder(workspace: Workspace, source: str) -> str | None:
    """``uploads/<token>`` of the workspace where the source is in it: such a folder may be deleted."""
    uploads = workspace.uploads
    path = Path(source).resolve()
    if not path.is_relative_to(uploads) or path == uploads:
        return None
    return str(uploads / path.relative_to(uploads).parts[0])


def _is_given_up(row: IntakeRow, now: datetime) -> bool:
    return row.state.is_working and sign_of_life(row.process, row.heartbeat_at, now) is not Sign.ALIVE


def _end_without_sign(database: Database, row: IntakeRow) -> None:
    """The process may have been ended by `cancel`, whose caller is gone too."""
    if row.cancel_requested:
        end(database, row.id, IntakeState.CANCELLED, None)
    else:
        end(database, row.id, IntakeState.LOST, _lost_message())


def _lost_message() -> Message:
    return say("The process that took in the images is gone, and nothing of them was kept. Take them in again.")


def _intake(row: IntakeRow) -> Intake:
    pace = Pace.told_by(row.message) if row.state.is_working else None
    return Intake(
        id=row.id,
        project_id=row.project_id,
        source=row.source,
        name=row.name,
        state=row.state,
        done=row.done,
        total=row.total,
        message=row.message if row.state.is_finished else None,
        dataset_id=row.dataset_id,
        created_at=row.created_at,
        base_id=row.base_id,
        into_class=row.into_class,
        files_per_second=pace.files_per_second if pace else None,
        seconds_left=pace.seconds_left if pace else None,
    )
