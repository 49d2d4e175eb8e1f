"""What the trials of a search have reached, as tables for charts and lists."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import optuna
import pandas as pd
from optuna.storages import BaseStorage, get_storage
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy import select

from core.message import Message
from core.runs.database import Database
from core.runs.states import RunState
from core.runs.tables import RunRow
from core.tuning.searches import get
from core.tuning.space import SearchSpace
from core.tuning.storage import has_tables, storage
from core.tuning.study import MESSAGE, RUN_ID
from core.tuning.trial_states import COMPLETE, FAILED, FINISHED, PRUNED, RUNNING

COLUMNS: Final = {
    "number": "int64",
    "state": "str",
    "value": "float64",
    "run_id": "object",
    "run_number": "Int64",
    "run_state": "object",
    "epochs": "int64",
    "reason": "object",
}
"""What is told of each trial besides its parameters."""

STATES: Final = {
    TrialState.WAITING: RUNNING,
    TrialState.RUNNING: RUNNING,
    TrialState.COMPLETE: COMPLETE,
    TrialState.PRUNED: PRUNED,
    TrialState.FAIL: FAILED,
}
"""What Optuna's states are called here."""


def trials(database: Database, search_id: str) -> pd.DataFrame:
    """One row per trial in their order: the columns `COLUMNS`, then one per parameter, named by its path.

    ``number`` is from 0, ``state`` one of `core.tuning.trial_states`. ``value`` is the objective's: of a complete
    trial that of the model it left, of a pruned one the last that was reported, else NaN. ``run_id``, ``run_number``
    and ``run_state`` tell of its run (NA where there is none), ``epochs`` how many epochs were done, ``reason`` is a
    `Message` that says why it failed. What a parameter's values are made of several parts stands there as JSON. No rows
    before the search has begun to work. Raises SearchError where there is no such search.
    """
    search = get(database, search_id)
    runs = {row[0]: row[1:] for row in database.rows(_runs_of(search_id))}
    parameters = list(search.space.parameters)
    rows = [_row(trial, runs, parameters) for trial in _trials(database, search_id)]
    return pd.DataFrame(rows, columns=[*COLUMNS, *parameters]).astype(COLUMNS)


def curves(database: Database, search_id: str) -> pd.DataFrame:
    """The objective after each epoch of each trial: number, state, epoch (from 1), value, NaN where it was none.

    A pruned trial ends at the epoch at which it was pruned.
    """
    rows = [
        (trial.number, STATES[trial.state], epoch, value)
        for trial in _trials(database, search_id)
        for epoch, value in sorted(trial.intermediate_values.items())
    ]
    types = {"number": "int64", "state": "str", "epoch": "int64", "value": "float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def finished(database: Database, search_id: str) -> int:
    """How many of the trials that were asked for are done: complete or pruned."""
    return sum(STATES[trial.state] in FINISHED for trial in _trials(database, search_id))


def best_k(table: pd.DataFrame, space: SearchSpace, k: int = 1) -> pd.DataFrame:
    """The ``k`` best complete trials of what `trials` gave, the best first; of equal ones the first to be tried."""
    complete = table[table["state"] == COMPLETE]
    return complete.sort_values("value", ascending=not space.maximizes, kind="stable").head(k)


def best_settings(table: pd.DataFrame, space: SearchSpace, k: int) -> pd.DataFrame:
    """The ``k`` best complete trials that differ in a parameter, as of `best_k`: of those that tried the same values,
    which lists and steps bring about, only the first of them."""
    return best_k(table, space, len(table)).drop_duplicates(list(space.parameters)).head(k)


def best_so_far(table: pd.DataFrame, space: SearchSpace) -> pd.DataFrame:
    """The complete trials of what `trials` gave, in their order: number, value, and best, that of all up to it."""
    complete = table.loc[table["state"] == COMPLETE, ["number", "value"]].reset_index(drop=True)
    best = complete["value"].cummax() if space.maximizes else complete["value"].cummin()
    return complete.assign(best=best)


def load(database: Database, search_id: str) -> optuna.Study | None:
    """Optuna's study of the search, to be read; None before the search has begun to work."""
    if not has_tables(database):
        return None
    try:
        return optuna.load_study(study_name=search_id, storage=_storage(database))
    except KeyError:
        return None


@lru_cache(maxsize=2)
def _storage(database: Database) -> BaseStorage:
    """One for all that is read, which remembers trials that have ended: charts ask again and again."""
    return get_storage(storage(database))


def _trials(database: Database, search_id: str) -> Iterable[FrozenTrial]:
    study = load(database, search_id)
    return [] if study is None else study.get_trials(deepcopy=False)


def _runs_of(search_id: str) -> Any:
    return select(RunRow.id, RunRow.number, RunRow.state, RunRow.epoch).where(RunRow.series == search_id)


def _row(trial: FrozenTrial, runs: dict[str, tuple[int, RunState, int]], parameters: Iterable[str]) -> tuple[Any, ...]:
    run_id = trial.user_attrs.get(RUN_ID)
    number, state, epochs = runs.get(run_id or "", (None, None, 0))
    value = trial.value if STATES[trial.state] in FINISHED and trial.value is not None else float("nan")
    told = trial.user_attrs.get(MESSAGE)
    return (
        trial.number,
        STATES[trial.state],
        value,
        run_id if state is not None else None,
        number,
        state,
        epochs,
        None if told is None else Message.from_json(told),
        *(trial.params.get(path) for path in parameters),
    )
