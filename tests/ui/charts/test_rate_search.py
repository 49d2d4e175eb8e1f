import pytest

from core.runs.rate_search import RateSearch
from ui.charts.rate_search import chart, frame, sentence, suggested, table

RATES = (1e-6, 1e-4, 1e-2, 1.0)


def search(*losses: float, suggestion: float | None = None) -> RateSearch:
    return RateSearch(RATES[: len(losses)], losses, losses, suggestion)


def test_each_batch_is_a_row():
    found = table(RateSearch(RATES, (3, 2, 1, 9), (3, 2.5, 1.5, 5), 0.01))
    assert found.to_dict("list") == {"learning_rate": list(RATES), "loss": [3, 2, 1, 9], "smoothed": [3, 2.5, 1.5, 5]}


SCALES = [
    ((2.0, 1.0, 1.5), (0.95, 2.05), "all of it, with a twentieth around"),
    ((2.0, 1.0, 1e6), (1 - 0.065, 2.3 + 0.065), "up to a little above where it began"),
    ((2.0, 2.0, 2.0), (1.95, 2.05), "a flat line needs room, too"),
]


@pytest.mark.parametrize(("losses", "expected", "reason"), SCALES)
def test_the_scale_ends_where_the_loss_runs_away(losses, expected, reason):
    assert frame(table(search(*losses))) == pytest.approx(expected, abs=1e-6), reason


@pytest.mark.parametrize(("suggestion", "expected"), [(0.0029617, 0.003), (0.01234, 0.012), (0.5, 0.5), (None, None)])
def test_a_suggestion_has_two_digits(suggestion, expected):
    assert suggested(search(2.0, 1.0, suggestion=suggestion)) == expected


def test_the_sentence_says_how_to_read_it_and_what_follows():
    assert "It falls fastest near **0.003**" in sentence(search(2.0, 1.0, suggestion=0.0029617))
    assert "so no rate stands out" in sentence(search(2.0, 2.0))


def test_the_suggestion_is_marked_on_a_logarithmic_axis():
    with_one, without = (chart(search(2.0, 1.0, suggestion=rate), "light").to_dict() for rate in (0.01, None))
    assert with_one["layer"][0]["encoding"]["x"]["scale"]["type"] == "log"
    assert [layer["mark"]["type"] for layer in with_one["layer"]] == ["line", "line", "rule", "text"]
    assert [layer["mark"]["type"] for layer in without["layer"]] == ["line", "line"]
