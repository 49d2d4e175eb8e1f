"""The process of one intake: ``python -m core.runs.intake_worker ID``."""

import logging
import os
import sys
import threading
import time
from types import TracebackType
from typing import Self

from sqlalchemy import update

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import Message, say
from core.recipe import default_recipe
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.intakes import discard_upload, end_with_trouble, get, intake_log
from core.runs.process import Process
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow, ProjectRow
from core.workspace import Workspace

_WRITE_SECONDS = 0.2
_HEARTBEAT_SECONDS = 1.0


class ProgressWriter:
    """Writes how far the intake is, from a thread of its own.

    Five times a second at most, when it has changed; once a second in any case, so that the process is known to live.
    """

    def __init__(self, database: Database, intake_id: str) -> None:
        self._database = database
        self._intake_id = intake_id
        self._progress = (0, 0)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write_on, name="progress")

    def report(self, done: int, total: int) -> None:
        """``done`` of ``total`` files; costs nothing."""
        self._progress = (done, total)

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
            self._write(done=written[0], total=written[1])

    def _write(self, **values: object) -> None:
        with self._database.writing() as session:
            session.execute(
                update(IntakeRow)
                .where(IntakeRow.id == self._intake_id)
                .values(heartbeat_at=self._database.now(), **values)
            )


def work(database: Database, workspace: Workspace, intake_id: str) -> None:
    """Takes in the images of an intake and ends it: completed, or failed with a message."""
    intake = get(database, intake_id)
    try:
        with ProgressWriter(database, intake_id) as progress:
            dataset = take_in(open_source(intake.source, intake.name or None), workspace.datasets, progress.report)
        complete(database, intake_id, dataset)
    except DatasetError as error:
        end_with_trouble(database, intake_id, IntakeState.FAILED, error.message)
    except Exception:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("Intake %s", intake_id)
        end_with_trouble(database, intake_id, IntakeState.FAILED, _unexpected(workspace))


def complete(database: Database, intake_id: str, dataset: Dataset) -> None:
    """The project gets the dataset and, where it has none, a draft; the intake is over and its upload is deleted."""
    register_dataset(database, dataset)
    with database.writing() as session:
        intake = session.get(IntakeRow, intake_id, with_for_update=True)
        if intake is None or intake.state.is_finished:
            return
        project = session.get_one(ProjectRow, intake.project_id)
        project.dataset_id = dataset.id
        if project.draft is None:
            draft = default_recipe(dataset.image_size, len(dataset.class_names))
            project.draft = draft.model_dump(mode="json")
        files = len(dataset.images) + len(dataset.refused)
        intake.done = intake.total = files
        intake.dataset_id = dataset.id
        intake.state = IntakeState.COMPLETED
        intake.finished_at = database.now()
    discard_upload(intake.upload)


def _unexpected(workspace: Workspace) -> Message:
    return say(
        "The images could not be taken in: something went wrong in Layerlab itself. Try again; {log} says what it was.",
        log=str(intake_log(workspace)),
    )


def main() -> None:
    """The command line of this module."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    workspace = Workspace.from_environment()
    work(Database.open(workspace), workspace, sys.argv[1])


if __name__ == "__main__":
    main()
