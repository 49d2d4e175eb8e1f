"""The process of one intake: ``python -m core.runs.intake_worker ID``."""

import logging
import sys

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
from core.runs.progress_writer import CalledOffError, ProgressWriter
from core.runs.projects import check_has_dataset
from core.runs.states import IntakeState
from core.runs.tables import DatasetRow, IntakeRow, ProjectRow
from core.runs.version_rows import add_version, replaced_by
from core.workspace import Workspace


def work(database: Database, workspace: Workspace, intake_id: str) -> None:
    """Takes in the images of an intake and ends it: completed, cancelled, or failed with a message."""
    intake = get(database, intake_id)
    try:
        base = None if intake.base_id is None else load(workspace.datasets, intake.base_id)
        with progress_writer(database, intake_id) as progress:
            dataset = take_in(_source(intake), workspace.datasets, progress.report, base)
        complete(database, intake_id, dataset)
    except CalledOffError:
        end(database, intake_id, IntakeState.CANCELLED, None)
    except LayerlabError as error:
        end(database, intake_id, IntakeState.FAILED, error.message)
    except Exception:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("Intake %s", intake_id)
        end(database, intake_id, IntakeState.FAILED, _unexpected(workspace))


def complete(database: Database, intake_id: str, dataset: Dataset) -> None:
    """The project gets the dataset as its newest version and, where it has none, a draft; the intake is over and its
    upload is deleted.

    Raises CalledOffError where it was called off, and ImagesChangedError where images were added to a dataset that the
    project has not any more.
    """
    register_dataset(database, dataset)
    with database.writing() as session:
        intake = session.get(IntakeRow, intake_id, with_for_update=True)
        if intake is None or intake.state.is_finished:
            return
        if intake.cancel_requested:
            raise CalledOffError
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


def progress_writer(database: Database, intake_id: str) -> ProgressWriter:
    """Tells the pace besides, while nobody has called the intake off."""
    meter = PaceMeter()

    def tell(seconds: float, done: int, total: int) -> Message | None:
        pace = meter.note(seconds, done, total)
        return None if pace is None else pace.told()

    is_wanted = (IntakeRow.id == intake_id, IntakeRow.state == IntakeState.WORKING, ~IntakeRow.cancel_requested)
    return ProgressWriter(database, IntakeRow, *is_wanted, tell=tell)


def _source(intake: Intake) -> Source:
    source = open_source(intake.source, intake.name or None)
    return source if intake.into_class is None else with_class(source, intake.into_class)


def _change(session: Session, intake: IntakeRow, project: ProjectRow, dataset: Dataset) -> Message:
    if intake.base_id is None and project.dataset_id is not None:
        return replaced_by(intake.name)
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
