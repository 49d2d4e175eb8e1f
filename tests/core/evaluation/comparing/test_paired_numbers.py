import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap

from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.message import say
from tests.core.evaluation.judged import measured

NAMES = say("run {number}", number=7), say("run {number}", number=5)


def paired(values, first, second) -> PairedNumbers:
    return PairedNumbers(CommonImages(measured(values, first), measured(values, second), (0, 0)))


def of_errors(seed: int, first: float, second: float, images: int = 200) -> PairedNumbers:
    random = np.random.default_rng(seed)
    values = random.uniform(0, 100, images)
    return paired(values, values + random.normal(0, first, images), values + random.normal(0, second, images))


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_is_that_of_pairs_drawn_by_scipy(seed):
    pair = of_errors(seed, 3, 4)
    errors = [np.abs(each.errors) for each in (pair.common.first, pair.common.second)]

    def difference(first, second, axis):
        return first.mean(axis=axis) - second.mean(axis=axis)

    theirs = bootstrap(errors, difference, paired=True, n_resamples=5000, method="percentile", rng=seed)
    low, high = theirs.confidence_interval
    assert pair.error_difference.value == pytest.approx(errors[0].mean() - errors[1].mean())
    assert pair.error_difference.interval == pytest.approx((low, high), abs=0.05)


@given(st.lists(st.tuples(*[st.floats(-100, 100)] * 3), min_size=1, max_size=30))
def test_a_change_of_places_turns_the_difference_round(images):
    values, first, second = map(list, zip(*images, strict=True))
    pair, turned = paired(values, first, second), paired(values, second, first)
    assert pair.error_difference.value == -turned.error_difference.value
    assert pair.is_real == turned.is_real
    assert pair.closer(first=True).tolist() == turned.closer(first=False).tolist()


def test_the_images_that_one_answers_more_closely_come_by_how_much():
    pair = paired([0, 0, 0, 0], [1, 5, 2, 2], [3, 1, 9, 2])
    assert pair.closer(first=True).tolist() == [2, 0]
    assert pair.closer(first=False).tolist() == [1]


def test_a_large_difference_is_more_than_noise():
    verdict = str(of_errors(0, first=6, second=2).verdict(*NAMES))
    assert " of 200 images run 7 is closer, on " in verdict
    assert "nearly always put run 5 ahead, so the difference of their errors is more than noise." in verdict


def test_a_small_difference_cannot_be_told_from_noise():
    assert str(of_errors(1, first=4, second=4).verdict(*NAMES)).endswith("cannot be told from noise.")
