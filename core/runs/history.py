"""What runs measured, as tables for charts and lists."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from core.runs.database import Database
from core.runs.tables import EpochRow, RateChangeRow, StepRow

_OF_VALIDATION = "val_"


def epochs(database: Database, run_id: str) -> pd.DataFrame:
    """One row per epoch: epoch (from 1), loss, accuracy, val_loss, val_accuracy, then each further metric on the
    training and, with ``val_`` before its name, on the validation images, then learning_rate, images_per_second,
    memory_bytes, seconds. Unknown figures are NaN.
    """
    columns = (
        EpochRow.epoch,
        EpochRow.loss,
        EpochRow.accuracy,
        EpochRow.val_loss,
        EpochRow.val_accuracy,
        EpochRow.metrics,
        EpochRow.learning_rate,
        EpochRow.images_per_second,
        EpochRow.memory_bytes,
        EpochRow.seconds,
    )
    rows = database.rows(select(*columns).where(EpochRow.run_id == run_id).order_by(EpochRow.epoch))
    return _measured(rows, [column.key for column in columns], "epoch")


def steps(database: Database, run_id: str) -> pd.DataFrame:
    """One row per step that is kept: step (over the whole run, from 1), loss, accuracy, each further metric,
    learning_rate. Unknown figures are NaN.
    """
    columns = (StepRow.step, StepRow.loss, StepRow.accuracy, StepRow.metrics, StepRow.learning_rate)
    rows = database.rows(select(*columns).where(StepRow.run_id == run_id).order_by(StepRow.step))
    return _measured(rows, [column.key for column in columns], "step")


def rate_changes(database: Database, run_id: str) -> pd.DataFrame:
    """The learning rates that people asked for, in that order: step (how many were done when it was applied) and
    learning_rate. The step of one that was not applied yet is NaN.
    """
    statement = (
        select(RateChangeRow.step, RateChangeRow.learning_rate)
        .where(RateChangeRow.run_id == run_id)
        .order_by(RateChangeRow.id)
    )
    return _table(database.rows(statement), ["step", "learning_rate"], {})


def best_of(database: Database, run_ids: Sequence[str]) -> pd.DataFrame:
    """The lowest val_loss, the highest val_accuracy and the lowest val_mean_absolute_error of each run, indexed by
    run_id in the order of ``run_ids``.

    They may come from different epochs. What was not measured is NaN.
    """
    absolute_error = EpochRow.metrics["val_mean_absolute_error"].as_float()
    statement = (
        select(EpochRow.run_id, func.min(EpochRow.val_loss), func.max(EpochRow.val_accuracy), func.min(absolute_error))
        .where(EpochRow.run_id.in_(run_ids))
        .group_by(EpochRow.run_id)
    )
    columns = ["run_id", "val_loss", "val_accuracy", "val_mean_absolute_error"]
    table = _table(database.rows(statement), columns, {"run_id": "str"})
    return table.set_index("run_id").reindex(pd.Index(run_ids, name="run_id", dtype="str"))


def _measured(rows: list[tuple[Any, ...]], columns: list[str], count: str) -> pd.DataFrame:
    """``rows`` with a column for each metric in the place of the column ``metrics``."""
    place = columns.index("metrics")
    metrics: list[Mapping[str, float | None]] = [row[place] or {} for row in rows]
    names = _in_pairs(list(dict.fromkeys(name for of_row in metrics for name in of_row)))
    wide = [
        (*row[:place], *(of_row.get(name) for name in names), *row[place + 1 :])
        for row, of_row in zip(rows, metrics, strict=True)
    ]
    return _table(wide, [*columns[:place], *names, *columns[place + 1 :]], {count: "int64"})


def _in_pairs(names: Sequence[str]) -> list[str]:
    """Each metric of validation right behind its like of training."""
    metrics = dict.fromkeys(name.removeprefix(_OF_VALIDATION) for name in names)
    pairs = (pair for name in metrics for pair in (name, _OF_VALIDATION + name))
    return [name for name in pairs if name in names]


def _table(rows: list[tuple[Any, ...]], columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    """The columns that ``types`` does not name hold figures."""
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "float64") | types)
