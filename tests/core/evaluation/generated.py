"""Answers as a net might give them, with a known truth behind them."""

import numpy as np
import pandas as pd
from scipy.special import softmax

from core.evaluation.evaluation import Evaluation, judge_answers


def answers(images: int, classes: int, temperature: float = 1.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Labels, (images,), drawn by the true probabilities of softmax logits, and what a net says that is surer than
    that by ``temperature``: (images, classes)."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 2, (images, classes))
    chances = softmax(logits, axis=1).cumsum(axis=1)
    labels = (random.random((images, 1)) > chances[:, :-1]).sum(axis=1)
    return labels, softmax(logits * temperature, axis=1)


def evaluation(images: int, classes: int, temperature: float = 1.0, part: str = "validation") -> Evaluation:
    """The evaluation of such `answers`."""
    labels, probabilities = answers(images, classes, temperature)
    table = pd.DataFrame({"path": [f"{row}.png" for row in range(images)], "label": labels})
    names = ["cat", "dog", *(f"class {number}" for number in range(2, classes))][:classes]
    return judge_answers(probabilities, np.arange(images), table, names, part, openings=0)
