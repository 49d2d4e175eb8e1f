"""Positions worked by hand."""

import pandas as pd
import pytest

from core.tuning.space import Choices, Range
from ui.charts.parameter_axis import Mark, ParameterAxis

NAN = float("nan")
RATES = Range(low=0.0001, high=0.01, log=True)


def axis(parameter) -> ParameterAxis:
    return ParameterAxis.of("training.batch_size", "Batch size", parameter, str)


@pytest.mark.parametrize(
    ("parameter", "values", "positions"),
    [
        (RATES, [0.0001, 0.001, 0.01], [0, 0.5, 1]),
        (Range(low=8, high=128, log=True), [8, 16, 128], [0, 0.25, 1]),
        (Range(low=0.0, high=0.65, step=0.1), [0.0, 0.3, 0.6], [0, 0.5, 1]),  # 0.6 is the last of its numbers
        (Range(low=2, high=2), [2], [0.5]),
        (Range(low=2, high=4), [None, 4], [NAN, 1]),
        (Choices(choices=("SGD", "RMSprop", "Adam")), ["Adam", "SGD", "RMSprop"], [1, 0, 0.5]),
        (Choices(choices=(32, 8)), [8.0, 32.0], [1, 0]),
        (Choices(choices=(None, 0.5)), [NAN, 0.5], [0, 1]),
        (Choices(choices=(False, True)), [True, None], [1, NAN]),
        (Choices(choices=([], ["flip"])), ["[]", '["flip"]'], [0, 1]),
        (Choices(choices=("only",)), ["only"], [0.5]),
    ],
)
def test_values_stand_by_their_size_and_choices_in_their_order(parameter, values, positions):
    assert axis(parameter).positions(pd.Series(values)).tolist() == pytest.approx(positions, nan_ok=True)


@pytest.mark.parametrize(
    ("parameter", "marks"),
    [
        (RATES, [(0, "0.0001"), (0.5, "0.001"), (1, "0.01")]),
        (Range(low=8, high=128, log=True), [(0, "8"), (0.25, "16"), (0.5, "32"), (0.75, "64"), (1, "128")]),
        (Range(low=0.0, high=0.6, step=0.1), [(0, "0.0"), (0.3333, "0.2"), (0.6667, "0.4"), (1, "0.6")]),
        (Range(low=1, high=3), [(0, "1"), (0.5, "2"), (1, "3")]),
        (Range(low=2, high=64), [(0, "2"), (0.2903, "20"), (0.6129, "40"), (1, "64")]),
        (Choices(choices=("SGD", "Adam")), [(0, "SGD"), (1, "Adam")]),
    ],
)
def test_both_ends_are_written_and_round_numbers_between_them(parameter, marks):
    assert axis(parameter).marks == tuple(Mark(position, text) for position, text in marks)
