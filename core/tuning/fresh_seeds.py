"""The best trials of a search trained again with seeds that nobody chose them by."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from core.recipe import Recipe, from_content
from core.runs import repeats
from core.runs.database import Database
from core.runs.run import Run, run_of, select_runs
from core.runs.series_kinds import REPEATS, is_in_series_of
from core.runs.states import ACTIVE_STATES, RunState
from core.runs.tables import RunRow
from core.tuning.figures import Figures
from core.tuning.searches import Search
from core.workspace import Workspace

COLUMNS: Final = {"trial_run": "str", "run_id": "str", "number": "int64", "state": "str", "value": "float64"}


def train_again(database: Database, workspace: Workspace, run_ids: Sequence[str], seeds: int) -> list[str]:
    """Queues ``seeds`` runs for each trial whose run is given, as `core.runs.repeats.repeat` does; returns their ids.

    Raises what that raises; the trials before the one that is refused are queued then.
    """
    return [each for run_id in run_ids for each in repeats.repeat(database, workspace, run_id, seeds)]


def trained_again(database: Database, search: Search, run_ids: Sequence[str]) -> pd.DataFrame:
    """The repeats of the trials whose runs are given: the columns `COLUMNS`, in the order in which they were queued.

    ``trial_run`` is the run of the trial, ``number`` and ``state``, a name of `core.runs.states.RunState`, are the
    repeat's. ``value`` is the objective's, of the model that the repeat left, as for trials; NaN until it is completed.
    The trial itself is none of them, nor is another run with its seed: it was chosen because its value is high. Of
    trials with the same recipe, the repeats are those of the first.
    """
    recipes = _recipes(database, run_ids)
    of_trials: dict[Recipe, str] = {}
    for run_id, recipe in recipes.items():
        of_trials.setdefault(_but_seed(recipe), run_id)
    chosen = set(recipes.values())
    statement = select_runs().where(
        is_in_series_of(REPEATS),
        RunRow.project_id.is_not_distinct_from(search.project_id),
        RunRow.dataset_id == search.dataset_id,
    )
    runs = (run_of(row, seconds) for row, seconds in database.rows(statement.order_by(RunRow.number)))
    rows = [
        (of_trials[alike], run.id, run.number, run.state, _value(database, run, search.space.objective))
        for run in runs
        if (alike := _but_seed(run.recipe)) in of_trials and run.recipe not in chosen
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def compared(best: pd.DataFrame, again: pd.DataFrame) -> pd.DataFrame:
    """What the ``best`` trials, rows of `core.tuning.trials.trials`, reached and what they reach again, in their order.

    The columns number (of the trial), run_id, value (that it was chosen by), asked, done and coming (how many repeats
    there are, have a value, and may still come to one), mean and spread of the values (the sample standard deviation,
    NaN for fewer than two). ``again`` is of `trained_again`.
    """
    of_trials = again.groupby("trial_run")["value"].agg(["size", "count", "mean", "std"])
    of_trials.columns = pd.Index(["asked", "done", "mean", "spread"])
    of_trials["coming"] = again["state"].isin(ACTIVE_STATES).groupby(again["trial_run"]).sum()
    beside = of_trials.reindex(best["run_id"]).reset_index(drop=True)
    counts = beside[["asked", "done", "coming"]].fillna(0).astype("int64")
    return pd.concat(
        [best[["number", "run_id", "value"]].reset_index(drop=True), counts, beside[["mean", "spread"]]], axis="columns"
    )


def _value(database: Database, run: Run, objective: str) -> float:
    if run.state is not RunState.COMPLETED:
        return float("nan")
    value = Figures.of(database, run, objective).of_model
    return float("nan") if value is None or not np.isfinite(value) else value


def _recipes(database: Database, run_ids: Sequence[str]) -> dict[str, Recipe]:
    """Those of the runs that are there, in the order of ``run_ids``."""
    statement = select(RunRow.id, RunRow.recipe).where(RunRow.id.in_(run_ids))
    found = {run_id: from_content(content, run_id) for run_id, content in database.rows(statement)}
    return {run_id: found[run_id] for run_id in run_ids if run_id in found}


def _but_seed(recipe: Recipe) -> Recipe:
    """The recipe with the seed 0: the same for all that differ in it alone."""
    return recipe.model_copy(update={"training": recipe.training.model_copy(update={"seed": 0})})
