"""What a model's answers are worth where they are numbers."""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from core.evaluation.figures.resampling import Estimate, drawn_means, estimate


@dataclass(frozen=True)
class NumberEvaluation:
    """``predictions``: one row per image of the part, with the columns row (its position in the dataset), path, value
    (the true number) and predicted.

    ``openings``: on test images, how often they had been opened when this was made, this
    time included. All errors are in the units of the numbers.
    """

    part: str
    predictions: pd.DataFrame
    openings: int

    @property
    def images(self) -> int:
        return len(self.predictions)

    @property
    def errors(self) -> np.ndarray:
        """How far each answer is above the truth, (images,)."""
        return (self.predictions["predicted"] - self.predictions["value"]).to_numpy()

    @property
    def mean_absolute_error(self) -> float:
        return float(np.abs(self.errors).mean())

    @property
    def root_mean_squared_error(self) -> float:
        return sqrt(float(np.square(self.errors).mean()))

    @property
    def r_squared(self) -> float | None:
        """The share of the variance of the numbers that the answers explain: 1 at best, 0 for always answering the
        mean, below for worse. None where all numbers are the same, which leaves nothing to explain."""
        values = self.predictions["value"].to_numpy()
        variance = float(np.square(values - values.mean()).sum())
        return 1 - float(np.square(self.errors).sum()) / variance if variance else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean absolute error, by drawing the images anew. None where that says nothing."""
        return self.mean_absolute_error_estimate.interval

    @property
    def mean_absolute_error_estimate(self) -> Estimate:
        return estimate(self.mean_absolute_error, self._drawn[:, 0])

    @property
    def root_mean_squared_error_estimate(self) -> Estimate:
        return estimate(self.root_mean_squared_error, np.sqrt(self._drawn[:, 1]))

    @property
    def r_squared_estimate(self) -> Estimate | None:
        """None where `r_squared` is."""
        if self.r_squared is None:
            return None
        squared_error, value, squared_value = self._drawn[:, [1, 3, 4]].T
        variance = squared_value - np.square(value)
        is_known = variance > 1e-12 * squared_value.max()  # a draw of one number again and again has none
        return estimate(self.r_squared, 1 - squared_error[is_known] / variance[is_known])

    @property
    def bias(self) -> Estimate:
        """The mean error: above 0 the answers are too high on average, below too low."""
        return estimate(float(self.errors.mean()), self._drawn[:, 2])

    @cached_property
    def _drawn(self) -> np.ndarray:
        """What the figures are made of, in each draw: the means of the absolute error, the squared error, the error,
        the distance of the true number from the mean of all, and its square."""
        errors, values = self.errors, self.predictions["value"].to_numpy()
        distances = values - values.mean()
        return drawn_means(np.column_stack([np.abs(errors), errors**2, errors, distances, distances**2]))

    def furthest(self, count: int) -> pd.DataFrame:
        """The ``count`` rows of ``predictions`` that are furthest off, those first."""
        order = np.argsort(-np.abs(self.errors), kind="stable")[:count]
        return self.predictions.iloc[order].reset_index(drop=True)

    def to_json(self) -> dict[str, Any]:
        """What the command line prints."""
        return {
            "mean_absolute_error": self.mean_absolute_error,
            "root_mean_squared_error": self.root_mean_squared_error,
            "r_squared": self.r_squared,
            "interval": self.interval and list(self.interval),
            "images": self.images,
            "openings": self.openings,
        }


def judge_numbers(
    answers: np.ndarray, rows: np.ndarray, images: pd.DataFrame, part: str, openings: int
) -> NumberEvaluation:
    """The evaluation of a model's ``answers``, (len(rows), 1), for the images of a dataset at the positions ``rows``,
    whose column value has the truth."""
    asked = images.iloc[rows]
    predictions = pd.DataFrame(
        {
            "row": rows,
            "path": asked["path"].to_numpy(),
            "value": asked["value"].to_numpy(dtype=np.float64),
            "predicted": answers[:, 0].astype(np.float64),
        }
    )
    return NumberEvaluation(part, predictions, openings)
