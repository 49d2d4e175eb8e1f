"""Runs of the same settings that only chance tells apart: making more of them, their mean and spread, and the band
between their curves."""

from collections.abc import Sequence

import pandas as pd

from core.dataset import store as datasets
from core.runs.admission import admit_series, checked_split
from core.runs.again import with_fresh_seeds
from core.runs.database import Database
from core.runs.overview import Overview
from core.runs.run import Run
from core.runs.series import join
from core.runs.series_kinds import REPEATS, is_of_repeats, new_series
from core.runs.states import RunState
from core.runs.store import get
from core.workspace import Workspace

MOST_SEEDS = 20
BY_CHANCE = ("training.seed", "split.fold")
"""The settings that only chance depends on: which weights come first, in which order the images come, and which share
of them validates."""


def repeat(database: Database, workspace: Workspace, run_id: str, seeds: int) -> list[str]:
    """Queues ``seeds`` runs, 1 or more, of the same recipe and images with seeds that its project has not tried with
    it, and returns their ids. They are one series, to which the run belongs too unless it has one.

    All are queued, or none: RunError when there is no such run, RecipeError where it cannot be trained any more or no
    seed is left, DatasetError where its images are gone, OSError where there is no room for the folders.
    """
    run = get(database, run_id)
    recipes = with_fresh_seeds(database, run, seeds)
    dataset = datasets.load(workspace.datasets, run.dataset_id)
    assignment = checked_split(run.recipe, dataset)
    series = _series_for(database, run)
    return admit_series(database, workspace, recipes, dataset, assignment, run.project_id, series)


def _series_for(database: Database, run: Run) -> str:
    """That of the run, if it is one of repeats; else a new one, which is that of the run too unless it has another."""
    if run.series is not None and is_of_repeats(run.series):
        return run.series
    fresh = new_series(REPEATS)
    return fresh if run.series is not None else join(database, run.id, fresh)


def repeats_of(table: Overview) -> pd.Series:
    """For each completed run, by its id, the number of its group: the same for runs on the same images whose recipes
    differ in nothing but `BY_CHANCE`.

    Without runs whose learning rate was changed by hand. Where two have equal recipes, they are one and the same
    repeat, and only the newer one counts.
    """
    is_whole = (table.runs["state"] == RunState.COMPLETED) & ~table.runs["is_steered"]
    settings = table.settings[is_whole].assign(dataset_id=table.runs["dataset_id"])
    settings = settings[~settings.astype(str).duplicated()]
    fixed = settings.drop(columns=list(BY_CHANCE), errors="ignore").astype(str)
    numbers: dict[tuple[str, ...], int] = {}
    groups = [numbers.setdefault(row, len(numbers)) for row in fixed.itertuples(index=False, name=None)]
    return pd.Series(groups, index=settings.index, name="group", dtype="int64")


def spreads(table: Overview, figure: str) -> pd.DataFrame:
    """What the repeats of each run reached, indexed by run_id: columns repeats (how many runs, at least 2), mean,
    spread (the sample standard deviation), low and high of their best validation values of ``figure``, a name of
    `core.runs.overview.FIGURES`. Runs without repeats are left out, and of the repeats those that have no value."""
    groups = repeats_of(table)
    values = table.runs[f"val_{figure}"].reindex(groups.index).dropna()
    by_group = values.groupby(groups.reindex(values.index)).agg(["count", "mean", "std", "min", "max"])
    by_group.columns = pd.Index(["repeats", "mean", "spread", "low", "high"])
    of_runs = by_group.reindex(groups.reindex(values.index)).set_axis(values.index)
    return of_runs[of_runs["repeats"] > 1].astype({"repeats": "int64"})


def band(curves: pd.DataFrame) -> pd.DataFrame:
    """The curve between which those of several runs lie: columns epoch, mean, low, high and runs (how many).

    ``curves`` has a row per run and epoch, with the columns run_id, epoch and value. The band ends where the first of
    the runs does: beyond, its mean would move because a run is missing.
    """
    runs = curves["run_id"].nunique()
    by_epoch = curves.groupby("epoch")["value"].agg(["mean", "min", "max", "count"]).reset_index()
    by_epoch.columns = pd.Index(["epoch", "mean", "low", "high", "runs"])
    return by_epoch[by_epoch["runs"] == runs].reset_index(drop=True)


def members(groups: pd.Series, run_id: str) -> Sequence[str]:
    """The ids of the run's repeats, itself among them; it alone where it has none. ``groups`` as of `repeats_of`."""
    if run_id not in groups.index:
        return [run_id]
    return groups.index[groups == groups[run_id]].tolist()
