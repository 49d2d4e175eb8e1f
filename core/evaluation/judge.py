"""Judging a run: on the validation images freely, on the test images only by a recorded opening."""

from pathlib import Path

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
from core.split import PART_TITLES, read_assignment
from core.workspace import Workspace

JUDGED_PARTS = ("validation", "test")

Judged = Evaluation | NumberEvaluation
"""The first of images with classes, the second of images with numbers."""


def evaluate(database: Database, workspace: Workspace, run_id: str, part: str) -> Judged:
    """What the model of ``run_id`` answers on ``part`` (``validation`` or ``test``) and what that is worth.

    The answers are kept in the run's folder, the figures in the database. On ``test`` every call opens the sealed
    test set and is recorded; on ``validation`` an evaluation that was made before is given again. Raises RunError
    for a run that is not there or has no model, and for an empty part.
    """
    stored = stored_evaluation(database, workspace, run_id, part)
    if part == "validation" and stored:
        return stored
    run = store.get(database, run_id)
    if not run.state.is_trained:
        raise RunError(
            say(
                "Run {run} is {state}, so it has no model to judge. Wait until it is completed or stopped.",
                run=run_id,
                state=run.state,
            )
        )
    folder = store.run_folder(workspace, run_id)
    rows = read_assignment(folder / "split.csv").rows(part)
    if not len(rows):
        raise RunError(
            say(
                "Run {run} has no images to judge in: {part}. Choose a split with some.",
                run=run_id,
                part=say(PART_TITLES[part]),
            )
        )
    dataset = load(workspace.datasets, run.dataset_id)
    answers = predict(folder / "model.tflite", pixels(dataset, run.recipe.image)[rows])
    openings = store.openings(database, run.dataset_id, run.recipe.split)
    evaluation = _judge(answers, rows, dataset, part, openings + (part == "test"))
    if part == "test":
        accuracy = evaluation.accuracy if isinstance(evaluation, Evaluation) else None
        store.record_opening(database, run_id, accuracy, evaluation.images)
    _write(evaluation, _path(workspace, run_id, part))
    store.save_evaluation(database, run_id, part, evaluation.to_json())
    return evaluation


def stored_evaluation(database: Database, workspace: Workspace, run_id: str, part: str) -> Judged | None:
    """The last evaluation of ``run_id`` on ``part``, with the openings counted up to now; None where there was none."""
    path = _path(workspace, run_id, part)
    if not path.exists() or store.latest_evaluation(database, run_id, part) is None:
        return None  # a run that was continued since then has another model
    run = store.get(database, run_id)
    return _read(path, part, store.openings(database, run.dataset_id, run.recipe.split))


def _judge(answers: np.ndarray, rows: np.ndarray, dataset: Dataset, part: str, openings: int) -> Judged:
    if dataset.predicts_numbers:
        return judge_numbers(answers, rows, dataset.images, part, openings)
    return judge_answers(answers, rows, dataset.images, dataset.class_names, part, openings)


def _path(workspace: Workspace, run_id: str, part: str) -> Path:
    return store.run_folder(workspace, run_id) / f"evaluation_{part}.parquet"


def _write(evaluation: Judged, path: Path) -> None:
    """The predictions as parquet, with the names of the classes, where there are some, beside them."""
    unfinished = path.with_name(f".{path.name}.part")
    table = evaluation.predictions.copy()
    table.attrs["class_names"] = list(evaluation.class_names) if isinstance(evaluation, Evaluation) else []
    table.to_parquet(unfinished, index=False)
    unfinished.replace(path)


def _read(path: Path, part: str, openings: int) -> Judged:
    table = pd.read_parquet(path)
    class_names = tuple(table.attrs.pop("class_names"))
    return Evaluation(part, class_names, table, openings) if class_names else NumberEvaluation(part, table, openings)
