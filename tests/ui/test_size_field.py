import pytest

from core.architecture import CATALOGUE
from ui.size_field import _is_margins, _margins, _margins_text, _size, _text

SIZES = [
    ("3", 3),
    (" 3 ", 3),
    ("3 × 3", 3),
    ("3 x 5", (3, 5)),
    ("3X5", (3, 5)),
    ("3*5", (3, 5)),
    ("3 5", (3, 5)),
    ("3, 5", (3, 5)),
    ("(3, 5)", (3, 5)),
    ("[3,5]", (3, 5)),
    ("1024", 1024),
    ("1025", None),
    ("0", None),
    ("0 x 3", None),
    ("-3", None),
    ("2.5", None),
    ("1e3", None),
    ("3 px", None),
    ("abc", None),
    ("", None),
    ("x", None),
    ("1 2 3", None),
    ("²", None),
    ("٣", None),
    ("9" * 5000, None),
]
MARGINS = [
    ("0", 0),
    ("2", 2),
    ("1 2", (1, 2)),
    ("2 2", (2, 2)),
    ("0 3", (0, 3)),
    ("1 2 3 4", ((1, 2), (3, 4))),
    ("((1, 2), (3, 4))", ((1, 2), (3, 4))),
    ("1 2 3", None),
    ("1 2 3 4 5", None),
    ("-1", None),
    ("one", None),
    ("", None),
]


def read(reader, text):
    """None where the text is refused."""
    try:
        return reader(text)
    except ValueError:
        return None


@pytest.mark.parametrize(("text", "expected"), SIZES)
def test_one_length_or_two_are_read(text, expected):
    assert read(_size, text) == expected


@pytest.mark.parametrize(("text", "expected"), MARGINS)
def test_one_two_or_four_margins_are_read(text, expected):
    assert read(_margins, text) == expected


@pytest.mark.parametrize("size", [None, 1, 999, (3, 5), (7, 1)])
def test_a_size_is_read_back_as_it_is_shown(size):
    assert _size(_text(size)) == size


@pytest.mark.parametrize("margins", [0, 1, (1, 2), ((0, 1), (2, 256))])
def test_margins_are_read_back_as_they_are_shown(margins):
    assert _margins(_margins_text(margins)) == margins


def test_only_zero_padding_has_margins():
    fields = [(kind, name, field) for kind, layer in CATALOGUE.items() for name, field in layer.model_fields.items()]
    assert [(kind, name) for kind, name, field in fields if _is_margins(field)] == [("ZeroPadding2D", "padding")]
