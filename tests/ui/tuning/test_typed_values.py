"""Values of a recipe as texts of a choice, and ranges as lists of values."""

import pytest

from core.tuning.space import Range
from ui.tuning import typed_values
from ui.tuning.listed_values import listed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48", 48),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("3 x 5", [3, 5]),
        ("3×3", 3),
        ("true", True),
        ('"Adam"', "Adam"),
        ('[{"kind": "RandomFlip"}]', [{"kind": "RandomFlip"}]),
    ],
)
def test_a_text_stands_for_a_value(text, value):
    assert typed_values.value_of(text) == value


@pytest.mark.parametrize("value", [3, 0.1, True, "Adam", [], [3, 5], [{"kind": "RandomFlip"}]])
def test_what_is_offered_is_read_back(value):
    assert typed_values.value_of(typed_values.text_of(value)) == value


@pytest.mark.parametrize("text", ["", "many", "0,01", "NaN", "inf", "1e999"])
def test_what_is_no_value_is_refused(text):
    with pytest.raises(ValueError, match=""):
        typed_values.value_of(text)


@pytest.mark.parametrize(
    ("value", "can_be_typed"),
    [(3, True), (0.1, True), ([3, 5], True), (True, False), ("Adam", False), ([], False), ([{"kind": "X"}], False)],
)
def test_numbers_and_sizes_can_be_typed(value, can_be_typed):
    assert typed_values.can_be_typed(value) is can_be_typed


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        ([64, 16, 48.0, 16], [16, 48.0, 64]),
        ([0, 0.0], [0]),
        (["SGD", "Adam", "SGD"], ["SGD", "Adam"]),
        ([False, True], [False, True]),
        ([[3, 5], 3], [[3, 5], 3]),
    ],
)
def test_numbers_are_put_in_order_and_nothing_stands_twice(values, ordered):
    assert typed_values.ascending(values) == ordered


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        (Range(low=0.0001, high=0.01, log=True), [0.0001, 0.0003, 0.001, 0.003, 0.01]),
        (Range(low=0.0002, high=0.005, log=True), [0.0002, 0.0003, 0.001, 0.003, 0.005]),
        (Range(low=2, high=300, log=True), [2, 3, 10, 30, 100, 300]),
        (Range(low=0.0, high=0.3, step=0.1), [0.0, 0.1, 0.2, 0.3]),
        (Range(low=1, high=4), [1, 2, 3, 4]),
        (Range(low=0.0, high=1.0), [0.0, 0.25, 0.5, 0.75, 1.0]),
        (Range(low=1, high=101), [1, 26, 51, 76, 101]),
        (Range(low=0.5, high=0.5), [0.5]),
    ],
)
def test_a_range_is_listed_for_a_grid(parameter, values):
    assert listed(parameter) == values
