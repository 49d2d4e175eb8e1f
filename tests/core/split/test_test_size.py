"""How many test images it takes, against published figures and against the power counted outcome by outcome."""

import numpy as np
import pytest
from scipy.stats import binom, norm

from core.split.test_size import images_to_tell_apart, images_to_tell_apart_paired, planned_interval

# statsmodels 0.14, samplesize_proportions_2indep_onetail(first - second, second, 0.8, alpha=0.025), rounded up; that of
# 0.1 and 0.2 stands in many textbooks.
PUBLISHED = [
    (0.10, 0.20, 199),
    (0.50, 0.75, 58),
    (0.60, 0.50, 388),
    (0.85, 0.90, 686),
    (0.90, 0.92, 3_213),
    (0.97, 0.98, 3_826),
]


@pytest.mark.parametrize(("first", "second", "images"), PUBLISHED)
def test_the_number_of_images_is_the_published_one(first: float, second: float, images: int) -> None:
    assert images_to_tell_apart(first, second) == images_to_tell_apart(second, first) == images


def power_of_independent(first: float, second: float, images: int) -> float:
    """The probability of all pairs of outcomes that the two-sided test of two proportions finds different."""
    right = np.arange(images + 1)
    one, two = right[:, np.newaxis] / images, right / images
    mean = (one + two) / 2
    is_found = np.abs(one - two) > norm.ppf(0.975) * np.sqrt(2 * mean * (1 - mean) / images)
    return float(binom.pmf(right, images, first) @ is_found @ binom.pmf(right, images, second))


def power_of_paired(difference: float, disagreement: float, images: int) -> float:
    """The probability of all outcomes that McNemar's test finds different: how many images the two disagree on, and on
    how many of these the first is right."""
    power = 0.0
    for disagreeing in range(1, images + 1):
        first_right = np.arange(disagreeing + 1)
        is_found = np.abs(2 * first_right - disagreeing) > norm.ppf(0.975) * np.sqrt(disagreeing)
        of_first = binom.pmf(first_right, disagreeing, (1 + difference / disagreement) / 2)
        power += binom.pmf(disagreeing, images, disagreement) * of_first[is_found].sum()
    return power


@pytest.mark.parametrize(("first", "second", "images"), PUBLISHED[:4])
def test_a_difference_is_found_in_four_of_five_cases(first: float, second: float, images: int) -> None:
    assert power_of_independent(first, second, images) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(
    ("first", "second", "disagreement"), [(0.85, 0.9, 0.1), (0.9, 0.95, 0.08), (0.6, 0.7, None), (0.8, 0.9, 0.3)]
)
def test_on_the_same_images_a_difference_is_found_in_four_of_five_cases(
    first: float, second: float, disagreement: float | None
) -> None:
    images = images_to_tell_apart_paired(first, second, disagreement)

    known = disagreement or first * (1 - second) + second * (1 - first)
    assert 0.78 < power_of_paired(second - first, known, images) < 0.85  # the formula is on the safe side


def test_models_that_agree_on_most_images_take_fewer() -> None:
    needed = [images_to_tell_apart_paired(0.85, 0.9, disagreement) for disagreement in (None, 0.15, 0.1, 0.05, 0.0)]

    assert needed == sorted(needed, reverse=True)
    assert needed[-1] == needed[-2]  # they disagree at least on what makes the difference


def test_no_test_set_tells_apart_what_is_the_same() -> None:
    assert images_to_tell_apart(0.9, 0.9) is None
    assert images_to_tell_apart_paired(0.9, 0.9, 0.1) is None


@pytest.mark.parametrize("images", [1, 7, 100, 10_000])
@pytest.mark.parametrize("accuracy", [0.0, 0.5, 0.93, 1.0])
def test_the_planned_interval_holds_the_accuracy_and_shrinks_with_the_images(accuracy: float, images: int) -> None:
    low, high = planned_interval(accuracy, images)

    assert low <= round(accuracy * images) / images <= high
    wider_low, wider_high = planned_interval(accuracy, max(1, images // 10))
    assert high - low <= wider_high - wider_low
