"""A model that may say "I don't know": the fewer images it answers, the more often it is right."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.evaluation.confidence.fewest_digits import fewest_digits
from core.evaluation.confidence.halves import halves
from core.interval import wilson

MOST_ROWS = 200
"""A table for drawing has no more rows."""

LEAST_ANSWERS = 30
"""A least confidence is chosen by no fewer: some handful of images is right by luck at any."""


@dataclass(frozen=True)
class Answered:
    """What is left where a model answers only those images of which it is at least ``least_confidence`` (0-1) sure."""

    least_confidence: float
    images: int
    answered: int
    right: int

    @property
    def coverage(self) -> float:
        """The share of the images that are answered."""
        return self.answered / self.images

    @property
    def accuracy(self) -> float | None:
        """The share of the answers that are right; None where there are no answers."""
        return self.right / self.answered if self.answered else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the accuracy (Wilson, 1927)."""
        return wilson(self.right, self.answered) if self.answered else None


def answered(confidence: np.ndarray, right: np.ndarray, least_confidence: float) -> Answered:
    """``confidence``: (images,), 0-1. ``right``: (images,), whether the answer is right."""
    is_answered = confidence >= least_confidence
    return Answered(least_confidence, len(right), int(is_answered.sum()), int((is_answered & right).sum()))


def risk_coverage(confidence: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """How coverage is paid with risk (El-Yaniv and Wiener, 2010): columns least_confidence, answered, coverage,
    accuracy, accuracy_low and accuracy_high (Wilson, 95 %) and risk (the share of answers that are wrong).

    One row for each confidence that occurs, from all images answered to the fewest; of more than MOST_ROWS so many
    that are evenly apart. The arguments are those of `answered`.
    """
    points = _points(confidence, right)
    shown = points.iloc[np.unique(np.linspace(0, len(points) - 1, MOST_ROWS).round().astype(int))]
    intervals = [wilson(int(each.right), int(each.answered)) for each in shown.itertuples()]
    low, high = np.transpose(intervals)
    return pd.DataFrame(
        {
            "least_confidence": shown["least_confidence"],
            "answered": shown["answered"],
            "coverage": shown["answered"] / len(right),
            "accuracy": shown["accuracy"],
            "accuracy_low": low,
            "accuracy_high": high,
            "risk": 1 - shown["accuracy"],
        }
    ).reset_index(drop=True)


def least_confidence_for(
    confidence: np.ndarray, right: np.ndarray, accuracy: float, least_answers: int = LEAST_ANSWERS
) -> float | None:
    """The least confidence with which at least ``accuracy`` (0-1) of the answers are right and as many images as
    possible are answered, in the fewest digits that do; None where there is none that answers ``least_answers`` images,
    or all of them where there are fewer. The other arguments are those of `answered`."""
    points = _points(confidence, right)
    is_enough = (points["accuracy"] >= accuracy) & (points["answered"] >= min(least_answers, len(right)))
    enough = np.flatnonzero(is_enough)
    if not len(enough) or enough[0] == 0:
        return 0.0 if len(enough) else None
    above, up_to = points["least_confidence"].iloc[[enough[0] - 1, enough[0]]]
    return float(fewest_digits(np.array([above]), np.array([up_to]))[0])


def cross_fitted_answers(confidence: np.ndarray, right: np.ndarray, accuracy: float) -> Answered | None:
    """What `least_confidence_for` is worth on images that it was not chosen on: each half of the images is answered
    with the least confidence of the other half. None where one half has none.

    The ``least_confidence`` that it tells is that of all images; each half is asked for half of LEAST_ANSWERS.
    """
    least = least_confidence_for(confidence, right, accuracy)
    if least is None:
        return None
    is_answered = np.zeros(len(right), dtype=bool)
    for own, other in halves(len(right)):
        of_other = least_confidence_for(confidence[other], right[other], accuracy, LEAST_ANSWERS // 2)
        if of_other is None:
            return None
        is_answered[own] = confidence[own] >= of_other
    return Answered(least, len(right), int(is_answered.sum()), int((is_answered & right).sum()))


def _points(confidence: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """Columns least_confidence (each confidence that occurs, ascending), answered, right and accuracy."""
    order = np.argsort(confidence, kind="stable")
    least, first = np.unique(confidence[order], return_index=True)
    answers = len(right) - first
    hits = np.cumsum(right[order][::-1])[::-1][first]
    return pd.DataFrame({"least_confidence": least, "answered": answers, "right": hits, "accuracy": hits / answers})
