import pytest

from core.evaluation.confidence.decision_threshold import cheapest, costs, theoretical_threshold
from tests.core.evaluation.generated import answers
from ui.charts import threshold_costs


def table(images: int, miss: float = 3, false_alarm: float = 1):
    labels, probabilities = answers(images, 2, 2.0)
    return costs(labels, probabilities[:, 1], miss, false_alarm)


@pytest.mark.parametrize("images", [5, 300, 20_000])
def test_what_is_left_out_of_the_drawing_lies_between_what_is_drawn(images):
    whole = table(images)
    drawn = threshold_costs.drawn(whole)
    assert len(drawn) <= min(len(whole), 602)
    assert drawn["total_cost"].agg(["min", "max"]).tolist() == whole["total_cost"].agg(["min", "max"]).tolist()
    assert drawn["threshold"].iloc[[0, -1]].tolist() == whole["threshold"].iloc[[0, -1]].tolist()
    assert drawn["threshold"].is_monotonic_increasing


def test_the_drawing_is_valid():
    whole = table(300)
    best = cheapest(whole, 0.25)
    assert (
        len(threshold_costs.chart(threshold_costs.drawn(whole), "validation", best, 0.25, 0.5).to_dict()["layer"]) == 4
    )


def test_the_sentence_names_both_thresholds():
    text = threshold_costs.sentence(0.31, theoretical_threshold(3, 1))
    assert text.startswith("The cheapest threshold on these images is **0.31**.")
    assert "it would be **0.25**" in text


def test_the_table_for_people_keeps_every_row():
    assert list(threshold_costs.shown(table(50)).columns)[:3] == ["Threshold", "Misses", "False alarms"]
