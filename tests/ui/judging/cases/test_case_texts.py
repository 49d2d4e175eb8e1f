import numpy as np
import pandas as pd
import pytest

from ui.judging.cases import case_detail, case_twins
from ui.judging.cases.case_texts import description, title, top_classes

NAMES = ("cat", "big_dog", "fox")


def case(label: int, predicted: int, confidence: float = 0.9, true_probability: float = 0.9):
    columns = {"label": label, "predicted": predicted, "confidence": confidence, "true_probability": true_probability}
    return next(pd.DataFrame([columns]).itertuples())


@pytest.mark.parametrize(
    ("label", "predicted", "short", "words"),
    [
        (0, 1, "cat → **big\\_dog**", "cat, taken for big_dog"),
        (1, 1, ":material/check: **big\\_dog**", "big_dog, rightly found"),
    ],
)
def test_an_image_is_called_by_its_class_and_what_it_was_taken_for(label, predicted, short, words):
    assert title(case(label, predicted), NAMES) == short
    assert description(case(label, predicted), NAMES) == words


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ((0.2, 0.7, 0.1), ["big\\_dog\\: 70%", "cat\\: 20%", "fox\\: 10%"]),
        ((0.999, 0.001, 0.0), ["cat\\: 100%", "big\\_dog\\: <1%", "fox\\: 0%"]),
    ],
)
def test_the_most_probable_classes_stand_in_order(probabilities, expected):
    assert top_classes(np.array(probabilities), NAMES).split("  \n") == expected


def test_of_many_classes_three_are_named_and_of_two_both():
    assert top_classes(np.array([0.4, 0.3, 0.2, 0.1]), "abcd").count("%") == 3
    assert top_classes(np.array([0.4, 0.6]), "ab").count("%") == 2


def test_the_answer_is_said_in_a_sentence():
    wrong = case_detail.sentence(case(0, 1, 0.75, 0.2), NAMES)
    assert wrong == "The net answers **big\\_dog** with 75.0%; **cat**, which is true, gets 20.0%."
    assert case_detail.sentence(case(2, 2, 0.6, 0.6), NAMES) == "The net answers **fox** with 60.0%, and is right."


@pytest.mark.parametrize(
    ("twins", "of_other_classes", "is_searched", "expected"),
    [
        (0, 0, True, "No training image looks like this one."),
        (1, 0, True, "1 training image looks like this one."),
        (3, 1, True, "3 training images look like this one. 1 of them has another class: that may have taught"),
        (3, 2, True, "3 training images look like this one. 2 of them have another class: that may have taught"),
        (0, 0, False, "No training image looks like this one. Only those with the same pixels are known"),
    ],
)
def test_the_look_alikes_in_training_are_counted(twins, of_other_classes, is_searched, expected):
    assert case_twins.sentence(twins, of_other_classes, is_searched=is_searched).startswith(expected)
