"""What a model's answers are worth where they are numbers."""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import bootstrap

RESAMPLES = 2000
_NUMBERS_AT_ONCE = 2**22


@dataclass(frozen=True)
class NumberEvaluation:
    """``predictions``: one row per image of the part, with the columns row (its position in the dataset), path, value
    (the true number) and predicted.

    ``openings``: how often the test set of this dataset and split had been opened when this was made, this time
    included. All errors are in the units of the numbers.
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

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean absolute error: percentiles of the means of images drawn anew, always the same
        draws (Efron, 1979). None for one image, of which nothing else can be drawn."""
        if self.images < 2:
            return None
        drawn = bootstrap(
            (np.abs(self.errors),),
            np.mean,
            n_resamples=RESAMPLES,
            batch=max(_NUMBERS_AT_ONCE // self.images, 1),
            method="percentile",
            rng=np.random.default_rng(0),
        )
        return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)

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
