import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.sources.number_text import is_code, number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("-2.5", -2.5),
        ("+.5", 0.5),
        ("7.", 7),
        ("1e3", 1000),
        ("2,5", 2.5),
        ("1234,567", 1234.567),
        ("1,234", None),
        ("1,234,567", None),
        ("", None),
        ("cat", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1_000", None),
        ("0x10", None),
        ("٣", None),
        ("3 kg", None),
        ("50%", None),
    ],
)
def test_only_what_has_one_meaning_is_a_number(text, number):
    assert number_in(text) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_python_writes_it(number):
    assert number_in(repr(number)) == number


@pytest.mark.parametrize(
    ("text", "expected"), [("007", True), ("00", True), ("0", False), ("0.5", False), ("70", False)]
)
def test_zeros_in_front_make_a_code(text, expected):
    assert is_code(text) == expected
