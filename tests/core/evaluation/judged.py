"""Evaluations made of nothing but the answers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.evaluation.evaluation import Evaluation, judge_answers
from core.evaluation.number_evaluation import NumberEvaluation, judge_numbers


def classified(
    labels: Sequence[int], predicted: Sequence[int], classes: int = 3, part: str = "validation"
) -> Evaluation:
    """Of images with the classes ``labels`` that were called ``predicted``."""
    images = pd.DataFrame({"path": [f"{row}.png" for row in range(len(labels))], "label": labels})
    names = [f"class {number}" for number in range(classes)]
    return judge_answers(np.eye(classes)[list(predicted)], np.arange(len(labels)), images, names, part, openings=0)


def measured(values: Sequence[float], predicted: Sequence[float], part: str = "validation") -> NumberEvaluation:
    """Of images with the numbers ``values`` that were answered with ``predicted``."""
    images = pd.DataFrame({"path": [f"{row}.png" for row in range(len(values))], "value": values})
    answers = np.asarray(predicted, dtype=float)[:, np.newaxis]
    return judge_numbers(answers, np.arange(len(values)), images, part, openings=0)


def drawn_labels(seed: int, images: int, classes: int, right: float) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and answers of which about the share ``right`` are the label; classes are not equally frequent."""
    random = np.random.default_rng(seed)
    labels = random.choice(classes, images, p=np.arange(1, classes + 1) / np.arange(1, classes + 1).sum())
    return labels, np.where(random.random(images) < right, labels, random.integers(classes, size=images))
