"""New runs that take an older one up: the same recipe with another seed, or more epochs from where it ended."""

import shutil
from pathlib import Path

from sqlalchemy import insert, literal, select, update

from core.errors import RunError
from core.message import say
from core.recipe import Recipe, from_content
from core.runs import admission
from core.runs.database import Database
from core.runs.metric_rows import copy_metrics
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.store import enqueue, get, run_folder
from core.runs.tables import RateChangeRow, RunRow
from core.workspace import Workspace

CHECKPOINT = "checkpoint"
"""The folder within that of a run from which it can be continued."""


def repeat(database: Database, workspace: Workspace, run_id: str) -> Run:
    """Queues a run of the same recipe with another seed: one above those that its project has tried with it.

    Raises what `core.runs.store.enqueue` does.
    """
    run = get(database, run_id)
    (recipe,) = with_fresh_seeds(database, run, 1)
    return enqueue(database, workspace, run.project_id, run.dataset_id, recipe)


def with_fresh_seeds(database: Database, run: Run, count: int) -> list[Recipe]:
    """The recipe of ``run`` ``count`` times, with the seeds that follow the highest that its project has tried with it.

    Raises RecipeError where there are not so many.
    """
    statement = select(RunRow.id, RunRow.recipe).where(RunRow.project_id.is_not_distinct_from(run.project_id))
    recipes = [from_content(content, each_id) for each_id, content in database.rows(statement)]
    alike = (each for each in recipes if _with_training(each, seed=0) == _with_training(run.recipe, seed=0))
    first = max(each.training.seed for each in alike) + 1
    return [_with_training(run.recipe, seed=seed) for seed in range(first, first + count)]


def train_further(database: Database, workspace: Workspace, run_id: str, epochs: int) -> Run:
    """Queues a run that begins where the completed run ``run_id`` ended, with all that it had measured.

    It has the same split, and goes on for ``epochs`` epochs. Raises RunError for a run that is not completed or has no
    checkpoint, RecipeError where that makes too many epochs.
    """
    parent = get(database, run_id)
    folder = run_folder(workspace, run_id)
    _refuse_unfit(parent, folder)
    recipe = _with_training(parent.recipe, epochs=parent.epoch + epochs)
    with admission.new_folder(workspace, admission.generated_names(database.now())) as copy:
        admission.write_recipe(copy, recipe)
        shutil.copy2(folder / "split.csv", copy)
        shutil.copytree(folder / CHECKPOINT, copy / CHECKPOINT)
        child_id = admission.insert(database, copy, _child(database, parent, recipe, copy.name))
    if child_id == copy.name:  # and not a run like it that somebody asked for a moment ago
        _copy_history(database, parent.id, child_id)
    return get(database, child_id)


def _refuse_unfit(run: Run, folder: Path) -> None:
    if run.state is not RunState.COMPLETED:
        raise RunError(
            say("Run {name} is {state}, not completed. Continue it instead.", name=run.id, state=run.state.value)
        )
    if not (folder / CHECKPOINT).is_dir():
        raise RunError(
            say("Run {name} has no checkpoint, so it cannot be trained further. Start a new run instead.", name=run.id)
        )


def _with_training(recipe: Recipe, **changes: int) -> Recipe:
    """Checked again: another seed or number of epochs may be out of bounds."""
    content = recipe.model_dump(mode="json")
    return from_content(content | {"training": content["training"] | changes})


def _child(database: Database, parent: Run, recipe: Recipe, run_id: str) -> RunRow:
    """It is paused, so that nobody takes it, until it has the history of its parent."""
    row = admission.new_row(run_id, recipe, parent.dataset_id, parent.project_id, database.now())
    row.state = RunState.PAUSED
    row.parent_id = parent.id
    row.epoch, row.step = parent.epoch, parent.step
    row.steps_per_epoch, row.parameters = parent.steps_per_epoch, parent.parameters
    return row


def _copy_history(database: Database, parent_id: str, child_id: str) -> None:
    columns = (RateChangeRow.learning_rate, RateChangeRow.requested_at, RateChangeRow.step)
    applied = (
        select(literal(child_id), *columns)
        .where(RateChangeRow.run_id == parent_id, RateChangeRow.step.is_not(None))
        .order_by(RateChangeRow.id)
    )
    with database.writing() as session:
        session.execute(insert(RateChangeRow).from_select(["run_id", *(each.key for each in columns)], applied))
    copy_metrics(database, parent_id, child_id)
    with database.writing() as session:
        session.execute(
            update(RunRow).where(RunRow.id == child_id, RunRow.state == RunState.PAUSED).values(state=RunState.QUEUED)
        )
