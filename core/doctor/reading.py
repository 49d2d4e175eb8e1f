"""What a diagnosis goes by, read from what is kept of a run."""

import numpy as np

from core.dataset.store import load
from core.doctor.case import Case
from core.evaluation import Evaluation, stored_evaluation
from core.runs import history
from core.runs.breakdown import is_breakdown
from core.runs.database import Database
from core.runs.run import Run
from core.runs.store import run_folder
from core.split import read_assignment
from core.workspace import Workspace


def case_of(database: Database, workspace: Workspace, run: Run) -> Case:
    """``run`` as it stands in the database, in its folder and in that of its dataset, which have to be there."""
    dataset = load(workspace.datasets, run.dataset_id)
    rows = read_assignment(run_folder(workspace, run.id) / "split.csv").rows("validation")
    classes = len(dataset.class_names)
    return Case(
        recipe=run.recipe,
        history=history.epochs(database, run.id),
        is_over=run.state.is_finished,
        has_diverged=is_breakdown(run.message),
        validation_counts=()
        if dataset.predicts_numbers
        else _counts(dataset.images["label"].to_numpy()[rows], classes),
        predicted_counts=_predicted_counts(database, workspace, run, classes),
    )


def _predicted_counts(database: Database, workspace: Workspace, run: Run, classes: int) -> tuple[int, ...] | None:
    judged = stored_evaluation(database, workspace, run.id, "validation")
    return _counts(judged.predictions["predicted"].to_numpy(), classes) if isinstance(judged, Evaluation) else None


def _counts(labels: np.ndarray, classes: int) -> tuple[int, ...]:
    return tuple(np.bincount(labels.astype(np.int64), minlength=classes).tolist())
