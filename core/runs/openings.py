"""The record of how often a sealed test set was opened: by whom, for which run, why, and what came out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import say, say_count
from core.problem import Problem, Severity
from core.runs.database import Database
from core.runs.run import no_such_run
from core.runs.tables import OpeningRow, RunRow
from core.runs.version_rows import versions_of_images
from core.split import Assignment, Split

LONGEST_NAME, LONGEST_REASON = 80, 500
_HASH = np.dtype(">u8")
"""The first 8 bytes of a pixel hash tell images apart: of a million, two look the same once in 37 million cases."""


@dataclass(frozen=True)
class Opening:
    """``run_id`` is None where the run was deleted since then; ``run_name`` is what it was called. ``result`` is what
    the evaluation said, None where the opening came to nothing; ``accuracy`` is None for numbers too."""

    run_id: str | None
    run_name: str
    opened_by: str
    reason: str
    accuracy: float | None
    images: int
    result: Mapping[str, Any] | None
    opened_at: datetime


def record_opening(database: Database, run_id: str, pixel_hashes: Sequence[str], *, opened_by: str, reason: str) -> int:
    """Notes that the test set of ``run_id``, whose images have these ``pixel_hashes``, is about to be looked at;
    returns the number of the opening, for `complete_opening`.

    Raises RunError without a name or a reason, where one is too long, and when there is no such run.
    """
    opened_by, reason = opened_by.strip(), reason.strip()
    _check(opened_by, reason)
    with database.writing() as session:
        run = session.get(RunRow, run_id)
        if run is None:
            raise no_such_run(run_id)
        opening = OpeningRow(
            run_id=run_id,
            run_name=run_id,
            dataset_id=run.dataset_id,
            split_key=_split_key(Split.model_validate_json(json.dumps(run.recipe["split"]))),
            opened_by=opened_by,
            reason=reason,
            images=len(pixel_hashes),
            pixel_hashes=_keys(pixel_hashes).tobytes(),
            opened_at=database.now(),
        )
        session.add(opening)
        session.flush()
        return opening.id


def complete_opening(database: Database, opening_id: int, result: Mapping[str, Any]) -> None:
    """Adds to the record what came out, as JSON values."""
    with database.writing() as session:
        opening = session.get_one(OpeningRow, opening_id)
        opening.result = dict(result)
        opening.accuracy = result.get("accuracy")


def openings(database: Database, dataset_id: str, split: Split) -> int:
    """How often the test set that ``split`` makes of the dataset was opened, by whichever run, also by deleted ones.

    Openings of its versions before and after some edits count too: most of their test images are the same.
    """
    with database.reading() as session:
        statement = select(func.count(OpeningRow.id)).where(_of(session, dataset_id, split))
        return session.scalar(statement) or 0


def openings_of(database: Database, dataset_id: str, split: Split) -> list[Opening]:
    """The openings that `openings` counts, the newest first."""
    with database.reading() as session:
        statement = select(OpeningRow).where(_of(session, dataset_id, split)).order_by(OpeningRow.id.desc())
        return [_opening(row) for row in session.scalars(statement)]


def all_openings(database: Database) -> int:
    """How many there are, of all datasets and splits; it only grows."""
    return database.rows(select(func.count(OpeningRow.id)))[0][0]


def were_opened(database: Database, pixel_hashes: Sequence[str]) -> np.ndarray:
    """Whether each image was among the test images of an opening, of whatever dataset and split: bool, (images,)."""
    statement = select(OpeningRow.pixel_hashes).where(OpeningRow.pixel_hashes.is_not(None))
    opened = [np.frombuffer(keys, dtype=_HASH) for (keys,) in database.rows(statement)]
    return np.isin(_keys(pixel_hashes), np.concatenate(opened)) if opened else np.zeros(len(pixel_hashes), dtype=bool)


def moved_problem(database: Database, images: pd.DataFrame, assignment: Assignment) -> Problem | None:
    """A warning where images that were opened as test images before are to train or to validate now; else None.

    ``images``: those of the dataset, with the column pixel_hash.
    """
    opened = were_opened(database, images["pixel_hash"].tolist())
    moved = {part: int((opened & (assignment.parts == part)).sum()) for part in ("train", "validation")}
    if not any(moved.values()):
        return None
    message = say_count(
        "{count} image that was opened as a test image before is now for training ({train:,}) or validation "
        "({validation:,}). What was learned from that opening is in the choices already: do not compare the figures of "
        "the two test sets.",
        "{count:,} images that were opened as test images before are now for training ({train:,}) or validation "
        "({validation:,}). What was learned from that opening is in the choices already: do not compare the figures of "
        "the two test sets.",
        count=sum(moved.values()),
        **moved,
    )
    return Problem(None, message, severity=Severity.WARNING)


def _check(opened_by: str, reason: str) -> None:
    if not opened_by or not reason:
        raise RunError(say("Opening the test set is recorded. Say who opens it, and why."))
    if len(opened_by) > LONGEST_NAME or len(reason) > LONGEST_REASON:
        raise RunError(
            say(
                "The name may have {name} characters and the reason {reason}. Shorten what is longer.",
                name=LONGEST_NAME,
                reason=LONGEST_REASON,
            )
        )


def _of(session: Session, dataset_id: str, split: Split) -> ColumnElement[bool]:
    datasets = versions_of_images(session, dataset_id)
    return OpeningRow.dataset_id.in_(datasets) & (OpeningRow.split_key == _split_key(split))


def _opening(row: OpeningRow) -> Opening:
    return Opening(
        run_id=row.run_id,
        run_name=row.run_name,
        opened_by=row.opened_by,
        reason=row.reason,
        accuracy=row.accuracy,
        images=row.images,
        result=row.result,
        opened_at=row.opened_at,
    )


def _keys(pixel_hashes: Sequence[str]) -> np.ndarray:
    return np.array([int(each[:16], 16) for each in pixel_hashes], dtype=_HASH)


def _split_key(split: Split) -> str:
    """The same for settings that choose the same test images, whatever the order of their keys: all folds of a split
    are judged on one test set."""
    return hashlib.sha256(json.dumps(split.test_settings, sort_keys=True).encode()).hexdigest()
