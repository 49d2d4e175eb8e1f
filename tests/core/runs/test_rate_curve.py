"""The learning rate over a run: what held when, and what people have changed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs.curves import LONGEST_CURVE
from core.runs.rate_curve import rate_curve

NAN = float("nan")
NO_CHANGES = pd.DataFrame({"step": [], "learning_rate": []}, dtype="float64")


def steps(*rates: float) -> pd.DataFrame:
    return pd.DataFrame({"step": range(1, len(rates) + 1), "learning_rate": pd.Series(rates, dtype="float64")})


def epochs(*rates: float) -> pd.DataFrame:
    return pd.DataFrame({"epoch": range(1, len(rates) + 1), "learning_rate": pd.Series(rates, dtype="float64")})


def points(table: pd.DataFrame) -> list[tuple[float, float]]:
    return list(table[["epoch", "learning_rate"]].itertuples(index=False, name=None))


def held_at(table: pd.DataFrame, epoch: float) -> float:
    """The rate that the table says held just after ``epoch``."""
    return table[~table["is_change"] & (table["epoch"] <= epoch + 1e-9)]["learning_rate"].iloc[-1]


@pytest.mark.parametrize(
    ("history", "of_steps", "expected"),
    [
        (epochs(), steps(), []),
        (epochs(), steps(0.1, 0.2, 0.05), [(0, 0.1), (0.5, 0.2), (1, 0.05), (1.5, 0.05)]),
        (epochs(0.1, 0.05), steps(), [(0, 0.1), (1, 0.05), (2, 0.05)]),
        (epochs(0.1), steps(NAN, NAN), [(0, 0.1), (1, 0.1)]),  # steps of before rates were recorded
        (epochs(NAN), steps(NAN, NAN), []),
        (epochs()[["epoch"]], steps(NAN)[["step"]], []),
    ],
)
def test_a_rate_holds_from_its_point_to_the_next(history, of_steps, expected):
    table = rate_curve(history, of_steps, NO_CHANGES, steps_per_epoch=2, epochs=3)
    assert points(table) == expected


def test_before_the_model_is_built_nothing_is_known():
    assert rate_curve(epochs(), steps(), NO_CHANGES, None, epochs=3).empty


def test_changes_by_hand_stand_where_they_were_applied_and_those_that_wait_do_not():
    changes = pd.DataFrame({"step": [1, NAN], "learning_rate": [0.05, 0.01]})
    table = rate_curve(epochs(), steps(0.1, 0.05), changes, steps_per_epoch=2, epochs=1)
    assert points(table[table["is_change"]]) == [(0.5, 0.05)]
    assert held_at(table, 0.5) == 0.05


@given(st.integers(1, 400), st.integers(1, 40), st.floats(0.1, 0.9))
def test_a_staircase_keeps_its_edges_in_a_long_run(done, stair, factor):
    """Steps that go down every ``stair`` steps, of which a run of 9,000 draws two in thirty: none may move."""
    rates = [0.1 * factor ** (step // stair % 5) for step in range(done)]
    table = rate_curve(epochs(), steps(*rates), NO_CHANGES, steps_per_epoch=9, epochs=1000)
    assert table["learning_rate"].min() == min(rates)
    assert table["learning_rate"].max() == max(rates)
    assert held_at(table, (done - 1) / 9) == rates[-1]


def test_a_single_stair_is_drawn_at_its_very_step():
    rates = [0.1] * 47 + [0.01] * 53
    table = rate_curve(epochs(), steps(*rates), NO_CHANGES, steps_per_epoch=9, epochs=1000)
    assert [held_at(table, step / 9) for step in range(100)] == rates


def test_a_long_curve_is_thinned():
    rates = [1 / step for step in range(1, 20_001)]
    table = rate_curve(epochs(), steps(*rates), NO_CHANGES, steps_per_epoch=200, epochs=100)
    assert len(table) <= LONGEST_CURVE + 3
