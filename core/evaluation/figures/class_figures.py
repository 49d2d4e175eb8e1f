"""What the figures of an evaluation can mean, besides its accuracy: on average over the classes, and class by class."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.evaluation.evaluation import Evaluation
from core.evaluation.figures.resampling import Estimate, drawn_from_counts, estimate
from core.evaluation.figures.tally import tally
from core.interval import wilson


@dataclass(frozen=True)
class ClassAverages:
    """Figures in which every class counts alike, however many images it has; each 0–1."""

    macro_f1: Estimate
    balanced_accuracy: Estimate


def class_averages(evaluation: Evaluation) -> ClassAverages:
    """The means over the classes, with intervals by drawing the images anew."""
    confusion = evaluation.confusion
    label, predicted = np.nonzero(confusion)

    def averages(counts: np.ndarray) -> np.ndarray:
        each = tally(counts, label, predicted, len(confusion))
        return np.stack([each.macro_f1, each.balanced_accuracy], axis=-1)

    counts = confusion[label, predicted]
    found, drawn = averages(counts), drawn_from_counts(averages, counts)
    return ClassAverages(*(estimate(float(value), of_draws) for value, of_draws in zip(found, drawn.T, strict=True)))


def class_figures(evaluation: Evaluation) -> pd.DataFrame:
    """`Evaluation.per_class` with the ends of the 95 % interval of each figure, such as recall_low and recall_high.

    Precision and recall are shares of images, so that Wilson's interval holds. F1 is 2s / (1 + s), where s is the share
    that is right of the images that are of the class or called it; its ends are those of s (Wilson, indirect: Lam et
    al., 2023, Confidence intervals for the F1 score). What is NaN has NaN ends.
    """
    confusion = evaluation.confusion
    right, called, of_class = confusion.diagonal(), confusion.sum(axis=0), confusion.sum(axis=1)
    of_either = _intervals(right, of_class + called - right)
    ends = {
        "precision": _intervals(right, called),
        "recall": _intervals(right, of_class),
        "f1": 2 * of_either / (1 + of_either),
    }
    columns = {f"{name}_{end}": of_figure[:, at] for name, of_figure in ends.items() for at, end in _ENDS}
    return evaluation.per_class.assign(**columns)


_ENDS = ((0, "low"), (1, "high"))


def _intervals(right: np.ndarray, images: np.ndarray) -> np.ndarray:
    """(classes, 2)."""
    nothing = (np.nan, np.nan)
    pairs = zip(right.tolist(), images.tolist(), strict=True)
    return np.array([wilson(found, of) if of else nothing for found, of in pairs])
