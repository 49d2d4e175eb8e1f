import numpy as np
import pytest

from core.evaluation.confidence.decided import at_temperature, confidence_and_right, decided
from core.runs.decisions import Decision
from tests.core.evaluation.generated import evaluation


@pytest.mark.parametrize("classes", [2, 4])
def test_without_a_decision_nothing_changes(classes):
    judged = evaluation(300, classes)
    again = decided(judged, Decision(least_confidence=0.3, cost_of_miss=5))
    assert again is judged


def test_a_temperature_changes_how_sure_and_not_what():
    judged = evaluation(300, 4, temperature=3.0)
    softer = decided(judged, Decision(temperature=2.0))
    assert softer.predictions["predicted"].equals(judged.predictions["predicted"])
    assert (softer.predictions["confidence"] < judged.predictions["confidence"]).all()
    assert softer.predictions["confidence"].to_numpy() == pytest.approx(softer.probabilities.max(axis=1))


def test_of_two_classes_the_second_is_answered_from_the_threshold_on():
    judged = evaluation(300, 2)
    careful = decided(judged, Decision(threshold=0.2))
    expected = judged.probabilities[:, 1] >= 0.2
    assert careful.predictions["predicted"].to_numpy().astype(bool).tolist() == expected.tolist()
    shown = np.where(expected, judged.probabilities[:, 1], judged.probabilities[:, 0])
    assert careful.predictions["confidence"].to_numpy() == pytest.approx(shown)


def test_of_more_classes_the_threshold_is_not_looked_at():
    judged = evaluation(100, 3)
    assert decided(judged, Decision(threshold=0.9)).predictions.equals(judged.predictions)


def test_confidence_and_right_are_those_of_the_predictions():
    judged = evaluation(50, 3)
    confidence, right = confidence_and_right(judged)
    assert right.sum() == judged.right
    assert confidence.tolist() == judged.predictions["confidence"].tolist()


@pytest.mark.parametrize("before", [1.0, 2.0])
@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.8])
def test_another_temperature_keeps_the_answers(before, threshold):
    judged = evaluation(300, 2, temperature=2.0)
    decision = Decision(temperature=before, threshold=threshold, least_confidence=0.7, cost_of_miss=3)
    other = at_temperature(decision, 1.6)
    first, second = (decided(judged, each).predictions["predicted"] for each in (decision, other))
    assert first.equals(second)
    assert (other.temperature, other.least_confidence, other.cost_of_miss) == (1.6, 0.7, 3)
