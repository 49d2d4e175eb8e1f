"""The process of one intake: ``python -m core.runs.intake_worker ID``."""

import logging
import os
import sys
import threading
import time
from types import TracebackType
from typing import Self

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.dataset.intake import take_in
from core.dataset.sources import Source, open_source, with_class
from core.dataset.store import Dataset, load
from core.errors import LayerlabError
from core.message import Message, say, say_count
from core.recipe import default_recipe
from core.runs import checks
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.intakes import Intake, discard_upload, end, get, intake_log
from core.runs.pace import PaceMeter
from core.runs.process import Process
from core.runs.projects import check_has_dataset
from core.runs.states import IntakeState
from core.runs.tables import DatasetRow, IntakeRow, ProjectRow
from core.runs.version_rows import add_version
from core.workspace import Workspace

_WRITE_SECONDS = 0.2
_HEARTBEAT_SECONDS = 1.0


class CancelledError(Exception):
    """The person has called the intake off."""


class ProgressWriter:
    """Writes how far and how fast the intake is, from a thread of its own, and finds out whether it is called off.

    Five times a second at most, when it has changed; once a second in any case, so that the process is known to live.
    """

    def __init__(self, database: Database, intake_id: str) -> None:
        self._database = database
        self._intake_id = intake_id
        self._progress = (0, 0)
        self._meter = PaceMeter()
        self._is_cancelled = threading.Event()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write_on, name="progress")

    def report(self, done: int, total: int) -> None:
        """``done`` of ``total`` files; costs nothing. Raises CancelledError when the intake is called off."""
        self._progress = (done, total)
        if self._is_cancelled.is_set():
            raise CancelledError

    def __enter__(self) -> Self:
        self._write(process=Process.of(os.getpid()))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _write_on(self) -> None:
        written, written_at = self._progress, time.monotonic()
        while not self._is_over.wait(_WRITE_SECONDS):
            if self._progress == written and time.monotonic() - written_at < _HEARTBEAT_SECONDS:
                continue
            written, written_at = self._progress, time.monotonic()
            done, total = written
            pace = self._meter.note(written_at, done, total)
            self._write(done=done, total=total, message=pace and pace.told())

    def _write(self, **values: object) -> None:
        """Changes the row of the intake while that is at work."""
        statement = update(IntakeRow).where(IntakeRow.id == self._intake_id, IntakeRow.state == IntakeState.WORKING)
        with self._database.writing() as session:
            written = session.execute(
                statement.values(heartbeat_at=self._database.now(), **values).returning(IntakeRow.cancel_requested)
            )
            if written.scalar() is not False:  # it is called off, or over for another reason
                self._is_cancelled.set()


def work(database: Database, workspace: Workspace, intake_id: str) -> None:
    """Takes in the images of an intake and ends it: completed, cancelled, or failed with a message."""
    intake = get(database, intake_id)
    try:
        base = None if intake.base_id is None else load(workspace.datasets, intake.base_id)
        with ProgressWriter(database, intake_id) as progress:
            dataset = take_in(_source(intake), workspace.datasets, progress.report, base)
        complete(database, intake_id, dataset)
    except CancelledError:
        end(database, intake_id, IntakeState.CANCELLED, None)
    except LayerlabError as error:
        end(database, intake_id, IntakeState.FAILED, error.message)
    except Exception:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("Intake %s", intake_id)
        end(database, intake_id, IntakeState.FAILED, _unexpected(workspace))


def complete(database: Database, intake_id: str, dataset: Dataset) -> None:
    """The project gets the dataset as its newest version and, where it has none, a draft; the intake is over and its
    upload is deleted.

    Raises CancelledError where it was called off, and ImagesChangedError where images were added to a dataset that the
    project has not any more.
    """
    register_dataset(database, dataset)
    with database.writing() as session:
        intake = session.get(IntakeRow, intake_id, with_for_update=True)
        if intake is None or intake.state.is_finished:
            return
        if intake.cancel_requested:
            raise CancelledError
        project = session.get_one(ProjectRow, intake.project_id, with_for_update=True)
        if intake.base_id is not None:
            check_has_dataset(project, intake.base_id)
        add_version(session, project, dataset.id, _change(session, intake, project, dataset), database.now())
        if project.draft is None:
            draft = default_recipe(dataset.image_size, len(dataset.class_names))
            project.draft = draft.model_dump(mode="json")
        files = len(dataset.images) + len(dataset.refused)
        intake.done = intake.total = files
        intake.message = None
        intake.dataset_id = dataset.id
        intake.state = IntakeState.COMPLETED
        intake.finished_at = database.now()
    discard_upload(intake.upload)


def _source(intake: Intake) -> Source:
    source = open_source(intake.source, intake.name or None)
    return source if intake.into_class is None else with_class(source, intake.into_class)


def _change(session: Session, intake: IntakeRow, project: ProjectRow, dataset: Dataset) -> Message:
    if intake.base_id is None and project.dataset_id is not None:
        return say("images replaced by {name}", name=intake.name)
    before = 0 if intake.base_id is None else session.get_one(DatasetRow, intake.base_id).images
    added = len(dataset.images) - before
    return say_count("{count:,} image added", "{count:,} images added", count=added)


def _unexpected(workspace: Workspace) -> Message:
    return say(
        "The images could not be taken in: something went wrong in Layerlab itself. Try again; {log} says what it was.",
        log=str(intake_log(workspace)),
    )


def main() -> None:
    """The command line of this module."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    workspace, intake_id = Workspace.from_environment(), sys.argv[1]
    database = Database.open(workspace)
    work(database, workspace, intake_id)
    dataset_id = get(database, intake_id).dataset_id
    if dataset_id is not None:
        checks.start(database, workspace, dataset_id)


if __name__ == "__main__":
    main()
