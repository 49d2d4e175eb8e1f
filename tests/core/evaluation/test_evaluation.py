import numpy as np
import pandas as pd
import pytest

from core.evaluation.confidence.decided import decided
from core.evaluation.evaluation import judge_answers
from core.evaluation.probabilities import predicted_classes, probabilities
from core.evaluation.trying.prediction import answers as predictions_of
from core.runs.decisions import Decision

IMAGES = pd.DataFrame({"path": [f"{number}.png" for number in range(8)], "label": [0, 0, 0, 1, 1, 2, 2, 2]})
CLASS_NAMES = ("고양이", "dog", "fox")
ANSWERS = np.array(
    [
        [0.8, 0.1, 0.1],
        [0.6, 0.3, 0.1],
        [0.2, 0.7, 0.1],  # a cat taken for a dog
        [0.1, 0.5, 0.4],
        [0.9, 0.1, 0.0],  # a dog taken for a cat
        [0.0, 0.0, 1.0],
    ]
)
ROWS = np.array([0, 1, 2, 3, 4, 5])


@pytest.fixture
def evaluation():
    return judge_answers(ANSWERS, ROWS, IMAGES, CLASS_NAMES, "validation", openings=0)


def test_accuracy_and_confusion_are_those_worked_by_hand(evaluation):
    assert (evaluation.right, evaluation.images) == (4, 6)
    assert evaluation.accuracy == pytest.approx(4 / 6)
    assert evaluation.confusion.tolist() == [[2, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_precision_and_recall_per_class_are_those_worked_by_hand(evaluation):
    table = evaluation.per_class.set_index("class_name")
    assert table.loc["고양이", ["precision", "recall", "images"]].tolist() == pytest.approx([2 / 3, 2 / 3, 3])
    assert table.loc["dog", ["precision", "recall", "images"]].tolist() == pytest.approx([1 / 2, 1 / 2, 2])
    assert table.loc["fox", ["precision", "recall", "images"]].tolist() == pytest.approx([1, 1, 1])


def test_mistakes_come_most_confident_first(evaluation):
    assert evaluation.mistakes()["path"].tolist() == ["4.png", "2.png"]


# 81 of 263: Newcombe (1998), table I, method 3. The others are worked from the formula by hand.
@pytest.mark.parametrize(
    ("right", "images", "low", "high"),
    [(37, 40, 0.8014, 0.9742), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_wilsons(right, images, low, high):
    labels = pd.DataFrame({"path": [str(row) for row in range(images)], "label": [0] * images})
    answers = np.array([[1.0, 0.0]] * right + [[0.0, 1.0]] * (images - right))
    judged = judge_answers(answers, np.arange(images), labels, ("a", "b"), "test", openings=1)
    assert judged.interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("answer", "predicted", "confidence"),
    [([0.5], 1, 0.5), ([0.4999], 0, 0.5001), ([1.7], 1, 1.0), ([-3.0], 0, 1.0), ([0.2, 0.8], 1, 0.8)],
)
def test_one_unit_says_class_1_from_a_half_on(answer, predicted, confidence):
    shares = probabilities(np.array([answer]))
    (found,) = predicted_classes(shares)
    assert (found, shares[0, found]) == (predicted, pytest.approx(confidence))


@pytest.mark.parametrize(
    ("answer", "shares"),
    [
        ([-0.1, -0.05, -0.2], [0.4, 0.6, 0.0]),
        ([0.5, -0.1, -0.2], [0.875, 0.125, 0.0]),
        ([-0.2, 0.3], [0.0, 1.0]),
        ([0.3, 0.1], [0.75, 0.25]),
        ([-1.0, -1.0], [0.5, 0.5]),
        ([0.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]),
    ],
)
def test_shares_keep_the_order_of_answers_without_a_softmax(answer, shares):
    assert probabilities(np.array([answer]))[0] == pytest.approx(shares)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([-0.1, -0.05, -0.2], 1),
        ([0.5, 0.5], 1),
        ([0.5], 1),
        ([-2.0, -2.0], 1),
        ([0.4, 0.4, 0.2], 0),
        ([-1.0, -1.0, -1.0], 0),
    ],
)
def test_result_decisions_and_try_it_name_the_same_class(answer, expected):
    answers, names = np.array([answer], np.float32), CLASS_NAMES[: max(len(answer), 2)]
    judged = judge_answers(answers, ROWS[:1], IMAGES, names, "validation", openings=0)
    (tried,) = predictions_of(answers, names, Decision())
    softer = decided(judged, Decision(temperature=1.5))
    found = [each.predictions["predicted"].item() for each in (judged, decided(judged, Decision()), softer)]
    assert [*found, tried.likeliest] == [expected] * 4


def test_a_class_that_is_never_predicted_has_no_precision_and_null_in_json():
    judged = judge_answers(ANSWERS[:2], ROWS[:2], IMAGES, CLASS_NAMES, "validation", openings=0)
    assert judged.to_json()["per_class"]["fox"] == {"precision": None, "recall": None, "f1": None, "images": 0}
