"""The versions of a project's images: every change is a dataset of its own, and can be undone.

A person changes what they see. Who saw another dataset than the project has, for it was changed in another tab, is told
so instead. Runs keep the dataset that they were made with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.dataset.editing import Edit
from core.dataset.editing import apply as apply_edit
from core.dataset.store import Dataset, load
from core.errors import ProjectError
from core.message import Message, say
from core.runs import intakes
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.projects import check_has_dataset, no_such_project
from core.runs.tables import ProjectRow
from core.runs.version_rows import add_version, ensure_first, versions_of
from core.workspace import Workspace


@dataclass(frozen=True)
class Version:
    """A dataset that a project has, had or, after an undo, could have again.

    ``change`` says what made it from the version before; none where it is not known. One version is the current one.
    """

    number: int
    dataset_id: str
    change: Message | None
    created_at: datetime
    is_current: bool


def apply(database: Database, workspace: Workspace, project_id: str, edit: Edit, instead_of: str) -> Dataset:
    """Makes ``edit`` of the dataset ``instead_of``, which the person saw, and gives the project what comes of it.

    The draft recipe stays as it is, also where it does not fit the number of classes any more. Versions that were
    undone are dropped from the history. Raises ImagesChangedError where the project has another dataset by now,
    ProjectError while images are being taken in, and DatasetError where the edit cannot be made.
    """
    with database.reading() as session:
        check_has_dataset(_project(session, project_id), instead_of)
    _check_nothing_taken_in(database, project_id)
    dataset = apply_edit(edit, load(workspace.datasets, instead_of), workspace.datasets)
    register_dataset(database, dataset)
    with database.writing() as session:
        project = _project(session, project_id, is_for_update=True)
        check_has_dataset(project, instead_of)
        add_version(session, project, dataset.id, edit.message, database.now())
    return dataset


def history(database: Database, project_id: str) -> list[Version]:
    """The versions of a project, the first one first; those after the current one were undone."""
    with database.reading() as session:
        project, rows = _project(session, project_id), versions_of(session, project_id)
    if project.dataset_id is not None and not rows:
        with database.writing() as session:
            project = _project(session, project_id, is_for_update=True)
            ensure_first(session, project)
            rows = versions_of(session, project_id)
    return [
        Version(row.number, row.dataset_id, row.change, row.created_at, row.number == project.version) for row in rows
    ]


def undo(database: Database, project_id: str, instead_of: str) -> str:
    """Goes back from the dataset ``instead_of``, which the person saw, to the version before; returns its dataset's id.

    Raises ImagesChangedError and ProjectError as `apply` does, and ProjectError where there is no version before.
    """
    return _step(database, project_id, instead_of, -1, say("There is no change of the images to undo."))


def redo(database: Database, project_id: str, instead_of: str) -> str:
    """Takes the last `undo` back, under the same conditions."""
    return _step(database, project_id, instead_of, +1, say("There is no change of the images to make again."))


def can_undo(known: Sequence[Version]) -> bool:
    """Whether there is a version before the current one, by the `history`."""
    return bool(known) and not known[0].is_current


def can_redo(known: Sequence[Version]) -> bool:
    """Whether there is a version after the current one, which was undone, by the `history`."""
    return bool(known) and not known[-1].is_current


def _step(database: Database, project_id: str, instead_of: str, step: int, nowhere: Message) -> str:
    _check_nothing_taken_in(database, project_id)
    with database.writing() as session:
        project = _project(session, project_id, is_for_update=True)
        check_has_dataset(project, instead_of)
        datasets = {row.number: row.dataset_id for row in versions_of(session, project_id)}
        if project.version + step not in datasets:
            raise ProjectError(nowhere)
        project.version += step
        project.dataset_id = datasets[project.version]
        return datasets[project.version]


def _project(session: Session, project_id: str, *, is_for_update: bool = False) -> ProjectRow:
    project = session.get(ProjectRow, project_id, with_for_update=is_for_update)
    if project is None:
        raise no_such_project(project_id)
    return project


def _check_nothing_taken_in(database: Database, project_id: str) -> None:
    intake = intakes.latest(database, project_id)
    if intake is not None and intake.state.is_working:
        raise ProjectError(
            say("Images of {name} are being taken in. Change the others when they are there.", name=intake.name)
        )
