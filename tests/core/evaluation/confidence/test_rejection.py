import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score

from core.evaluation.confidence.rejection import MOST_ROWS, answered, least_confidence_for, risk_coverage
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
    found = least_confidence_for(confidence, right, wished)
    if not enough:
        assert found is None
    else:
        assert answered(confidence, right, found).answered == answered(confidence, right, min(enough)).answered


@pytest.mark.parametrize(("wished", "least"), [(0.5, 0.0), (0.7, 0.6), (0.76, 0.8), (1.0, 0.8)])
def test_the_least_confidence_for_an_accuracy_is_short(wished, least):
    assert least_confidence_for(CONFIDENCE, RIGHT, wished) == least


def test_an_accuracy_that_is_never_reached_has_no_least_confidence():
    assert least_confidence_for(CONFIDENCE, ~RIGHT, 0.9) is None


def test_a_long_table_is_thinned_with_both_ends():
    labels, probabilities = answers(3000, 4)
    table = risk_coverage(probabilities.max(axis=1), probabilities.argmax(axis=1) == labels)
    assert len(table) == MOST_ROWS
    assert table["answered"].iloc[[0, -1]].tolist() == [3000, 1]
