"""What runs measured, as tables for charts and lists."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import func, select

from core.runs.database import Database
from core.runs.tables import EpochRow, StepRow


def epochs(database: Database, run_id: str) -> pd.DataFrame:
    """One row per epoch: epoch (from 1), loss, accuracy, val_loss, val_accuracy, seconds. Unknown figures are NaN."""
    statement = (
        select(
            EpochRow.epoch,
            EpochRow.loss,
            EpochRow.accuracy,
            EpochRow.val_loss,
            EpochRow.val_accuracy,
            EpochRow.seconds,
        )
        .where(EpochRow.run_id == run_id)
        .order_by(EpochRow.epoch)
    )
    columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"]
    return _table(database.rows(statement), columns, {"epoch": "int64"})


def steps(database: Database, run_id: str) -> pd.DataFrame:
    """One row per recorded step: step (over the whole run, from 1), loss, accuracy. Unknown figures are NaN."""
    statement = (
        select(StepRow.step, StepRow.loss, StepRow.accuracy).where(StepRow.run_id == run_id).order_by(StepRow.step)
    )
    return _table(database.rows(statement), ["step", "loss", "accuracy"], {"step": "int64"})


def best_of(database: Database, run_ids: Sequence[str]) -> pd.DataFrame:
    """The lowest val_loss and the highest val_accuracy of each run, indexed by run_id in the order of ``run_ids``.

    The two may come from different epochs. A run without an epoch has NaN.
    """
    statement = (
        select(EpochRow.run_id, func.min(EpochRow.val_loss), func.max(EpochRow.val_accuracy))
        .where(EpochRow.run_id.in_(run_ids))
        .group_by(EpochRow.run_id)
    )
    table = _table(database.rows(statement), ["run_id", "val_loss", "val_accuracy"], {"run_id": "str"})
    return table.set_index("run_id").reindex(pd.Index(run_ids, name="run_id", dtype="str"))


def _table(rows: list[tuple[object, ...]], columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    """The columns that ``types`` does not name hold figures."""
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "float64") | types)
