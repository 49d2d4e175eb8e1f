"""What the benchmarks make of seconds: ratios, marks and a table; worked by hand."""

import pytest

from bench.table import Bound, ratio, spread, table


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([1.0], [2.0], 0.5),
        ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 0.5),
        ([1.0, 9.0, 1.0], [2.0, 18.0, 4.0], 0.5),  # a slow pair keeps its ratio, so it is 0.5, 0.5 and 0.25
        ([1.0, 3.0], [1.0, 2.0], 1.25),
    ],
)
def test_a_ratio_is_the_median_over_pairs(ours, theirs, expected):
    assert ratio(ours, theirs) == expected


def test_what_has_no_pair_has_no_ratio():
    with pytest.raises(ValueError):
        ratio([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (0.42, "✓ within  ours ÷ theirs: 0.420, at most 0.5"),
        (0.5, "✓ within  ours ÷ theirs: 0.500, at most 0.5"),
        (0.501, "✗ over    ours ÷ theirs: 0.501, at most 0.5"),
        (1.0, "✗ over    ours ÷ theirs: 1.000, at most 0.5"),
    ],
)
def test_a_bound_says_whether_the_figure_is_within(figure, expected):
    assert str(Bound("ours ÷ theirs", figure, 0.5)) == expected


def test_a_spread_is_median_fastest_slowest():
    assert spread([3.0, 1.0, 2.5]) == ["2.500", "1.000", "3.000"]


def test_names_stand_to_the_left_and_figures_to_the_right():
    assert table([["", "median"], ["Layerlab", "0.5"], ["Keras", "11.25"]]) == (
        "          median\nLayerlab     0.5\nKeras      11.25"
    )
