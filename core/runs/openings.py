"""The record of how often a sealed test set was opened: by whom, for which run, why, and what came out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from core.errors import RunError
from core.message import say, say_count
from core.problem import Problem, Severity
from core.runs.database import Database
from core.runs.run import Run, no_such_run
from core.runs.tables import OpeningRow, RunRow
from core.runs.version_rows import versions_of_images
from core.split import Assignment, Split

LONGEST_NAME, LONGEST_REASON = 80, 500
_HASH = np.dtype(">u8")
"""The first 8 bytes of a pixel hash tell images apart: of a million, two look the same once in 37 million cases."""


@dataclass(frozen=True)
class Opening:
    """``run_id`` is None where the run was deleted since then; ``run_name`` is what it was called. ``result`` is what
    the evaluation said, None where the opening came to nothing; ``accuracy`` is None for numbers too. ``shared`` is how
    many of the test images that are asked about were among its ``images``."""

    run_id: str | None
    run_name: str
    opened_by: str
    reason: str
    accuracy: float | None
    images: int
    result: Mapping[str, Any] | None
    opened_at: datetime
    shared: int

    def is_of(self, run: Run) -> bool:
        """Whether it judged the model that ``run`` has now, and not one from before it went on."""
        return self.run_id == run.id and run.finished_at is not None and self.opened_at >= run.finished_at


@dataclass(frozen=True)
class SealRecord:
    """What is known of a test set of ``images``: the openings of it, the newest first, and those ``elsewhere``, of
    other splits, that showed some of its images, but fewer than half. ``shown_elsewhere`` is how many images those
    showed."""

    images: int
    openings: tuple[Opening, ...]
    elsewhere: tuple[Opening, ...]
    shown_elsewhere: int

    @property
    def count(self) -> int:
        """How often it was opened."""
        return len(self.openings)

    def of(self, run: Run) -> Opening | None:
        """The last opening that found something of the model that ``run`` has now; None while it is sealed for it."""
        return next((each for each in self.openings if each.is_of(run) and each.result is not None), None)


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


def seal_record(database: Database, dataset_id: str, split: Split, pixel_hashes: Sequence[str]) -> SealRecord:
    """What is on record of the test set that ``split`` makes of the dataset, whose images have these ``pixel_hashes``.

    Its images count, not what they are called: an opening by any run, also a deleted one, of any version of the images
    and of any settings of the split, that showed half of them or more, is an opening of this test set. Of openings from
    before images were recorded, those of the same settings and of versions of the same images count.
    """
    keys = _keys(pixel_hashes)
    found = [(row, _shown(row, keys)) for row in _rows(database, dataset_id, split)]
    shown = [(_opening(row, int(is_shown.sum())), is_shown) for row, is_shown in found if is_shown.any()]
    of_this = tuple(opening for opening, _ in shown if 2 * opening.shared >= len(keys))
    others = [(opening, is_shown) for opening, is_shown in shown if 2 * opening.shared < len(keys)]
    shown_elsewhere = int(np.any([is_shown for _, is_shown in others], axis=0).sum()) if others else 0
    return SealRecord(len(keys), of_this, tuple(opening for opening, _ in others), shown_elsewhere)


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


def _rows(database: Database, dataset_id: str, split: Split) -> list[OpeningRow]:
    """The openings that may have shown images of the test set, the newest first."""
    with database.reading() as session:
        is_version = OpeningRow.dataset_id.in_(versions_of_images(session, dataset_id))
        is_same = is_version & (OpeningRow.split_key == _split_key(split))
        statement = select(OpeningRow).where(OpeningRow.pixel_hashes.is_not(None) | is_same)
        return list(session.scalars(statement.order_by(OpeningRow.id.desc())))


def _shown(row: OpeningRow, keys: np.ndarray) -> np.ndarray:
    """Which of the images with these ``keys`` were opened: bool, (images,)."""
    if row.pixel_hashes is None:
        return np.ones(len(keys), dtype=bool)
    return np.isin(keys, np.frombuffer(row.pixel_hashes, dtype=_HASH))


def _opening(row: OpeningRow, shared: int) -> Opening:
    return Opening(
        run_id=row.run_id,
        run_name=row.run_name,
        opened_by=row.opened_by,
        reason=row.reason,
        accuracy=row.accuracy,
        images=row.images,
        result=row.result,
        opened_at=row.opened_at,
        shared=shared,
    )


def _keys(pixel_hashes: Sequence[str]) -> np.ndarray:
    return np.array([int(each[:16], 16) for each in pixel_hashes], dtype=_HASH)


def _split_key(split: Split) -> str:
    """The same for settings that choose the same test images, whatever the order of their keys: all folds of a split
    are judged on one test set."""
    return hashlib.sha256(json.dumps(split.test_settings, sort_keys=True).encode()).hexdigest()
