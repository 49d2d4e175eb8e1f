import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score

from core.evaluation.confidence.rejection import (
    LEAST_ANSWERS,
    MOST_ROWS,
    answered,
    cross_fitted_answers,
    least_confidence_for,
    risk_coverage,
)
from core.interval import wilson
from tests.core.evaluation.generated import answers

CONFIDENCE = np.array([0.5, 0.6, 0.7, 0.8, 0.9])
RIGHT = np.array([False, True, False, True, True])
ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("least", "images", "right"), [(0.0, 5, 3), (0.6, 4, 3), (0.61, 3, 2), (0.75, 2, 2), (0.9, 1, 1)]
)
def test_what_is_answered_is_counted_by_hand(least, images, right):
    found = answered(CONFIDENCE, RIGHT, least)
    assert (found.answered, found.right, found.coverage) == (images, right, images / 5)
    assert found.accuracy == pytest.approx(right / images)
    assert found.interval == wilson(right, images)


def test_where_nothing_is_answered_there_is_no_accuracy():
    found = answered(CONFIDENCE, RIGHT, 0.95)
    assert (found.coverage, found.accuracy, found.interval) == (0, None, None)


def test_the_table_is_the_one_worked_by_hand():
    table = risk_coverage(CONFIDENCE, RIGHT)
    assert table["least_confidence"].tolist() == CONFIDENCE.tolist()
    assert table["answered"].tolist() == [5, 4, 3, 2, 1]
    assert table["coverage"].tolist() == [1, 0.8, 0.6, 0.4, 0.2]
    assert table["risk"].tolist() == pytest.approx([2 / 5, 1 / 4, 1 / 3, 0, 0])
    assert table.loc[1, ["accuracy", "accuracy_low", "accuracy_high"]].tolist() == pytest.approx([0.75, *wilson(3, 4)])


@given(ANSWERS)
def test_every_row_of_the_table_is_what_its_least_confidence_gives(images):
    confidence, right = map(np.array, zip(*images, strict=True))
    for row in risk_coverage(confidence, right).itertuples():
        kept = confidence >= row.least_confidence
        assert row.coverage == pytest.approx(kept.mean())
        assert row.accuracy == pytest.approx(accuracy_score(np.ones(kept.sum()), right[kept]))


@given(ANSWERS, st.floats(0.01, 1))
def test_as_many_as_possible_are_answered_for_the_accuracy_that_is_wished(images, wished):
    confidence, right = map(np.array, zip(*images, strict=True))
    enough = [least for least in [0.0, *confidence] if right[confidence >= least].mean() >= wished]
    found = least_confidence_for(confidence, right, wished, least_answers=1)
    if not enough:
        assert found is None
    else:
        assert answered(confidence, right, found).answered == answered(confidence, right, min(enough)).answered


@pytest.mark.parametrize(("wished", "least"), [(0.5, 0.0), (0.7, 0.6), (0.76, 0.8), (1.0, 0.8)])
def test_the_least_confidence_for_an_accuracy_is_short(wished, least):
    assert least_confidence_for(CONFIDENCE, RIGHT, wished, least_answers=1) == least


def test_an_accuracy_that_is_never_reached_has_no_least_confidence():
    assert least_confidence_for(CONFIDENCE, ~RIGHT, 0.9, least_answers=1) is None


def test_a_handful_of_right_answers_is_not_enough():
    confidence, right = np.arange(60) / 60, np.arange(60) >= 40  # from 0.64 on, 20 of 21 are right
    assert answered(confidence, right, 40 / 60).accuracy == 1
    assert least_confidence_for(confidence, right, 0.95) is None
    assert least_confidence_for(confidence, right, 0.95, least_answers=20) == 0.64


def test_of_fewer_images_all_can_be_answered():
    assert len(RIGHT) < LEAST_ANSWERS
    assert least_confidence_for(CONFIDENCE, RIGHT, 0.6) == 0
    assert least_confidence_for(CONFIDENCE, RIGHT, 0.61) is None


def test_what_confidences_that_mean_nothing_are_worth_is_seen_by_halves():
    """85 % are right whatever the confidence: what is chosen seems to reach 90 %, and does not on other images."""
    random = np.random.default_rng(0)
    draws = [(random.random(1000), random.random(1000) < 0.85) for _ in range(200)]
    tried = [(draw, crossed) for draw in draws if (crossed := cross_fitted_answers(*draw, 0.9)) is not None]
    seeming = np.mean([answered(*draw, crossed.least_confidence).accuracy for draw, crossed in tried])
    expected = np.mean([crossed.accuracy for _, crossed in tried if crossed.answered])
    assert seeming > 0.9
    assert expected - 0.85 < (seeming - 0.85) / 2


def test_each_half_is_answered_by_the_other():
    random = np.random.default_rng(1)
    confidence = random.random(100)
    right = random.random(100) < confidence
    first, second = np.array_split(np.random.default_rng(0).permutation(100), 2)
    of_first, of_second = (least_confidence_for(confidence[each], right[each], 0.6, 15) for each in (first, second))
    crossed = cross_fitted_answers(confidence, right, 0.6)
    by_hand = (
        answered(confidence[first], right[first], of_second),
        answered(confidence[second], right[second], of_first),
    )
    assert (crossed.answered, crossed.right) == (sum(e.answered for e in by_hand), sum(e.right for e in by_hand))


def test_an_accuracy_that_one_half_never_reaches_is_not_to_be_counted_on():
    first, _ = np.array_split(np.random.default_rng(0).permutation(60), 2)
    right = np.ones(60, dtype=bool)
    right[first] = False
    assert cross_fitted_answers(np.full(60, 0.9), right, 0.5) is None


def test_a_long_table_is_thinned_with_both_ends():
    labels, probabilities = answers(3000, 4)
    table = risk_coverage(probabilities.max(axis=1), probabilities.argmax(axis=1) == labels)
    assert len(table) == MOST_ROWS
    assert table["answered"].iloc[[0, -1]].tolist() == [3000, 1]
