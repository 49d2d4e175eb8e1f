"""How large a test set must be, before it is opened."""

from math import ceil, sqrt
from statistics import NormalDist

from core.interval import wilson

CONFIDENCE = 0.95
POWER = 0.80


def images_to_tell_apart(first: float, second: float) -> int | None:
    """How many test images each of two models needs, judged on different images, for their accuracies ``first`` and
    ``second`` (0–1) to be told apart; none where they are the same.

    A difference that is there is found with a probability of 80 %, by a two-sided test that finds one that is not there
    in 5 % of cases: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., formula 4.14.
    """
    mean = (first + second) / 2
    return _images(
        difference=first - second,
        variance_if_same=2 * mean * (1 - mean),
        variance=first * (1 - first) + second * (1 - second),
    )


def images_to_tell_apart_paired(first: float, second: float, disagreement: float | None = None) -> int | None:
    """As `images_to_tell_apart`, for two models that are judged on the same images, by McNemar's test: Connor, 1987,
    Sample size for testing differences in proportions for the paired-sample design, Biometrics 43, 207–211.

    ``disagreement`` (0–1) is the share of images on which exactly one of the two is right; the less they disagree, the
    fewer images it takes. Unknown, it is that of models whose mistakes have nothing to do with each other.
    """
    independent = first * (1 - second) + second * (1 - first)
    difference = first - second
    disagreeing = max(independent if disagreement is None else disagreement, abs(difference))
    return _images(difference, variance_if_same=disagreeing, variance=disagreeing - difference**2)


def planned_interval(accuracy: float, images: int) -> tuple[float, float]:
    """The 95 % interval of an ``accuracy`` (0–1) that will be found on ``images`` test images, one or more, to the
    nearest that so many can have."""
    return wilson(round(accuracy * images), images)


def _images(difference: float, variance_if_same: float, variance: float) -> int | None:
    """Variances are those of the difference, times the number of images."""
    if difference == 0:
        return None
    wrongly_found = NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / 2) * sqrt(variance_if_same)
    missed = NormalDist().inv_cdf(POWER) * sqrt(max(0.0, variance))
    return ceil(((wrongly_found + missed) / difference) ** 2)
