"""How often a sealed test set was opened."""

import hashlib
import json

from sqlalchemy import func, select

from core.runs.database import Database
from core.runs.run import no_such_run
from core.runs.tables import OpeningRow, RunRow
from core.runs.version_rows import versions_of_images
from core.split import Split


def record_opening(database: Database, run_id: str, accuracy: float | None, images: int) -> None:
    """Notes that the test set of ``run_id`` was looked at: ``images`` images, this accuracy (none for a regression).

    Raises RunError when there is no such run.
    """
    with database.writing() as session:
        run = session.get(RunRow, run_id)
        if run is None:
            raise no_such_run(run_id)
        session.add(
            OpeningRow(
                run_id=run_id,
                dataset_id=run.dataset_id,
                split_key=_split_key(Split.model_validate_json(json.dumps(run.recipe["split"]))),
                accuracy=accuracy,
                images=images,
                opened_at=database.now(),
            )
        )


def openings(database: Database, dataset_id: str, split: Split) -> int:
    """How often the test set that ``split`` makes of the dataset was opened, by whichever run, also by deleted ones.

    Openings of its versions before and after some edits count too: most of their test images are the same.
    """
    with database.reading() as session:
        datasets = versions_of_images(session, dataset_id)
        statement = select(func.count()).where(
            OpeningRow.dataset_id.in_(datasets), OpeningRow.split_key == _split_key(split)
        )
        return session.scalar(statement) or 0


def _split_key(split: Split) -> str:
    """The same for settings that choose the same test images, whatever the order of their keys: all folds of a split
    are judged on one test set."""
    return hashlib.sha256(json.dumps(split.test_settings, sort_keys=True).encode()).hexdigest()
