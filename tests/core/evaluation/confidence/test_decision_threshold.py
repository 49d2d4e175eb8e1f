import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from core.evaluation.confidence.decision_threshold import (
    cheapest,
    costs,
    cross_fitted_cost,
    theoretical_threshold,
)
from tests.core.evaluation.generated import answers

LABELS = np.array([0, 0, 0, 1, 1])
SECOND = np.array([0.1, 0.2481, 0.7, 0.3619, 0.9])


def test_the_costs_are_those_worked_by_hand():
    table = costs(LABELS, SECOND, cost_of_miss=10, cost_of_false_alarm=2)
    assert table["threshold"].tolist() == [0.0, 0.2, 0.3, 0.5, 0.8, 1.0]
    assert table["misses"].tolist() == [0, 0, 0, 1, 1, 2]
    assert table["false_alarms"].tolist() == [3, 2, 1, 1, 0, 0]
    assert table["total_cost"].tolist() == [6, 4, 2, 12, 10, 20]
    assert table["mean_cost"].tolist() == pytest.approx([1.2, 0.8, 0.4, 2.4, 2, 4])
    assert cheapest(table, theoretical_threshold(10, 2)) == 0.3


@pytest.mark.parametrize(("theoretical", "chosen"), [(0.0, 0.3), (0.9, 0.8)])
def test_of_thresholds_that_cost_the_same_the_one_nearest_to_theory_is_taken(theoretical, chosen):
    assert cheapest(costs(LABELS, SECOND, 1, 1), theoretical) == chosen


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=30), st.floats(0, 1))
def test_no_threshold_costs_less_than_the_cheapest(images, threshold):
    second, labels = np.array([each[0] for each in images]), np.array([each[1] for each in images])
    table = costs(labels, second, 3, 2)
    for row in table.itertuples():
        (_, alarms), (misses, _) = confusion_matrix(labels, second >= row.threshold, labels=[0, 1])
        assert (row.misses, row.false_alarms, row.total_cost) == (misses, alarms, 3 * misses + 2 * alarms)
    (_, alarms), (misses, _) = confusion_matrix(labels, second >= threshold, labels=[0, 1])
    assert table["total_cost"].min() <= 3 * misses + 2 * alarms
    assert table["threshold"].is_monotonic_increasing
    assert table["threshold"].between(0, 1).all()


def test_what_a_threshold_chosen_on_noise_costs_is_seen_by_halves():
    """The probabilities mean nothing, so no threshold can cost less than a half on new images."""
    random = np.random.default_rng(0)
    draws = [(random.integers(0, 2, 40), random.random(40)) for _ in range(300)]
    assert np.mean([costs(*each, 1, 1)["mean_cost"].min() for each in draws]) < 0.42
    assert np.mean([cross_fitted_cost(*each, 1, 1) for each in draws]) == pytest.approx(0.5, abs=0.03)


def test_a_single_image_has_no_halves():
    assert cross_fitted_cost(LABELS[:1], SECOND[:1], 1, 1) is None


def test_where_nothing_costs_anything_the_threshold_is_a_half():
    theoretical = theoretical_threshold(0, 0)
    assert (theoretical, cheapest(costs(LABELS, SECOND, 0, 0), theoretical)) == (0.5, 0.5)


def test_where_probabilities_are_what_they_say_the_cheapest_threshold_is_near_the_theoretical_one():
    labels, probabilities = answers(200_000, 2)
    theoretical = theoretical_threshold(cost_of_miss=4, cost_of_false_alarm=1)
    assert theoretical == 0.2
    found = cheapest(costs(labels, probabilities[:, 1], 4, 1), theoretical)
    assert found == pytest.approx(theoretical, abs=0.03)
