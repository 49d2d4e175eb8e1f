"""All runs of a project as one table: what they are, what they reached, and in which settings they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, func, select

from core.runs.database import Database
from core.runs.recipe_settings import settings_of
from core.runs.tables import EpochRow, EvaluationRow, RateChangeRow, RunRow

FIGURES = ("accuracy", "mean_absolute_error", "loss")
"""What a run is judged by, the one that people ask for first."""

SHARES = frozenset({"accuracy"})
"""The figures that are best at 1; the others are best at 0."""


@dataclass(frozen=True)
class Overview:
    """Two tables with a row for each run, the newest first, indexed by run_id.

    ``runs`` has the columns number, state (a name of `core.runs.states.RunState`), dataset_id, series, tags (a list),
    note, is_archived, is_steered (somebody changed its learning rate by hand), created_at, seconds (of work),
    parameters, epochs (that are done), kept_epoch, then for each figure of `FIGURES` the best value on the validation
    images as ``val_accuracy``, the first epoch that reached it as ``val_accuracy_epoch``, and, where the test set was
    opened for the run, what it showed as ``test_accuracy``. What there is not is NaN. ``settings`` has a column for
    each setting that any recipe has, named by its path; a cell is None where the recipe has no such setting.
    """

    runs: pd.DataFrame
    settings: pd.DataFrame

    @cached_property
    def differing(self) -> list[str]:
        """The paths of the settings in which the runs differ, in the order of a recipe."""
        return [path for path in self.settings if self.settings[path].nunique(dropna=False) > 1]

    @property
    def leading(self) -> str:
        """The figure of `FIGURES` to judge by: the first that any run has, else the accuracy."""
        return next((name for name in FIGURES if self.runs[f"val_{name}"].notna().any()), FIGURES[0])


def overview(database: Database, project_id: str) -> Overview:
    """The runs of a project as they stand."""
    now = database.now()
    with database.reading() as session:
        rows = session.scalars(
            select(RunRow).where(RunRow.project_id == project_id).order_by(RunRow.number.desc())
        ).all()
        best = session.execute(_best(project_id)).all()
        tests = session.execute(_tests(project_id)).all()
        steered = set(session.scalars(_steered(project_id)))
    ids = pd.Index([row.id for row in rows], name="run_id", dtype="str")
    runs = pd.DataFrame([_told(row, now) for row in rows], columns=_COLUMNS, index=ids).astype(_TYPES)
    runs["is_steered"] = runs.index.isin(steered)
    measured = pd.DataFrame(best, columns=["run_id", *_BEST]).set_index("run_id").astype("float64")
    opened = {run_id: _figures(result) for run_id, result in tests}
    shown = pd.DataFrame.from_dict(opened, orient="index", columns=[f"test_{name}" for name in FIGURES])
    settings = pd.DataFrame([settings_of(row.recipe) for row in rows], index=ids, dtype="object")
    return Overview(
        pd.concat([runs, measured.reindex(ids), shown.astype("float64").reindex(ids)], axis="columns"),
        settings.where(settings.notna(), None),
    )


_COLUMNS = (
    "number",
    "state",
    "dataset_id",
    "series",
    "tags",
    "note",
    "is_archived",
    "created_at",
    "seconds",
    "parameters",
    "epochs",
    "kept_epoch",
)
_TYPES = {"number": "int64", "seconds": "float64", "parameters": "float64", "epochs": "int64", "kept_epoch": "float64"}
_BEST = [f"val_{name}{kind}" for name in FIGURES for kind in ("", "_epoch")]


def _told(row: RunRow, now: datetime) -> tuple[Any, ...]:
    return (
        row.number,
        row.state.value,
        row.dataset_id,
        row.series,
        row.tags,
        row.note,
        row.is_archived,
        row.created_at,
        row.worked_seconds + row.spell_seconds(now),
        row.parameters,
        row.epoch,
        row.kept_epoch,
    )


def _best(project_id: str) -> Select[*tuple[Any, ...]]:
    """For each run with epochs its id, then each figure's best value and the first epoch that has it."""
    values = _values()
    bests = (
        select(
            EpochRow.run_id,
            *((func.max if name in SHARES else func.min)(value).label(name) for name, value in values.items()),
        )
        .join(RunRow, RunRow.id == EpochRow.run_id)
        .where(RunRow.project_id == project_id)
        .group_by(EpochRow.run_id)
        .subquery()
    )
    columns = [
        column
        for name, value in values.items()
        for column in (func.min(bests.c[name]), func.min(case((value == bests.c[name], EpochRow.epoch))))
    ]
    return select(bests.c.run_id, *columns).join(EpochRow, EpochRow.run_id == bests.c.run_id).group_by(bests.c.run_id)


def _tests(project_id: str) -> Select[str, dict[str, Any]]:
    """What each opened test set showed, the last of a run behind those before."""
    return (
        select(EvaluationRow.run_id, EvaluationRow.result)
        .join(RunRow, RunRow.id == EvaluationRow.run_id)
        .where(RunRow.project_id == project_id, EvaluationRow.part == "test")
        .order_by(EvaluationRow.id)
    )


def _steered(project_id: str) -> Select[str]:
    return (
        select(RateChangeRow.run_id)
        .join(RunRow, RunRow.id == RateChangeRow.run_id)
        .where(RunRow.project_id == project_id, RateChangeRow.step.is_not(None))
        .distinct()
    )


def _figures(result: Mapping[str, Any]) -> list[float | None]:
    return [result.get(name) for name in FIGURES]


def validation_curves(database: Database, run_ids: Sequence[str], figure: str) -> pd.DataFrame:
    """What the runs measured on the validation images after each epoch: columns run_id, epoch and value, for a
    ``figure`` of `FIGURES`. Epochs without it are left out."""
    values = _values()[figure]
    statement = (
        select(EpochRow.run_id, EpochRow.epoch, values)
        .where(EpochRow.run_id.in_(run_ids), values.is_not(None))
        .order_by(EpochRow.run_id, EpochRow.epoch)
    )
    return pd.DataFrame(database.rows(statement), columns=["run_id", "epoch", "value"]).astype(
        {"run_id": "str", "epoch": "int64", "value": "float64"}
    )


def _values() -> dict[str, ColumnElement[float]]:
    """Where the figures on the validation images stand."""
    return {
        "accuracy": EpochRow.val_accuracy.expression,
        "mean_absolute_error": EpochRow.metrics["val_mean_absolute_error"].as_float(),
        "loss": EpochRow.val_loss.expression,
    }
