import pytest

from core.evaluation.trying.prediction import Prediction
from ui.charts import probability_bars, top_classes

PREDICTION = Prediction(("a", "b", "c", "고양이"), (0.1, 0.25, 0.05, 0.6), likeliest=3, is_unsure=False)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(2, [("고양이", 0.6), ("b", 0.25)]), (None, [("고양이", 0.6), ("b", 0.25), ("a", 0.1), ("c", 0.05)])],
)
def test_the_most_probable_classes_come_first(count, expected):
    assert list(top_classes.table(PREDICTION, count).itertuples(index=False, name=None)) == expected


def test_bars_go_from_nothing_to_certainty_whatever_the_probabilities():
    specification = probability_bars.chart(top_classes.table(PREDICTION)).to_dict()
    assert {layer["encoding"]["x"]["scale"]["domain"][0] for layer in specification["layer"]} == {0}
    assert min(layer["encoding"]["x"]["scale"]["domain"][1] for layer in specification["layer"]) >= 1
