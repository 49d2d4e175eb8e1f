"""A net after each of its epochs, on numbers worked by hand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from core.evaluation.inside.epochs import changes, course, judge_epochs
from core.runs.epoch_answers import EpochAnswers

ROWS = np.array([3, 0, 2])
LABELS = [0, 1, 0, 1]
NUMBERS = [1.0, 2.0, 3.0, 4.0]


@dataclass(frozen=True)
class Images:
    """As much of a dataset as judging takes."""

    images: pd.DataFrame
    class_names: tuple[str, ...]

    @property
    def predicts_numbers(self) -> bool:
        return not self.class_names


CLASSES = Images(pd.DataFrame({"path": list("abcd"), "label": LABELS}), ("cat", "dog"))
VALUES = Images(pd.DataFrame({"path": list("abcd"), "value": NUMBERS}), ())
ANSWERS = EpochAnswers(
    (1, 4),
    np.array(
        [
            [[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]],  # of the images 3, 0 and 2, which are a dog and two cats
            [[0.6, 0.4], [0.9, 0.1], [0.8, 0.2]],
        ],
        np.float32,
    ),
)


def test_each_epoch_is_judged_by_its_own_answers():
    judged = judge_epochs(ANSWERS, ROWS, CLASSES, openings=2)
    assert list(judged) == [1, 4]
    assert judged[1].confusion.tolist() == [[0, 2], [0, 1]]
    assert judged[4].confusion.tolist() == [[2, 0], [1, 0]]
    assert judged[4].predictions["row"].tolist() == [3, 0, 2]
    assert (judged[4].part, judged[4].openings) == ("validation", 2)


def test_the_course_is_the_accuracy_of_each_epoch():
    rows = course(judge_epochs(ANSWERS, ROWS, CLASSES, openings=0))
    assert rows["epoch"].tolist() == [1, 4]
    assert rows["value"].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_the_course_of_numbers_is_their_mean_absolute_error():
    answers = EpochAnswers((2,), np.array([[[4.0], [0.0], [5.0]]], np.float32))
    assert course(judge_epochs(answers, ROWS, VALUES, openings=0))["value"].tolist() == [1.0]


def test_what_was_learned_and_unlearned_is_told_the_surest_first():
    first, last = judge_epochs(ANSWERS, ROWS, CLASSES, openings=0).values()
    changed = changes(first, last)
    assert changed.learned["row"].tolist() == [0, 2]
    assert changed.learned["confidence"].tolist() == pytest.approx([0.9, 0.8])
    assert changed.unlearned["row"].tolist() == [3]
    assert changes(last, last).learned.empty
