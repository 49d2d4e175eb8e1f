"""Runs: put into the queue, read, asked to stop, deleted. What they measured is in history.py."""

import shutil
from pathlib import Path

from sqlalchemy import delete as delete_rows

from core.errors import RunError
from core.message import say
from core.recipe import Recipe
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.evaluations import latest_evaluation, save_evaluation
from core.runs.history import best_of, epochs, steps
from core.runs.metric_rows import delete_metrics
from core.runs.requests import request_stop
from core.runs.run import Run, locked_row, no_such_run, run_of, select_runs
from core.runs.states import RunState
from core.runs.tables import RunRow
from core.workspace import Workspace

__all__ = [
    "Run",
    "best_of",
    "delete",
    "enqueue",
    "epochs",
    "get",
    "latest_evaluation",
    "of_project",
    "request_stop",
    "run_folder",
    "save_evaluation",
    "steps",
]


def enqueue(
    database: Database,
    workspace: Workspace,
    project_id: str | None,
    dataset_id: str,
    recipe: Recipe,
    name: str | None = None,
) -> Run:
    """Puts a run of ``recipe`` at the end of its project's queue; its id is ``name``, or one made from the time.

    Where a run of the project with an equal recipe and the same dataset is queued, running or paused, that one is
    returned instead, unless it is of a series: whoever has started a run may stop it.

    Raises RunError for a name that cannot be used, RecipeError for a recipe or a split that cannot be trained,
    DatasetError for a dataset that is not there.
    """
    return get(database, admit(database, workspace, recipe, dataset_id, project_id=project_id, name=name))


def get(database: Database, run_id: str) -> Run:
    """The run called ``run_id``. Raises RunError when there is none."""
    with database.reading() as session:
        row = session.execute(select_runs().where(RunRow.id == run_id)).one_or_none()
    if row is None:
        raise no_such_run(run_id)
    return run_of(*row)


def of_project(database: Database, project_id: str) -> list[Run]:
    """The runs of a project, the newest first."""
    statement = select_runs().where(RunRow.project_id == project_id).order_by(RunRow.number.desc())
    return [run_of(*row) for row in database.rows(statement)]


def delete(database: Database, workspace: Workspace, run_id: str) -> None:
    """Deletes a finished run with its metrics and its folder. Raises RunError for one not finished, or not there."""
    _refuse_active(get(database, run_id).state, run_id)
    delete_metrics(database, run_id)
    with database.writing() as session:
        row = locked_row(session, run_id)
        _refuse_active(row.state, run_id)
        session.execute(delete_rows(RunRow).where(RunRow.id == run_id))
    shutil.rmtree(run_folder(workspace, run_id), ignore_errors=True)


def _refuse_active(state: RunState, run_id: str) -> None:
    if state.is_active:
        raise RunError(say("Run {name} is not finished. Stop it before you delete it.", name=run_id))


def run_folder(workspace: Workspace, run_id: str) -> Path:
    """Where the files of a run are."""
    return workspace.runs / run_id
