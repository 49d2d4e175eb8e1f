"""Whether a model is right as often as it says: 90 of 100 times where it is 90 % sure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.evaluation.figures.resampling import RESAMPLES, drawn_means
from core.interval import wilson

BINS = 10


@dataclass(frozen=True)
class CalibrationError:
    """The expected calibration error (0-1), and its 95 % interval. ``by_chance``: a model that is right exactly as
    often as it says has up to this error on these images in 95 of 100 cases."""

    value: float
    low: float
    high: float
    by_chance: float

    @property
    def is_chance(self) -> bool:
        """Whether the error is no larger than one that means nothing."""
        return self.value <= self.by_chance


def reliability(confidence: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """One row for each of BINS equal ranges of confidence: columns low and high (the range, without its low end),
    images, confidence and accuracy (the means of its images), accuracy_low and accuracy_high (Wilson, 95 %); the last
    four are NaN in a range without images.

    ``confidence``: (images,), 0-1. ``right``: (images,), whether the answer was right.
    """
    bins = _bins(confidence)
    images = np.bincount(bins, minlength=BINS)
    hits = np.bincount(bins, weights=right, minlength=BINS)
    held = np.where(images > 0, images, np.nan)
    edges = np.linspace(0, 1, BINS + 1)
    intervals = [wilson(int(hit), int(of)) if of else (np.nan, np.nan) for hit, of in zip(hits, images, strict=True)]
    low, high = np.transpose(intervals)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "images": images,
            "confidence": np.bincount(bins, weights=confidence, minlength=BINS) / held,
            "accuracy": hits / held,
            "accuracy_low": low,
            "accuracy_high": high,
        }
    )


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """How far confidence and accuracy are apart, 0-1: their distance in each range of `reliability`, weighted by its
    images (Guo et al., 2017, equation 5). The arguments are those of `reliability`."""
    return _error(_bins(confidence), right - confidence)


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> CalibrationError:
    """The expected calibration error with what it can mean, from images drawn anew, always the same draws.

    Chance moves every draw further from 0, as it has moved the error itself. So the interval reaches as far below the
    error as the draws lie above it (the basic bootstrap: Davison and Hinkley, 1997, section 5.2), and up to where they
    lie, which is rather too far. It begins at 0 where the error may be chance: where answers that are right exactly as
    often as they say (Bröcker and Smith, 2007) would show the like.
    """
    bins, images = _bins(confidence), len(confidence)
    error = _error(bins, right - confidence)
    of_range = np.eye(BINS)[bins] * (right - confidence)[:, np.newaxis]
    highest = float(np.quantile(np.abs(drawn_means(of_range)).sum(axis=1), 0.975))
    random = np.random.default_rng(0)
    honest = [_error(bins, (random.random(images) < confidence) - confidence) for _ in range(RESAMPLES)]
    by_chance = float(np.quantile(honest, 0.95))
    lowest = 0.0 if error <= by_chance else max(2 * error - highest, 0.0)
    return CalibrationError(error, lowest, max(highest, error), by_chance)


def _bins(confidence: np.ndarray) -> np.ndarray:
    """The range of each confidence, (images,), 0 to BINS - 1; an edge belongs to the range below it."""
    return np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], confidence)


def _error(bins: np.ndarray, distance: np.ndarray) -> float:
    return float(np.abs(np.bincount(bins, weights=distance, minlength=BINS)).sum() / len(bins))
