import pytest

from core.evaluation.comparing.cautions import cautions


@pytest.mark.parametrize(
    ("part", "comparisons", "begins"),
    [
        ("validation", 1, []),
        ("validation", 4, []),
        ("test", 1, ["These are test images."]),
        ("validation", 5, ["This is comparison 5."]),
        ("test", 40, ["These are test images.", "This is comparison 40."]),
    ],
)
def test_what_takes_from_a_comparison_is_said(part, comparisons, begins):
    found = [str(caution) for caution in cautions(part, comparisons)]
    assert [text[: len(begin)] for text, begin in zip(found, begins, strict=True)] == begins


def test_many_comparisons_ask_for_more():
    (text,) = map(str, cautions("validation", 5))
    assert "up to 25 times in 100" in text
    assert "less than 1.0% instead of 5%" in text
    assert "up to 100 times in 100" in str(cautions("validation", 40)[0])
