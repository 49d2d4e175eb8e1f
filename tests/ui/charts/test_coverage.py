import pytest

from core.evaluation.confidence.decided import confidence_and_right
from core.evaluation.confidence.rejection import Answered, answered, risk_coverage
from tests.core.evaluation.generated import evaluation
from ui.charts import coverage


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (
            Answered(0.0, images=40, answered=40, right=37),
            "It answers every image. Of its answers **37** are right: 92.5%, and **80–97%** is what that can mean.",
        ),
        (
            Answered(0.8, images=41, answered=40, right=37),
            'It says "I don\'t know" of **1** image and answers **40** (97.6%). '
            "Of its answers **37** are right: 92.5%, and **80–97%** is what that can mean.",
        ),
        (Answered(1.0, images=41, answered=0, right=0), 'It says "I don\'t know" of every image.'),
    ],
)
def test_the_sentence_tells_what_is_answered_and_what_that_is_worth(chosen, expected):
    assert coverage.sentence(chosen) == expected


@pytest.mark.parametrize(("least", "layers"), [(0.6, 4), (1.1, 2)])
def test_the_chosen_point_is_drawn_where_there_are_answers(least, layers):
    sure = confidence_and_right(evaluation(300, 3))
    chart = coverage.chart(risk_coverage(*sure), "validation", answered(*sure, least))
    assert len(chart.to_dict()["layer"]) == layers


def test_the_table_for_people_begins_with_all_images():
    shown = coverage.shown(risk_coverage(*confidence_and_right(evaluation(300, 3))))
    assert shown.iloc[0][["Images that are answered", "Share of all images"]].tolist() == [300, "100.0%"]
