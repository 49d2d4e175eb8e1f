"""Worked by hand: the worse quarter is told apart, and one and a half times as far beyond it."""

import pandas as pd
import pytest

from ui.charts.objective_scale import ObjectiveScale

NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "maximizes", "low", "high"),
    [
        ([0.9, 0.92, 0.95, 0.96], True, 0.9, 0.96),
        ([0.9, 0.92, 0.95, 0.96, 0.1], True, 0.8, 1.0),  # the quarter is at 0.9: down to 0.96 - 2.5 · 0.06 = 0.81
        ([0.4, 0.5, 0.3, 0.2, 9.0], False, 0.2, 1.0),  # at 0.5: up to 0.2 + 2.5 · 0.3 = 0.95
        ([0.4, NAN, 0.5], False, 0.4, 0.5),
        ([0.4, 0.5, float("inf")], False, 0.4, 0.5),
        ([1.0, 1.0], True, 0.998, 1.0),
        ([], True, 0.0, 1.0),
    ],
)
def test_the_axis_holds_what_is_worth_telling_apart(values, maximizes, low, high):
    scale = ObjectiveScale.of(pd.Series(values, dtype="float64"), maximizes=maximizes)
    assert (scale.low, scale.high) == (pytest.approx(low), pytest.approx(high))


def test_what_is_far_worse_stands_at_the_edge_and_is_counted():
    accuracies = pd.Series([0.9, 0.92, 0.95, 0.96, 0.1])
    scale = ObjectiveScale.of(accuracies, maximizes=True)
    assert scale.held(accuracies).tolist() == [0.9, 0.92, 0.95, 0.96, 0.8]
    assert (scale.beyond(accuracies), scale.worst) == (1, 0.8)


def test_what_has_no_value_stands_with_the_worst():
    assert ObjectiveScale(0.2, 1.0, maximizes=False).worst == 1.0
    assert ObjectiveScale(0.2, 1.0, maximizes=True).worst == 0.2


def test_the_texts_beside_the_axis_are_round():
    assert ObjectiveScale(0.8, 1.0, maximizes=True).ticks == (0.8, 0.85, 0.9, 0.95, 1.0)


def test_a_little_more_does_not_move_the_axis():
    before, after = (ObjectiveScale.of(pd.Series([0.81, 0.86, 0.9, last]), maximizes=True) for last in (0.931, 0.934))
    assert before == after
