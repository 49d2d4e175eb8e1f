import numpy as np
import pytest
import scipy.special

from core.evaluation.trying.prediction import PredictedNumber, answers
from core.runs.decisions import Decision

CLASS_NAMES = ("cat", "dog", "고양이")


def answer_of(output, class_names=CLASS_NAMES, **decided):
    (answer,) = answers(np.array([output]), class_names, Decision(**decided))
    return answer


def test_the_most_probable_classes_come_first():
    answer = answer_of([0.2, 0.1, 0.7])
    assert answer.top(2) == [("고양이", pytest.approx(0.7)), ("cat", pytest.approx(0.2))]
    assert (answer.answer, answer.confidence) == (2, pytest.approx(0.7))


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_probabilities_have_the_temperature_that_was_decided(temperature):
    logits = np.array([2.0, -1.0, 0.5])
    answer = answer_of(scipy.special.softmax(logits), temperature=temperature)
    assert answer.probabilities == pytest.approx(scipy.special.softmax(logits / temperature).tolist())


@pytest.mark.parametrize(
    ("output", "decided", "expected"),
    [
        ([0.2, 0.1, 0.7], {"least_confidence": 0.7}, 2),
        ([0.2, 0.11, 0.69], {"least_confidence": 0.7}, None),
        ([0.2, 0.1, 0.7], {"least_confidence": 0.6, "temperature": 3.0}, None),
        ([0.2, 0.1, 0.7], {}, 2),
    ],
)
def test_no_class_with_the_least_confidence_means_i_dont_know(output, decided, expected):
    answer = answer_of(output, **decided)
    assert answer.answer == expected
    assert answer.likeliest == 2


@pytest.mark.parametrize(
    ("output", "threshold", "expected"),
    [
        ([0.3], 0.5, 0),
        ([0.3], 0.3, 1),
        ([0.3], 0.31, 0),
        ([0.5], 0.5, 1),
        ([0.75, 0.25], 0.25, 1),
        ([0.25, 0.75], 0.8, 0),
    ],
)
def test_of_two_classes_the_second_is_the_answer_from_the_threshold_on(output, threshold, expected):
    assert answer_of(output, CLASS_NAMES[:2], threshold=threshold).answer == expected


def test_a_second_class_that_is_only_named_for_its_threshold_has_its_own_confidence():
    answer = answer_of([0.7, 0.3], CLASS_NAMES[:2], threshold=0.25, least_confidence=0.5)
    assert (answer.likeliest, answer.confidence, answer.answer) == (1, pytest.approx(0.3), None)


def test_a_threshold_means_nothing_for_more_classes():
    assert answer_of([0.2, 0.5, 0.3], threshold=0.1).answer == 1


def test_without_classes_the_answer_is_a_number():
    assert answer_of([41.5], ()) == PredictedNumber(41.5)
