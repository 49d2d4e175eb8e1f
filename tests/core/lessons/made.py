"""Evidence made by hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.lessons.evidence import Evidence, Tried
from core.recipe import Recipe
from core.runs.guess_outcomes import Course

LABEL_COUNTS = np.full(10, 75)
"""750 validation images, 75 of each of ten classes: guessing gets 10 %."""


def tried(
    labels: dict[str, Any],
    *,
    is_complete: bool = True,
    has_diverged: bool = False,
    label_counts: np.ndarray = LABEL_COUNTS,
    **figures: Any,
) -> Tried:
    """``figures``: columns of the history by their names, one value per epoch; and ``updates``, the loss of each."""
    updates = figures.pop("updates", ())
    count = max((len(values) for values in figures.values()), default=0)
    usual = {"loss": [1.0], "accuracy": [0.5], "val_loss": [1.0], "val_accuracy": [0.5], "seconds": [1.0]}
    columns = {name: list(figures.get(name, usual[name] * count)) for name in usual}
    epochs = pd.DataFrame({"epoch": range(1, count + 1), **columns})
    course = Course(1, epochs, label_counts, has_diverged=has_diverged)
    return Tried(labels, is_complete, course, np.array(updates, dtype=np.float64))


def evidence(
    recipe: Recipe, trials: Sequence[Tried], training_images: int = 3500, wanted: int | None = None
) -> Evidence:
    label_counts = trials[0].course.label_counts if trials else LABEL_COUNTS
    return Evidence(recipe, tuple(trials), training_images, label_counts, wanted or len(trials))


def said(sentences) -> str:
    return "\n".join(str(sentence) for sentence in sentences)
