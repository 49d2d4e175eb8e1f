"""Making a run: it gets its folder and its row only when it can be trained."""

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
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
from core.quality.clusters import clusters_of
from core.quality.store import near_clusters
from core.recipe import Recipe, from_content
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.machine import memory_bytes
from core.runs.process import Process
from core.runs.projects import no_such_project
from core.runs.run import locked_row
from core.runs.series_kinds import is_to_be_had
from core.runs.states import ACTIVE_STATES, RunState
from core.runs.tables import ProjectRow, RunRow
from core.split import Assignment, Split, assign, split_problems, write_assignment
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

    The run waits in the queue, unless a run of the same project, recipe and dataset that is in no series waits, runs or
    pauses already: then the id is that one's and nothing is made. Where ``process`` is given, the run is running and
    ``process`` answers for it; it may also search for look-alikes first, which takes decoding all images. Its folder
    holds recipe.yaml and split.csv. Raises RunError for a name that cannot be used, RecipeError for a recipe or a split
    that cannot be trained, DatasetError for a dataset that is not there.
    """
    names = None if name is None else [_checked_name(name)]
    dataset = datasets.load(workspace.datasets, dataset_id)
    assignment = checked_split(recipe, dataset, may_search=process is not None)
    return admit_assigned(database, workspace, recipe, dataset, assignment, project_id, names=names, process=process)


def admit_assigned(
    database: Database,
    workspace: Workspace,
    recipe: Recipe,
    dataset: Dataset,
    assignment: Assignment,
    project_id: str | None,
    *,
    names: Iterable[str] | None = None,
    process: Process | None = None,
    series: str | None = None,
    is_shared: bool = True,
) -> str:
    """As `admit`, for a recipe that was checked and images that are assigned. ``names`` are tried in turn; ``series``
    is that of a new run. Unless ``is_shared``, a run is made also where one like it is to be trained already, which may
    be one that `core.runs.series_kinds.is_to_be_had`."""
    register_dataset(database, dataset)
    now = database.now()
    with new_folder(workspace, names or generated_names(now)) as folder:
        write_recipe(folder, recipe)
        write_assignment(assignment, dataset.images, folder / "split.csv")
        row = new_row(folder.name, recipe, dataset.id, project_id, now)
        row.series = series
        if process is not None:
            row.state, row.process, row.heartbeat_at, row.claimed_at = RunState.RUNNING, process, now, now
        return insert(database, folder, row, is_shared=is_shared)


def admit_series(
    database: Database,
    workspace: Workspace,
    recipes: Sequence[Recipe],
    dataset: Dataset,
    assignment: Assignment,
    project_id: str | None,
    series: str,
) -> list[str]:
    """As `admit_assigned`, a run for each of ``recipes`` on the same parts of the images, in their order: all of them,
    or where anything fails none."""
    register_dataset(database, dataset)
    now = database.now()
    with ExitStack() as folders:
        rows = {}
        for recipe in recipes:
            folder = folders.enter_context(new_folder(workspace, generated_names(now)))
            write_recipe(folder, recipe)
            write_assignment(assignment, dataset.images, folder / "split.csv")
            rows[folder] = new_row(folder.name, recipe, dataset.id, project_id, now)
            rows[folder].series = series
        return _insert_all(database, rows, is_shared=True)


@contextmanager
def new_folder(workspace: Workspace, names: Iterable[str]) -> Iterator[Path]:
    """A folder of the first of ``names`` that is not taken; it goes again when what is done with it fails.

    Making it is what takes the name: nobody else gets it then. Raises RunError where all are taken.
    """
    folder = _first_free(workspace.runs, names)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder)
        raise


def generated_names(now: datetime) -> Iterator[str]:
    """The time in UTC, such as ``20260131-142500``, with a number behind it for more runs in the same second."""
    moment = f"{now:%Y%m%d-%H%M%S}"
    yield moment
    yield from (f"{moment}-{number}" for number in range(2, 10_000))


def write_recipe(folder: Path, recipe: Recipe) -> None:
    """Writes recipe.yaml into the folder of a run."""
    unfinished = folder / ".recipe.yaml.part"
    unfinished.write_text(recipes.dump(recipe), encoding="utf-8")
    unfinished.replace(folder / "recipe.yaml")


def new_row(run_id: str, recipe: Recipe, dataset_id: str, project_id: str | None, now: datetime) -> RunRow:
    """The row of a run that is to wait in the queue; `insert` gives it its number and its place."""
    return RunRow(
        id=run_id,
        project_id=project_id,
        dataset_id=dataset_id,
        recipe=recipe.model_dump(mode="json"),
        state=RunState.QUEUED,
        created_at=now,
    )


def insert(database: Database, folder: Path, row: RunRow, *, is_shared: bool = True) -> str:
    """Keeps a new run, the last in the queue of its project, and returns its id.

    Where it ``is_shared`` and one like it is to be trained already, that one's id is returned and the folder goes: of
    several that press start at once, all get the same run. Raises RunError where the id is taken or the parent gone,
    ProjectError for a project that is not there.
    """
    [run_id] = _insert_all(database, {folder: row}, is_shared=is_shared)
    return run_id


def _insert_all(database: Database, rows: Mapping[Path, RunRow], *, is_shared: bool) -> list[str]:
    """As `insert`, for rows by their folders, which are all kept or none."""
    twins = _insert_or_find(database, rows.values(), is_shared=is_shared)
    for folder, twin in zip(rows, twins, strict=True):
        if twin is not None:
            shutil.rmtree(folder)
    return [twin or row.id for row, twin in zip(rows.values(), twins, strict=True)]


def _insert_or_find(database: Database, rows: Iterable[RunRow], *, is_shared: bool) -> list[str | None]:
    """For each of ``rows`` the run that was there already, if there was."""
    try:
        with database.writing() as session:
            return [_add_or_find(session, row, is_shared=is_shared) for row in rows]
    except IntegrityError as error:
        raise _name_taken(", ".join(row.id for row in rows)) from error


def _add_or_find(session: Session, row: RunRow, *, is_shared: bool) -> str | None:
    if row.project_id is not None:
        _lock_project(session, row.project_id)
    if row.parent_id is not None:
        locked_row(session, row.parent_id)
    twin = _active_twin(session, row) if row.process is None and is_shared else None
    if twin is None:
        row.number, row.position = _next(session, row)
        session.add(row)
        session.flush()
    return twin


def checked_split(recipe: Recipe, dataset: Dataset, *, may_search: bool = False) -> Assignment:
    """How ``recipe`` divides the images of ``dataset``. RecipeError for a recipe or a split that cannot be trained.

    Where look-alikes are to be kept together and are not known yet, they are searched for if that may be: it decodes
    all images, which the web process never does. Otherwise the recipe is refused.
    """
    refuse_errors(recipe.problems(len(dataset.class_names), memory_bytes()))
    clusters = look_alike_clusters(recipe.split, dataset, may_search=may_search)
    assignment = assign(recipe.split, dataset.images, clusters)
    refuse_split(recipe.split, dataset, assignment, clusters)
    return assignment


def look_alike_clusters(split: Split, dataset: Dataset, *, may_search: bool = False) -> np.ndarray | None:
    """The cluster of each image, (images,), where ``split`` keeps look-alikes together and they are known."""
    if split.keep_together != "near":
        return None
    if may_search:
        from core.quality.check import ensure_pairs  # brings SciPy, which other splits do without

        return clusters_of(ensure_pairs(dataset), len(dataset.images))
    return near_clusters(dataset)


def refuse_split(split: Split, dataset: Dataset, assignment: Assignment, clusters: np.ndarray | None) -> None:
    """RecipeError where ``assignment``, which ``split`` made of ``dataset`` with ``clusters``, cannot be trained."""
    images = dataset.images
    refuse_errors(split_problems(assignment, dataset.class_names, images["label"], split, images, clusters))


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


def _first_free(runs: Path, names: Iterable[str]) -> Path:
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


def _name_taken(run_id: str) -> RunError:
    return RunError(say("There is a run called {name} already. Choose another name, or delete that run.", name=run_id))


def _active_twin(session: Session, row: RunRow) -> str | None:
    """A run with an equal recipe that is queued, running or paused, for the same project, dataset and parent, and that
    is to be had for what ``row`` is."""
    statement = (
        select(RunRow.id, RunRow.series, RunRow.recipe)
        .where(
            RunRow.project_id.is_not_distinct_from(row.project_id),
            RunRow.dataset_id == row.dataset_id,
            RunRow.parent_id.is_not_distinct_from(row.parent_id),
            RunRow.state.in_(ACTIVE_STATES),
        )
        .order_by(RunRow.number)
    )
    wanted = from_content(row.recipe, row.id)
    found = (each for each in session.execute(statement) if is_to_be_had(each.series, row.series))
    return next((each.id for each in found if from_content(each.recipe, each.id) == wanted), None)


def _next(session: Session, row: RunRow) -> tuple[int, int]:
    """The number of a new run in its project, and its position behind all that wait."""
    of_project = RunRow.project_id.is_not_distinct_from(row.project_id)
    newest = session.scalar(select(func.max(RunRow.number)).where(of_project))
    last = session.scalar(select(func.max(RunRow.position)).where(RunRow.state == RunState.QUEUED))
    return (newest or 0) + 1, (last or 0) + 1


def _lock_project(session: Session, project_id: str) -> None:
    """Two runs of a project that are made at once must not get the same number."""
    if session.get(ProjectRow, project_id, with_for_update=True) is None:
        raise no_such_project(project_id)
