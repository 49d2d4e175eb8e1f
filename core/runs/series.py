"""Runs that were started together: one for each fold of a split, judged by the mean and spread of what they reached."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import select, update

from core.dataset import store as datasets
from core.errors import RecipeError
from core.message import say
from core.recipe import Recipe, from_content
from core.runs.admission import admit_assigned, look_alike_clusters, refuse_errors, refuse_split
from core.runs.database import Database
from core.runs.history import epochs
from core.runs.machine import memory_bytes
from core.runs.run import Run, run_of, select_runs
from core.runs.series_kinds import FOLDS, is_in_series_of, new_series
from core.runs.states import ACTIVE_STATES
from core.runs.tables import RunRow
from core.split import assign_folds
from core.workspace import Workspace

_OF_VALIDATION = "val_"


@dataclass(frozen=True)
class SeriesSummary:
    """``folds``: how many the split has. ``finished``: how many of them have a model.

    ``figures``: one row per figure on validation images, with the columns figure (its name, without ``val_``), mean and
    spread (the sample standard deviation, NaN for fewer than two) over the folds that are finished. Folds count alike,
    and a fold whose figure is not a number makes both not a number.
    """

    folds: int
    finished: int
    figures: pd.DataFrame


def enqueue_folds(
    database: Database, workspace: Workspace, recipe: Recipe, dataset_id: str, project_id: str | None
) -> list[str]:
    """Queues a run for each fold of ``recipe.split``, as one series, and returns their ids in the order of the folds.

    While any fold of the same recipe is queued, running or paused for the same project and dataset, its series is the
    one that is meant: then only folds that it lacks are queued. Raises RecipeError for a recipe without folds, or with
    one that cannot be trained, and DatasetError for a dataset that is not there; no fold is queued then.
    """
    if not recipe.split.folds:
        raise RecipeError(say("This split has no folds. Set the number of folds first."))
    dataset = datasets.load(workspace.datasets, dataset_id)
    refuse_errors(recipe.problems(len(dataset.class_names), memory_bytes()))
    clusters = look_alike_clusters(recipe.split, dataset)
    assignments = assign_folds(recipe.split, dataset.images, clusters)
    recipes = [_of_fold(recipe, fold) for fold in range(recipe.split.folds)]
    for each, assignment in zip(recipes, assignments, strict=True):
        refuse_split(each.split, dataset, assignment, clusters)

    series = _series_at_work(database, recipe, dataset_id, project_id) or new_series(FOLDS)
    run_ids = []
    for fold, (each, assignment) in enumerate(zip(recipes, assignments, strict=True)):
        known = {run.recipe.split.fold: run.id for run in runs_of(database, series)}
        run_id = known.get(fold) or admit_assigned(
            database, workspace, each, dataset, assignment, project_id, series=series
        )
        series = join(database, run_id, series)
        run_ids.append(run_id)
    return run_ids


def series_of(database: Database, run_id: str) -> str | None:
    """The series that a run belongs to, if any."""
    rows = database.rows(select(RunRow.series).where(RunRow.id == run_id))
    return rows[0][0] if rows else None


def runs_of(database: Database, series: str) -> list[Run]:
    """The runs of a series in the order of their folds."""
    runs = [run_of(*row) for row in database.rows(select_runs().where(RunRow.series == series).order_by(RunRow.number))]
    return sorted(runs, key=lambda run: run.recipe.split.fold)


def fold_figures(database: Database, series: str) -> pd.DataFrame:
    """One row per run of ``series`` that has a model: run_id, fold, epoch, and the figures of that epoch on validation
    images, such as val_loss.

    The epoch is the one whose weights the model has. Figures that no fold has are left out.
    """
    trained = (run for run in runs_of(database, series) if run.state.is_trained)
    rows = pd.DataFrame([row for run in trained if (row := _kept_figures(database, run))])
    if rows.empty:
        return pd.DataFrame({"run_id": [], "fold": [], "epoch": []})
    return rows.dropna(axis="columns", how="all")


def series_summary(database: Database, series: str) -> SeriesSummary:
    """What the folds of ``series`` reached so far, each with the weights that its model has."""
    table = fold_figures(database, series)
    values = table[_validation_columns(table)].astype("float64")
    figures = pd.DataFrame(
        {
            "figure": [name.removeprefix(_OF_VALIDATION) for name in values],
            "mean": values.mean(skipna=False).to_numpy(),
            "spread": values.std(ddof=1, skipna=False).to_numpy(),
        }
    )
    folds = max((run.recipe.split.folds for run in runs_of(database, series)), default=0)
    return SeriesSummary(folds, finished=len(table), figures=figures)


def _kept_figures(database: Database, run: Run) -> dict[str, Any] | None:
    """None where not one epoch was done."""
    table = epochs(database, run.id)
    if table.empty:
        return None
    of_kept = table[table["epoch"] == run.kept_epoch]
    row = (of_kept if len(of_kept) else table).iloc[-1]
    figures = {name: float(row[name]) for name in _validation_columns(table)}
    return {"run_id": run.id, "fold": run.recipe.split.fold, "epoch": int(row["epoch"]), **figures}


def _validation_columns(table: pd.DataFrame) -> list[str]:
    return [name for name in table.columns if name.startswith(_OF_VALIDATION)]


def _of_fold(recipe: Recipe, fold: int) -> Recipe:
    return recipe.model_copy(update={"split": recipe.split.model_copy(update={"fold": fold})})


def _series_at_work(database: Database, recipe: Recipe, dataset_id: str, project_id: str | None) -> str | None:
    """The series of a run that is active and has the same recipe, whichever its fold."""
    statement = (
        select(RunRow.series, RunRow.id, RunRow.recipe)
        .where(
            RunRow.series.is_not(None),
            is_in_series_of(FOLDS),
            RunRow.project_id.is_not_distinct_from(project_id),
            RunRow.dataset_id == dataset_id,
            RunRow.state.in_(ACTIVE_STATES),
        )
        .order_by(RunRow.number)
    )
    wanted = _of_fold(recipe, 0)
    found = ((series, from_content(content, run_id)) for series, run_id, content in database.rows(statement))
    return next((series for series, each in found if _of_fold(each, 0) == wanted), None)


def join(database: Database, run_id: str, series: str) -> str:
    """The series of the run, which is ``series`` from now on if it had none: somebody may have started it already."""
    with database.writing() as session:
        session.execute(update(RunRow).where(RunRow.id == run_id, RunRow.series.is_(None)).values(series=series))
    return series_of(database, run_id) or series
