"""From which probability on the second of two classes is the answer, and what that costs."""

import numpy as np
import pandas as pd

from core.evaluation.confidence.fewest_digits import fewest_digits
from core.evaluation.confidence.halves import halves


def costs(labels: np.ndarray, second: np.ndarray, cost_of_miss: float, cost_of_false_alarm: float) -> pd.DataFrame:
    """One row for each way in which a threshold can part these images: columns threshold (0-1, ascending), misses (the
    second class taken for the first), false_alarms (the first for the second), total_cost, and mean_cost (per image).

    The second class is the answer from the threshold on. Of the thresholds that part the images alike, one with few
    digits stands for all. No threshold up to 1 denies a second class of probability 1.

    ``labels``: (images,), 0 or 1. ``second``: (images,), the probability of the second class.
    """
    threshold = _thresholds(second)
    of_first, of_second = np.sort(second[labels == 0]), np.sort(second[labels == 1])
    misses = np.searchsorted(of_second, threshold)
    false_alarms = len(of_first) - np.searchsorted(of_first, threshold)
    total = misses * cost_of_miss + false_alarms * cost_of_false_alarm
    columns = {"misses": misses, "false_alarms": false_alarms, "total_cost": total, "mean_cost": total / len(labels)}
    return pd.DataFrame({"threshold": threshold, **columns})


def cheapest(costs: pd.DataFrame, theoretical: float) -> float:
    """The threshold with the lowest cost in ``costs``, as of `costs`; of several the one nearest to ``theoretical``."""
    lowest = costs.loc[costs["total_cost"] == costs["total_cost"].min(), "threshold"]
    return float(lowest.iloc[(lowest - theoretical).abs().argmin()])


def cross_fitted_cost(
    labels: np.ndarray, second: np.ndarray, cost_of_miss: float, cost_of_false_alarm: float
) -> float | None:
    """What the `cheapest` threshold costs on average on images that it was not chosen on: each half of the images is
    judged with the threshold of the other half. None for a single image. The arguments are those of `costs`."""
    if len(labels) < 2:
        return None
    theoretical = theoretical_threshold(cost_of_miss, cost_of_false_alarm)
    is_second = np.zeros(len(labels), dtype=bool)
    for own, other in halves(len(labels)):
        of_other = costs(labels[other], second[other], cost_of_miss, cost_of_false_alarm)
        is_second[own] = second[own] >= cheapest(of_other, theoretical)
    misses, false_alarms = (labels == 1) & ~is_second, (labels == 0) & is_second
    return float((misses * cost_of_miss + false_alarms * cost_of_false_alarm).mean())


def theoretical_threshold(cost_of_miss: float, cost_of_false_alarm: float) -> float:
    """The cheapest threshold where probabilities are what they say: the second class is answered as soon as the false
    alarm it risks costs no more than the miss it avoids (Elkan, 2001, equation 2, right answers being free).

    The costs are 0 or more. Where both are 0 every threshold is as good; it is 0.5 then.
    """
    both = cost_of_false_alarm + cost_of_miss
    return cost_of_false_alarm / both if both else 0.5


def _thresholds(second: np.ndarray) -> np.ndarray:
    """A threshold at or below the lowest probability, one above each but the last, and one above that if it is below
    1."""
    known = np.unique(second)
    between = fewest_digits(known[:-1], known[1:])
    return np.concatenate([[0.0], between, [1.0] if known[-1] < 1 else []])
