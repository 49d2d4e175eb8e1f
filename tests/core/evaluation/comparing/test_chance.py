import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.comparing.chance import REAL_BELOW, how_often

WORDS = [
    (1.0, "nearly every time"),
    (0.946, "about 9 times in 10"),
    (0.41, "about 4 times in 10"),
    (0.1, "about once in 10"),
    (0.094, "about 9 times in 100"),
    (0.0501, "5 times in 100 or a little more"),
    (0.05, "5 times in 100 or a little more"),
    (0.0499, "a little less than 5 times in 100"),
    (0.02, "about 2 times in 100"),
    (0.004, "about 4 times in 1,000"),
    (0.00094, "less than once in 1,000"),
    (0.0, "less than once in 1,000"),
]


@pytest.mark.parametrize(("probability", "words"), WORDS)
def test_a_probability_is_said_in_words(probability, words):
    assert str(how_often(probability)) == words


@given(st.floats(0, 1))
def test_the_words_lie_on_the_right_side_of_what_counts_as_real(probability):
    words = str(how_often(probability))
    counted = [word.replace(",", "") for word in words.split() if word[0].isdigit()]
    if words.startswith("about") and len(counted) == 2:
        assert (int(counted[0]) / int(counted[1]) < REAL_BELOW) == (probability < REAL_BELOW)
