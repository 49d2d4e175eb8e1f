"""Beginning a lesson: a project of its own, its sample set, and the search as soon as the images are there.

A process takes the images in and then begins the search, so that nobody has to wait for it with an open screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.errors import LayerlabError, ProjectError
from core.lessons.lesson import Lesson
from core.lessons.lessons import LESSONS
from core.message import say
from core.runs import intakes, projects
from core.runs.database import Database
from core.runs.intakes import Intake
from core.runs.process import python
from core.runs.projects import Project
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow, ProjectRow, SearchRow
from core.tuning import searches
from core.tuning.searches import Search
from core.workspace import Workspace

WORKER = "core.lessons.worker"


@dataclass(frozen=True)
class Begun:
    """A lesson that somebody began: its project and its search."""

    lesson: str
    project_id: str
    project_name: str
    search_id: str


def begin(
    database: Database,
    workspace: Workspace,
    lesson: Lesson,
    guess: str,
    *,
    project_name: str,
    dataset_name: str,
    worker: Sequence[str] | None = None,
) -> Project:
    """Makes the project of a lesson with the recipe as its draft, begins to take in the sample set, and returns at
    once; `begin_search` follows in the process that does so.

    Raises ProjectError for a name that cannot be given to a project, and LayerlabError for a guess that the lesson does
    not have.
    """
    _refuse_unknown(lesson, guess)
    project = projects.create(database, project_name)
    projects.save_draft(database, project.id, lesson.recipe)
    command = [*(worker or python(WORKER)), lesson.name, guess]
    intakes.start(database, workspace, project.id, lesson.sample, dataset_name, command)
    return projects.get(database, project.id)


def begin_search(database: Database, workspace: Workspace, project_id: str, lesson: Lesson, guess: str) -> Search:
    """Begins the search of a lesson in a project that has its images. Call `core.runs.engine.ensure_engine` afterwards.

    Raises what `core.tuning.searches.create` does.
    """
    dataset_id = projects.get(database, project_id).dataset_id
    if dataset_id is None:
        raise ProjectError(say("The project has no images yet. Take them in first."))
    return searches.create(
        database,
        workspace,
        project_id,
        dataset_id,
        lesson.recipe,
        lesson.space,
        trials=lesson.trials,
        lesson=lesson.name,
        guess=guess,
    )


def search_of(database: Database, project_id: str) -> Search | None:
    """The first search of a lesson in the project; None before there is one."""
    found = [search for search in searches.of_project(database, project_id) if search.lesson is not None]
    return found[-1] if found else None


def begun(database: Database) -> list[Begun]:
    """The lessons that were begun and whose projects are there, the newest first."""
    statement = (
        select(SearchRow.lesson, ProjectRow.id, ProjectRow.name, SearchRow.id)
        .join(ProjectRow, ProjectRow.id == SearchRow.project_id)
        .where(SearchRow.lesson.in_(LESSONS))
        .order_by(SearchRow.created_at.desc(), SearchRow.id)
    )
    return [Begun(*row) for row in database.rows(statement)]


def is_given_up(database: Database, intake: Intake) -> bool:
    """Whether the images of a lesson are in, or never will be, and nobody is there any more to begin its search."""
    if not intake.state.is_finished:
        return False
    if intake.state is not IntakeState.COMPLETED:
        return True
    with database.reading() as session:
        row = session.get(IntakeRow, intake.id)
    is_alive = row is not None and row.process is not None and row.process.is_alive
    return not is_alive and search_of(database, intake.project_id) is None


def _refuse_unknown(lesson: Lesson, guess: str) -> None:
    if guess not in lesson.guesses:
        raise LayerlabError(
            say("{guess} is no guess of this lesson; it has {known}.", guess=guess, known=", ".join(lesson.guesses))
        )
