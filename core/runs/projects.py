"""Projects: each keeps a dataset, a draft recipe and its runs. Everything is saved as it is made."""

import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import delete as delete_rows
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import ProjectError
from core.message import say
from core.recipe import Recipe, from_content
from core.runs.database import Database
from core.runs.metric_rows import delete_metrics
from core.runs.states import SearchState
from core.runs.tables import ProjectRow, RunRow, SearchRow
from core.runs.version_rows import add_version
from core.workspace import Workspace

LONGEST_NAME = 80


class DraftChangedError(ProjectError):
    """An edit of a draft that somebody else has changed meanwhile."""


class ImagesChangedError(ProjectError):
    """A change of images that somebody else has changed meanwhile."""


@dataclass(frozen=True)
class Project:
    """A project as it stood when it was read. ``id`` is what the URL names; ``draft`` is what the screens edit."""

    id: str
    name: str
    dataset_id: str | None
    draft: Recipe | None
    created_at: datetime
    opened_at: datetime


def create(database: Database, name: str) -> Project:
    """A new, empty project. Raises ProjectError for a name that is empty, too long or taken."""
    return _insert(database, _checked_name(name), dataset_id=None, draft=None)


def all_projects(database: Database) -> list[Project]:
    """All projects, the one opened last first."""
    with database.reading() as session:
        rows = session.scalars(select(ProjectRow).order_by(ProjectRow.opened_at.desc(), ProjectRow.id)).all()
    return [_project(row) for row in rows]


def names(database: Database) -> dict[str, str]:
    """The names of all projects by their ids, the one opened last first; no draft is read for them."""
    rows = database.rows(select(ProjectRow.id, ProjectRow.name).order_by(ProjectRow.opened_at.desc(), ProjectRow.id))
    return {project_id: name for project_id, name in rows}  # noqa: C416 (rows are tuples of any length to mypy)


def get(database: Database, project_id: str) -> Project:
    """The project with that id. Raises ProjectError when there is none."""
    with database.reading() as session:
        return _project(_row(session, project_id))


def touch(database: Database, project_id: str) -> None:
    """Notes that the project was opened now."""
    with database.writing() as session:
        _row(session, project_id).opened_at = database.now()


def rename(database: Database, project_id: str, name: str) -> None:
    """Gives the project another name. Raises ProjectError for a name that is empty, too long or taken by another."""
    name = _checked_name(name)
    try:
        with database.writing() as session:
            _row(session, project_id).name = name
    except IntegrityError as error:
        raise _name_taken(name) from error


def duplicate(database: Database, project_id: str) -> Project:
    """A new project with the same dataset and draft, called "… (copy)"; without the runs and the versions before."""
    original = get(database, project_id)
    taken = set(names(database).values())
    name = next(copy for copy in _copy_names(original.name) if copy not in taken)
    return _insert(database, name, original.dataset_id, original.draft)


def delete(database: Database, workspace: Workspace, project_id: str) -> None:
    """Deletes the project with its runs, their folders and its searches; its dataset stays, since it may be used
    elsewhere.

    Raises ProjectError while a run of it is queued, running or paused, or a search of it is worked on or about to be.
    """
    with database.reading() as session:
        run_ids = _finished_runs(session, project_id)
    for run_id in run_ids:
        delete_metrics(database, run_id)
    with database.writing() as session:
        run_ids = _finished_runs(session, project_id)
        session.execute(delete_rows(ProjectRow).where(ProjectRow.id == project_id))
    for folder in (*(workspace.runs / run_id for run_id in run_ids), workspace.collection(project_id)):
        shutil.rmtree(folder, ignore_errors=True)


def set_dataset(database: Database, project_id: str, dataset_id: str) -> None:
    """Gives the project a dataset that was registered before, as its newest version."""
    with database.writing() as session:
        add_version(session, _row(session, project_id), dataset_id, None, database.now())


def save_draft(database: Database, project_id: str, recipe: Recipe) -> None:
    """Keeps the recipe that is being edited."""
    with database.writing() as session:
        _row(session, project_id).draft = recipe.model_dump(mode="json")


def replace_draft(database: Database, project_id: str, recipe: Recipe, instead_of: Recipe) -> None:
    """Keeps ``recipe``, an edit of ``instead_of``. Raises DraftChangedError where that is not the draft any more."""
    with database.writing() as session:
        row = session.get(ProjectRow, project_id, with_for_update=True)
        if row is None:
            raise no_such_project(project_id)
        if _project(row).draft != instead_of:
            raise DraftChangedError(
                say(
                    "The project {name} was changed in another tab or window. What is shown now is the newest; make "
                    "your change again.",
                    name=row.name,
                )
            )
        row.draft = recipe.model_dump(mode="json")


def check_has_dataset(project: ProjectRow, dataset_id: str) -> None:
    """Raises ImagesChangedError where the project has another dataset than ``dataset_id``, which a person saw."""
    if project.dataset_id != dataset_id:
        raise ImagesChangedError(
            say(
                "The images of {name} were changed in another tab or window. What is shown now is the newest; make "
                "your change again.",
                name=project.name,
            )
        )


def no_such_project(project_id: str) -> ProjectError:
    """The error for a project that does not exist."""
    return ProjectError(say("There is no project {id}. It may have been deleted; choose another one.", id=project_id))


def _row(session: Session, project_id: str) -> ProjectRow:
    row = session.get(ProjectRow, project_id)
    if row is None:
        raise no_such_project(project_id)
    return row


def _finished_runs(session: Session, project_id: str) -> list[str]:
    """The runs of the project. Raises ProjectError where one of them is not finished, or a search that may yet make
    one."""
    project = _row(session, project_id)
    is_searched = or_(SearchRow.state == SearchState.RUNNING, SearchRow.process.is_not(None))
    if session.scalar(select(SearchRow.id).where(SearchRow.project_id == project_id, is_searched).limit(1)):
        raise ProjectError(
            say(
                "The project {name} has a search that is not finished. Stop it first, then delete the project.",
                name=project.name,
            )
        )
    runs = session.execute(select(RunRow.id, RunRow.state).where(RunRow.project_id == project_id)).all()
    if any(run.state.is_active for run in runs):
        raise ProjectError(
            say(
                "The project {name} has a run that is not finished. Stop it first, then delete the project.",
                name=project.name,
            )
        )
    return [run.id for run in runs]


def _project(row: ProjectRow) -> Project:
    draft = None if row.draft is None else from_content(row.draft, row.name)
    return Project(row.id, row.name, row.dataset_id, draft, row.created_at, row.opened_at)


def _insert(database: Database, name: str, dataset_id: str | None, draft: Recipe | None) -> Project:
    now = database.now()
    row = ProjectRow(
        id=secrets.token_hex(4),
        name=name,
        draft=draft and draft.model_dump(mode="json"),
        created_at=now,
        opened_at=now,
    )
    try:
        with database.writing() as session:
            session.add(row)
            session.flush()  # a name that is taken fails here, before anything refers to the project
            if dataset_id is not None:
                add_version(session, row, dataset_id, None, now)
    except IntegrityError as error:
        raise _name_taken(name) from error
    return _project(row)


def _checked_name(name: str) -> str:
    """The name without space around it, its accents and syllables composed."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise ProjectError(
            say("The project needs a name. Give it one of up to {longest} characters.", longest=LONGEST_NAME)
        )
    if len(name) > LONGEST_NAME:
        raise ProjectError(
            say(
                "The name of the project has {length} characters; {longest} fit. Shorten it.",
                length=len(name),
                longest=LONGEST_NAME,
            )
        )
    return name


def _name_taken(name: str) -> ProjectError:
    return ProjectError(say("There is a project called {name} already. Choose another name.", name=name))


def _copy_names(name: str) -> Iterator[str]:
    """``name (copy)``, ``name (copy 2)`` and so on, each short enough."""
    for number in count(1):
        ending = " (copy)" if number == 1 else f" (copy {number})"
        yield name[: LONGEST_NAME - len(ending)] + ending
