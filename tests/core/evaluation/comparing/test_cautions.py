import pytest

from core.evaluation.comparing.cautions import cautions


@pytest.mark.parametrize(
    ("part", "runs", "begins"),
    [
        ("validation", 2, []),
        ("validation", 3, []),
        ("test", 2, ["These are test images."]),
        ("validation", 4, ["4 judged runs make 6 pairs to compare."]),
        ("test", 10, ["These are test images.", "10 judged runs make 45 pairs to compare."]),
    ],
)
def test_what_takes_from_a_comparison_is_said(part, runs, begins):
    found = [str(caution) for caution in cautions(part, runs)]
    assert [text[: len(begin)] for text, begin in zip(found, begins, strict=True)] == begins


def test_many_judged_runs_ask_for_more():
    (text,) = map(str, cautions("validation", 5))
    assert "up to 50 times in 100" in text
    assert "less than 0.50% instead of 5%" in text
    assert "up to 100 times in 100" in str(cautions("validation", 40)[0])
