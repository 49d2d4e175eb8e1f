"""Judgements of runs, kept so that a reload shows them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.run import Run, locked_row
from core.runs.states import RunState
from core.runs.tables import EvaluationRow, RunRow

_TRAINED = [state for state in RunState if state.is_trained]


@dataclass(frozen=True)
class Evaluation:
    """``result`` is what was found on ``part`` (train, validation or test): plain JSON values."""

    run_id: str
    part: str
    result: Mapping[str, Any]
    created_at: datetime


def save_evaluation(database: Database, run: Run, part: str, result: Mapping[str, Any]) -> None:
    """Keeps ``result``, which must be made of JSON values without NaN, of the model that ``run`` had when it was read.

    Raises RunError when there is no such run, and where it has gone on since then.
    """
    with database.writing() as session:
        row = locked_row(session, run.id)
        if (row.state, row.finished_at) != (run.state, run.finished_at):
            raise RunError(
                say("Run {run} has gone on while it was judged. Judge it again when it has ended.", run=run.id)
            )
        session.add(EvaluationRow(run_id=run.id, part=part, result=dict(result), created_at=database.now()))


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


def count_judged(database: Database, project_id: str, part: str) -> int:
    """How many runs of the project have a model that was judged on ``part``."""
    statement = (
        select(func.count(EvaluationRow.run_id.distinct()))
        .join(RunRow, RunRow.id == EvaluationRow.run_id)
        .where(RunRow.project_id == project_id, EvaluationRow.part == part, RunRow.state.in_(_TRAINED))
    )
    with database.reading() as session:
        return session.scalar(statement) or 0


def is_any_judged(database: Database, project_id: str) -> bool:
    """Whether a run of the project that has a model was judged, on whichever part."""
    statement = (
        select(EvaluationRow.id)
        .join(RunRow, RunRow.id == EvaluationRow.run_id)
        .where(RunRow.project_id == project_id, RunRow.state.in_(_TRAINED))
        .limit(1)
    )
    return bool(database.rows(statement))
