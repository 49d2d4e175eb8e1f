"""What a net was worth after each epoch whose weights are kept, on its validation images."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.dataset.store import Dataset
from core.evaluation.evaluation import Evaluation, judge_answers
from core.evaluation.judge import Judged
from core.evaluation.number_evaluation import NumberEvaluation, judge_numbers


@dataclass(frozen=True, eq=False)
class Changes:
    """What became of the same images from one evaluation to a later one: rows of the later ``predictions``.

    ``learned`` were wrong and are right, those first that are surest now; ``unlearned`` the other way round.
    """

    learned: pd.DataFrame
    unlearned: pd.DataFrame


def judge_epoch(answers: np.ndarray, rows: np.ndarray, dataset: Dataset, openings: int) -> Judged:
    """The evaluation of ``answers``, (images, units), which a net gave after one epoch.

    ``rows`` are the validation images of the run, as positions in its ``dataset``; ``openings`` as in an `Evaluation`.
    """
    if dataset.predicts_numbers:
        return judge_numbers(answers, rows, dataset.images, "validation", openings)
    return judge_answers(answers, rows, dataset.images, dataset.class_names, "validation", openings)


def course(epochs: Sequence[int], judged_after: Callable[[int], Judged]) -> pd.DataFrame:
    """Columns epoch and value: the accuracy (0–1) or, of numbers, the mean absolute error.

    ``judged_after`` gives the evaluation after an epoch; no two of them are held at once.
    """
    return pd.DataFrame({"epoch": epochs, "value": [_figure(judged_after(epoch)) for epoch in epochs]})


def changes(before: Evaluation, after: Evaluation) -> Changes:
    """What was learned and unlearned from ``before`` to ``after``, which judge the same images in the same order."""
    was_right, is_right = _is_right(before), _is_right(after)
    return Changes(_surest(after, ~was_right & is_right), _surest(after, was_right & ~is_right))


def _figure(judged: Judged) -> float:
    return judged.mean_absolute_error if isinstance(judged, NumberEvaluation) else judged.accuracy


def _is_right(evaluation: Evaluation) -> np.ndarray:
    return (evaluation.predictions["label"] == evaluation.predictions["predicted"]).to_numpy()


def _surest(evaluation: Evaluation, is_asked: np.ndarray) -> pd.DataFrame:
    asked = evaluation.predictions[is_asked]
    return asked.sort_values("confidence", ascending=False, kind="stable", ignore_index=True)
