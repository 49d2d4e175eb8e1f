import pytest

from core.evaluation.figures.class_figures import class_figures
from core.evaluation.figures.resampling import Estimate
from tests.core.evaluation.judged import classified
from ui.charts import class_ranges
from ui.judging import class_table
from ui.judging.ranges import share_sentence, span
from ui.judging.result import sentence

SPANS = [
    (0.8014, 0.9742, "80–97%"),
    (0.0, 0.2775, "0–28%"),
    (0.9561, 0.9642, "95.6–96.4%"),
    (0.95123, 0.95234, "95.12–95.23%"),
]


@pytest.mark.parametrize(("low", "high", "text"), SPANS)
def test_a_range_is_told_in_as_many_digits_as_it_takes(low, high, text):
    assert span(low, high) == text


def test_the_sentence_of_the_issue():
    evaluation = classified([0] * 40, [0] * 37 + [1] * 3)
    assert sentence(evaluation) == "**37 of 40** right is 92.5%, and **80–97%** is what that can mean."


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Estimate(0.931, (0.8, 0.97)), "Macro F1 is 93.1%, and **80–97%** is what that can mean."),
        (Estimate(1.0, None), "Macro F1 is 100.0%. Drawn anew, these images give the same, so no range can be told."),
    ],
)
def test_a_figure_without_a_range_says_why(figure, text):
    assert share_sentence("Macro F1", figure) == text


def test_the_table_has_the_figures_and_their_ranges():
    table = class_table.table(class_figures(classified([0, 0, 0, 0, 1], [0, 0, 0, 1, 1]))).set_index("class_name")
    assert table.loc["class 0", ["images", "precision", "recall"]].tolist() == [4, 100, 75]
    assert table.loc["class 0", ["precision_range", "recall_range"]].tolist() == ["44–100%", "30–95%"]
    assert table.loc["class 2", ["precision_range", "recall_range", "f1_range"]].tolist() == ["–"] * 3


def test_the_weakest_classes_are_named():
    evaluation = classified([0, 0, 0, 0, 1], [0, 0, 0, 1, 1])
    assert class_table.least_found(evaluation) == (
        "class 0 is found least often: **3 of 4** is 75.0%, and **30–95%** is what that can mean."
    )
    assert class_table.least_reliable(evaluation) == (
        "The answer class 1 is right least often: **1 of 2** is 50.0%, and **9–91%** is what that can mean."
    )


def test_where_all_is_right_no_class_is_weak():
    evaluation = classified([0, 1], [0, 1])
    assert class_table.least_found(evaluation) == "Every image of every class was found."
    assert class_table.least_reliable(evaluation) == "Every answer was right."


def test_the_chart_leaves_out_a_class_without_images():
    rows = class_ranges.table(classified([0, 0, 0, 0, 1], [0, 0, 0, 1, 1]))
    assert rows["class_name"].tolist() == ["class 0", "class 1"]
    assert rows.loc[0, ["recall_low", "recall", "recall_high"]].tolist() == pytest.approx(
        [0.3006, 0.75, 0.9544], abs=1e-4
    )
