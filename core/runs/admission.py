"""Making a run: it gets its folder and its row only when it can be trained."""

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import recipe as recipes
from core.architecture.naming import number
from core.dataset import store as datasets
from core.dataset.store import Dataset
from core.errors import RecipeError, RunError
from core.message import Message, say
from core.problem import Problem
from core.recipe import Recipe
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.machine import memory_bytes
from core.runs.process import Process
from core.runs.projects import no_such_project
from core.runs.states import RunState
from core.runs.tables import ProjectRow, RunRow
from core.split import Assignment, assign, split_problems, write_assignment
from core.workspace import Workspace

_NAME = re.compile(r"\w[\w.-]{0,63}")


def admit(
    database: Database,
    workspace: Workspace,
    recipe: Recipe,
    dataset_id: str,
    *,
    project_id: str | None,
    name: str | None,
    process: Process | None = None,
) -> str:
    """Makes a run and returns its id, which is ``name`` or else made from the time.

    The run waits in the queue, or, where ``process`` is given, is running already and ``process`` answers for it. Its
    folder holds recipe.yaml and split.csv. Raises RunError for a name that cannot be used, RecipeError for a recipe or
    a split that cannot be trained, DatasetError for a dataset that is not there.
    """
    if name is not None:
        name = _checked_name(name)
    dataset = datasets.load(workspace.datasets, dataset_id)
    assignment = checked_split(recipe, dataset)
    register_dataset(database, dataset)
    folder = _new_folder(workspace.runs, [name] if name is not None else _generated_names(database.now()))
    try:
        _write_files(folder, recipe, assignment, dataset)
        _insert(database, folder.name, recipe, dataset_id, project_id, process)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder.name


def checked_split(recipe: Recipe, dataset: Dataset) -> Assignment:
    """How ``recipe`` divides the images of ``dataset``. RecipeError for a recipe or a split that cannot be trained."""
    refuse_errors(recipe.problems(len(dataset.class_names), memory_bytes()))
    assignment = assign(recipe.split, dataset.images)
    refuse_errors(split_problems(assignment, dataset.class_names, dataset.images["label"]))
    return assignment


def refuse_errors(problems: Iterable[Problem]) -> None:
    """RecipeError for the first of ``problems`` that forbids training, with its layer."""
    for problem in problems:
        if problem.forbids_training:
            raise RecipeError(_placed(problem))


def _checked_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    if _NAME.fullmatch(name):
        return name
    raise RunError(
        say(
            "A run cannot be called {name}: use 1 to 64 letters, digits, dots, dashes and underscores, and begin with "
            "a letter or a digit.",
            name=repr(name),
        )
    )


def _generated_names(now: datetime) -> Iterator[str]:
    """The time in UTC, such as ``20260131-142500``, with a number behind it for more runs in the same second."""
    moment = f"{now:%Y%m%d-%H%M%S}"
    yield moment
    yield from (f"{moment}-{number}" for number in range(2, 10_000))


def _new_folder(runs: Path, names: Iterable[str]) -> Path:
    """A folder of the first name that is not taken. Making it is what takes the name: nobody else gets it then."""
    runs.mkdir(parents=True, exist_ok=True)
    for name in names:
        try:
            (runs / name).mkdir()
        except FileExistsError:
            continue
        return runs / name
    raise _name_taken(name)


def _placed(problem: Problem) -> Message:
    if problem.place is None:
        return problem.message
    return say("Layer {number}: {problem}", number=number(problem.place), problem=problem.message)


def _write_files(folder: Path, recipe: Recipe, assignment: Assignment, dataset: Dataset) -> None:
    unfinished = folder / ".recipe.yaml.part"
    unfinished.write_text(recipes.dump(recipe), encoding="utf-8")
    unfinished.replace(folder / "recipe.yaml")
    write_assignment(assignment, dataset.images, folder / "split.csv")


def _name_taken(run_id: str) -> RunError:
    return RunError(say("There is a run called {name} already. Choose another name, or delete that run.", name=run_id))


def _insert(
    database: Database, run_id: str, recipe: Recipe, dataset_id: str, project_id: str | None, process: Process | None
) -> None:
    now = database.now()
    try:
        with database.writing() as session:
            if project_id is not None:
                _lock_project(session, project_id)
            newest = select(func.max(RunRow.number)).where(RunRow.project_id.is_not_distinct_from(project_id))
            session.add(
                RunRow(
                    id=run_id,
                    project_id=project_id,
                    number=(session.scalar(newest) or 0) + 1,
                    dataset_id=dataset_id,
                    recipe=recipe.model_dump(mode="json"),
                    state=RunState.QUEUED if process is None else RunState.RUNNING,
                    process=process,
                    created_at=now,
                    heartbeat_at=None if process is None else now,
                )
            )
    except IntegrityError as error:
        raise _name_taken(run_id) from error


def _lock_project(session: Session, project_id: str) -> None:
    """Two runs of a project that are made at once must not get the same number."""
    if session.get(ProjectRow, project_id, with_for_update=True) is None:
        raise no_such_project(project_id)
