import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.confidence.fewest_digits import fewest_digits


@pytest.mark.parametrize(
    ("above", "up_to", "expected"),
    [(0.2481, 0.3619, 0.3), (0.36, 0.37, 0.365), (0.36, 0.3739, 0.37), (0.9991, 0.9994, 0.9992), (0.0, 1.0, 0.5)],
)
def test_the_middle_is_rounded_as_far_as_it_stays_in_between(above, up_to, expected):
    assert fewest_digits(np.array([above]), np.array([up_to]))[0] == expected


@given(st.sets(st.floats(0, 1), min_size=2, max_size=2))
def test_it_is_above_the_first_and_not_above_the_second(pair):
    above, up_to = sorted(pair)
    assert above < fewest_digits(np.array([above]), np.array([up_to]))[0] <= up_to
