"""What is said of two lists of accuracies."""

import pytest

from bench.learning import comparison

EXAMPLES = [
    ([0.96, 0.97, 0.95], [0.95, 0.97, 0.96], "+0.0000", "no difference"),
    ([0.971, 0.972, 0.973], [0.911, 0.913, 0.912], "+0.0600", "they differ"),
    ([0.90, 0.93, 0.96, 0.99], [0.91, 0.941, 0.97, 1.0], "-0.0102", "they differ"),  # seen only pair by pair
]


@pytest.mark.parametrize(("ours", "theirs", "difference", "verdict"), EXAMPLES)
def test_a_comparison_says_the_difference_and_whether_chance_explains_it(ours, theirs, difference, verdict):
    said = comparison(ours, theirs)
    assert difference in said
    assert verdict in said
