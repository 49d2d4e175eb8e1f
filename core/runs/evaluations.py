"""Judgements of runs, kept so that a reload shows them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.runs.database import Database
from core.runs.run import no_such_run
from core.runs.tables import EvaluationRow, RunRow


@dataclass(frozen=True)
class Evaluation:
    """``result`` is what was found on ``part`` (train, validation or test): plain JSON values."""

    run_id: str
    part: str
    result: Mapping[str, Any]
    created_at: datetime


def save_evaluation(database: Database, run_id: str, part: str, result: Mapping[str, Any]) -> None:
    """Keeps ``result``, which must be made of JSON values without NaN. Raises RunError when there is no such run."""
    with database.writing() as session:
        if session.get(RunRow, run_id) is None:
            raise no_such_run(run_id)
        session.add(EvaluationRow(run_id=run_id, part=part, result=dict(result), created_at=database.now()))


def latest_evaluation(database: Database, run_id: str, part: str) -> Evaluation | None:
    """The last one of ``run_id`` on ``part``; none when it was never judged on it."""
    statement = (
        select(EvaluationRow)
        .where(EvaluationRow.run_id == run_id, EvaluationRow.part == part)
        .order_by(EvaluationRow.id.desc())
        .limit(1)
    )
    with database.reading() as session:
        row = session.scalar(statement)
    return None if row is None else Evaluation(row.run_id, row.part, row.result, row.created_at)
