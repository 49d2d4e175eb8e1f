"""Judging a run: on the validation images freely, on the test images only by a recorded opening."""

from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd

from core.dataset.store import Dataset, load, pixels
from core.errors import RunError
from core.evaluation.evaluation import Evaluation, judge_answers
from core.evaluation.number_evaluation import NumberEvaluation, judge_numbers
from core.evaluation.predict import predict
from core.message import say
from core.runs import store
from core.runs.database import Database
from core.runs.openings import SealRecord, complete_opening, record_opening, seal_record
from core.runs.run import Run
from core.runs.trained import trained_run
from core.split import PART_TITLES, Assignment, read_assignment
from core.workspace import Workspace

Judged = Evaluation | NumberEvaluation
"""The first of images with classes, the second of images with numbers."""


def evaluate(database: Database, workspace: Workspace, run_id: str) -> Judged:
    """What the model of ``run_id`` answers on its validation images and what that is worth.

    The answers are kept in the run's folder, the figures in the database; an evaluation that was made before is given
    again. Raises RunError for a run that is not there or has no model, and where there are no validation images.
    """
    stored = stored_evaluation(database, workspace, run_id, "validation")
    if stored is not None:
        return stored
    run, rows = _judged_rows(database, workspace, run_id, "validation")
    return _judge(database, workspace, run, rows, "validation", openings=0)


def open_test(database: Database, workspace: Workspace, run_id: str, *, opened_by: str, reason: str) -> Judged:
    """What the model of ``run_id`` answers on the test images: the only way to them.

    The opening is recorded first, so that nobody looks without leaving a trace. Raises RunError as `evaluate` does, and
    without a name or a reason.
    """
    run, rows = _judged_rows(database, workspace, run_id, "test")
    hashes = load(workspace.datasets, run.dataset_id).images["pixel_hash"].iloc[rows].tolist()
    opening = record_opening(database, run_id, hashes, opened_by=opened_by, reason=reason)
    times = seal_record(database, run.dataset_id, run.recipe.split, hashes).count
    evaluation = _judge(database, workspace, run, rows, "test", openings=times)
    complete_opening(database, opening, evaluation.to_json())
    return evaluation


def stored_evaluation(database: Database, workspace: Workspace, run_id: str, part: str) -> Judged | None:
    """The last evaluation of ``run_id`` on ``part``; None where there was none of the model that it has now."""
    path, kept = _path(workspace, run_id, part), store.latest_evaluation(database, run_id, part)
    if not path.exists() or kept is None:
        return None  # a run that was continued since then has another model
    return _read(path, part, kept.result["openings"])


def record_of(database: Database, run: Run, dataset: Dataset, assignment: Assignment) -> SealRecord:
    """What is on record of the test images of ``run``; ``dataset`` and ``assignment`` are its own."""
    hashes = dataset.images["pixel_hash"].iloc[assignment.rows("test")].tolist()
    return seal_record(database, run.dataset_id, run.recipe.split, hashes)


def _judged_rows(database: Database, workspace: Workspace, run_id: str, part: str) -> tuple[Run, np.ndarray]:
    """The run, and the positions of its images of ``part``. RunError where there is no model or no image."""
    run = trained_run(database, run_id)
    rows = read_assignment(store.run_folder(workspace, run_id) / "split.csv").rows(part)
    if not len(rows):
        raise RunError(
            say(
                "Run {run} has no images to judge in: {part}. Choose a split with some.",
                run=run_id,
                part=say(PART_TITLES[part]),
            )
        )
    return run, rows


def _judge(database: Database, workspace: Workspace, run: Run, rows: np.ndarray, part: str, openings: int) -> Judged:
    dataset = load(workspace.datasets, run.dataset_id)
    model = store.run_folder(workspace, run.id) / "model.tflite"
    answers = predict(model, pixels(dataset, run.recipe.image), rows)
    evaluation = _evaluation(answers, rows, dataset, part, openings)
    store.save_evaluation(database, run, part, evaluation.to_json())
    _write(evaluation, _path(workspace, run.id, part))
    return evaluation


def _evaluation(answers: np.ndarray, rows: np.ndarray, dataset: Dataset, part: str, opened: int) -> Judged:
    if dataset.predicts_numbers:
        return judge_numbers(answers, rows, dataset.images, part, opened)
    return judge_answers(answers, rows, dataset.images, dataset.class_names, part, opened)


def _path(workspace: Workspace, run_id: str, part: str) -> Path:
    return store.run_folder(workspace, run_id) / f"evaluation_{part}.parquet"


def _write(evaluation: Judged, path: Path) -> None:
    """The predictions as parquet, each row with its probabilities, and the names of the classes beside them."""
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    table = evaluation.predictions.copy()
    table.attrs["class_names"] = []
    if isinstance(evaluation, Evaluation):
        table["probabilities"] = list(evaluation.probabilities)
        table.attrs["class_names"] = list(evaluation.class_names)
    table.to_parquet(unfinished, index=False)
    unfinished.replace(path)


def _read(path: Path, part: str, opened: int) -> Judged | None:
    table = pd.read_parquet(path)
    class_names = tuple(table.attrs.pop("class_names"))
    if not class_names:
        return NumberEvaluation(part, table, opened)
    if "probabilities" not in table:
        return (
            None  # from before they were kept: the figures are in the record, what is behind them has to be made anew
        )
    return Evaluation(part, class_names, table, np.stack(table.pop("probabilities").to_numpy()), opened)
