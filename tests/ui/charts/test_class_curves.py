import pytest

from core.evaluation.confidence.curves import precision_recall, roc
from tests.core.evaluation.generated import answers
from ui.charts import class_curves

LABELS, PROBABILITIES = answers(200, 3)
ROC = roc(LABELS, PROBABILITIES, 1, "dog")
PRECISION_RECALL = precision_recall(LABELS, PROBABILITIES, 1, "dog")


@pytest.mark.parametrize(
    ("chart", "interpolate"),
    [
        (class_curves.roc_chart(ROC, "validation"), "linear"),
        (class_curves.precision_recall_chart(PRECISION_RECALL, "test", 0.3), "step-before"),
    ],
)
def test_a_curve_is_drawn_as_its_area_counts_it(chart, interpolate):
    guessed, curve = chart.to_dict()["layer"]
    assert curve["mark"]["interpolate"] == interpolate
    assert "interpolate" not in guessed["mark"]


def test_the_tables_for_people_have_the_columns_of_their_curve():
    assert list(class_curves.shown(ROC)) == ["Threshold", "Found, of the class", "Called so, of the others"]
    assert "Threshold" in class_curves.shown(PRECISION_RECALL)
    assert class_curves.shown(PRECISION_RECALL).shape == (len(PRECISION_RECALL), 3)
