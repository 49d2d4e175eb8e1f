"""Runs: put into the queue, read, asked to stop, deleted. What they measured is in history.py."""

import shutil
from pathlib import Path

from sqlalchemy import delete as delete_rows
from sqlalchemy import update

from core.errors import RunError
from core.message import say
from core.recipe import Recipe
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.evaluations import latest_evaluation, save_evaluation
from core.runs.history import best_of, epochs, steps
from core.runs.openings import openings, record_opening
from core.runs.run import Run, no_such_run, run_of, select_runs
from core.runs.states import ACTIVE_STATES, WORKING_STATES, RunState
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
    "openings",
    "record_opening",
    "request_stop",
    "run_folder",
    "save_evaluation",
    "steps",
]


def enqueue(
    database: Database,
    workspace: Workspace,
    project_id: str,
    dataset_id: str,
    recipe: Recipe,
    name: str | None = None,
) -> Run:
    """Puts a run of ``recipe`` at the end of the queue; its id is ``name``, or one made from the time.

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


def request_stop(database: Database, run_id: str) -> None:
    """Takes the run out of the queue, or asks its process to stop at the next batch. A finished run stays as it is."""
    with database.writing() as session:
        session.execute(
            update(RunRow)
            .where(RunRow.id == run_id, RunRow.state == RunState.QUEUED)
            .values(state=RunState.STOPPED, stop_requested=True, finished_at=database.now())
        )
        session.execute(
            update(RunRow).where(RunRow.id == run_id, RunRow.state.in_(WORKING_STATES)).values(stop_requested=True)
        )


def delete(database: Database, workspace: Workspace, run_id: str) -> None:
    """Deletes a finished run with its metrics and its folder. Raises RunError for one not finished, or not there."""
    with database.writing() as session:
        row = session.get(RunRow, run_id)
        if row is None:
            raise no_such_run(run_id)
        if row.state.is_active:
            raise RunError(say("Run {name} is not finished. Stop it before you delete it.", name=run_id))
        session.execute(delete_rows(RunRow).where(RunRow.id == run_id, RunRow.state.not_in(ACTIVE_STATES)))
    shutil.rmtree(run_folder(workspace, run_id), ignore_errors=True)


def run_folder(workspace: Workspace, run_id: str) -> Path:
    """Where the files of a run are."""
    return workspace.runs / run_id
