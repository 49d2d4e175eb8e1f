import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.metrics import log_loss

from core.evaluation.confidence.calibration import expected_calibration_error
from core.evaluation.confidence.temperature import (
    HIGHEST,
    cross_fitted,
    fitted_temperature,
    threshold_with_temperature,
    with_temperature,
)
from tests.core.evaluation.generated import answers


@pytest.mark.parametrize("temperature", [0.4, 1.0, 1.7, 3.0])
def test_the_temperature_by_which_a_net_is_too_sure_is_found(temperature):
    labels, probabilities = answers(20_000, 4, temperature)
    assert fitted_temperature(labels, probabilities) == pytest.approx(temperature, rel=0.03)


@pytest.mark.parametrize("seed", range(4))
def test_the_temperature_is_that_of_another_search(seed):
    labels, probabilities = answers(300, 3, 2.0, seed)

    def loss(logarithm):
        powers = probabilities ** np.exp(-logarithm[0])
        return log_loss(labels, powers / powers.sum(axis=1, keepdims=True), labels=[0, 1, 2])

    found = minimize(loss, [0.0], method="L-BFGS-B").x[0]
    assert fitted_temperature(labels, probabilities) == pytest.approx(np.exp(found), rel=1e-3)


def test_a_net_that_is_always_right_cannot_be_fitted():
    assert fitted_temperature(np.array([0, 1]), np.array([[0.9, 0.1], [0.4, 0.6]])) is None


def test_a_net_that_is_always_wrong_is_believed_as_little_as_possible():
    fitted = fitted_temperature(np.array([0, 1]), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert fitted == pytest.approx(HIGHEST, rel=1e-3)


def rows_of(classes: int):
    return st.lists(st.floats(1e-6, 1), min_size=classes, max_size=classes)


@given(rows_of(4), st.floats(0.05, 20))
def test_a_temperature_keeps_the_order_and_the_sum(row, temperature):
    probabilities = np.array([row]) / sum(row)
    softened = with_temperature(probabilities, temperature)
    assert softened.sum() == pytest.approx(1)
    assert (np.diff(softened[0][np.argsort(probabilities[0])]) >= 0).all()


@given(rows_of(3), st.floats(0.5, 2))
def test_a_temperature_is_taken_back_by_its_reciprocal(row, temperature):
    probabilities = np.array([row]) + 1e-5  # squared, it is still above what counts as 0
    probabilities /= probabilities.sum()
    back = with_temperature(with_temperature(probabilities, temperature), 1 / temperature)
    assert back == pytest.approx(probabilities, abs=1e-9)


def test_two_of_three_is_worked_by_hand():
    """At 0.5 the probabilities are squared: 4 to 1."""
    assert with_temperature(np.array([[2 / 3, 1 / 3]]), 0.5)[0] == pytest.approx([0.8, 0.2])
    assert threshold_with_temperature(1 / 3, 0.5) == pytest.approx(0.2)


@pytest.mark.parametrize("temperature", [0.05, 1.0, 3.0])
def test_a_probability_of_0_stays_a_number(temperature):
    softened = with_temperature(np.array([[0.0, 1.0], [0.0, 0.0]]), temperature)
    assert np.isfinite(softened).all()
    assert softened[0, 0] < 1e-3


@given(st.floats(0, 1), st.floats(0.01, 0.99), st.floats(0.2, 5))
def test_a_threshold_parts_the_same_images_at_another_temperature(second, threshold, temperature):
    if abs(second - threshold) < 1e-6:
        return
    softened = with_temperature(np.array([[1 - second, second]]), temperature)[0, 1]
    assert (softened >= threshold_with_temperature(threshold, temperature)) == (second >= threshold)


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_a_threshold_at_an_end_stays_there(end):
    assert threshold_with_temperature(end, 3.0) == end


def test_what_a_temperature_is_worth_is_seen_on_images_it_was_not_fitted_on():
    labels, probabilities = answers(4000, 5, 2.5)
    crossed = cross_fitted(labels, probabilities)
    right = probabilities.argmax(axis=1) == labels
    before, after = (expected_calibration_error(each.max(axis=1), right) for each in (probabilities, crossed))
    assert after < before / 4
    order = np.random.default_rng(0).permutation(4000)
    first, second = order[:2000], order[2000:]
    expected = with_temperature(probabilities[first], fitted_temperature(labels[second], probabilities[second]))
    assert crossed[first] == pytest.approx(expected)


def test_a_half_without_mistakes_leaves_nothing_to_judge_by():
    labels, probabilities = np.zeros(10, int), np.tile([0.9, 0.1], (10, 1))
    probabilities[3] = [0.2, 0.8]
    assert fitted_temperature(labels, probabilities) is not None
    assert cross_fitted(labels, probabilities) is None
