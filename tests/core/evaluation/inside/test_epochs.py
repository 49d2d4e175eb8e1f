"""A net after each of its epochs, on numbers worked by hand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from core.evaluation.inside.epochs import changes, course, judge_epoch

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
ANSWERS = {  # of the images 3, 0 and 2, which are a dog and two cats
    1: np.array([[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]], np.float32),
    4: np.array([[0.6, 0.4], [0.9, 0.1], [0.8, 0.2]], np.float32),
}


def judged_after(epoch: int):
    return judge_epoch(ANSWERS[epoch], ROWS, CLASSES, openings=2)


def test_each_epoch_is_judged_by_its_own_answers():
    assert judged_after(1).confusion.tolist() == [[0, 2], [0, 1]]
    last = judged_after(4)
    assert last.confusion.tolist() == [[2, 0], [1, 0]]
    assert last.predictions["row"].tolist() == [3, 0, 2]
    assert (last.part, last.openings) == ("validation", 2)


def test_the_course_is_the_accuracy_of_each_epoch():
    rows = course([1, 4], judged_after)
    assert rows["epoch"].tolist() == [1, 4]
    assert rows["value"].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_the_course_of_numbers_is_their_mean_absolute_error():
    judged = judge_epoch(np.array([[4.0], [0.0], [5.0]], np.float32), ROWS, VALUES, openings=0)
    assert course([2], lambda _epoch: judged)["value"].tolist() == [1.0]


def test_what_was_learned_and_unlearned_is_told_the_surest_first():
    first, last = judged_after(1), judged_after(4)
    changed = changes(first, last)
    assert changed.learned["row"].tolist() == [0, 2]
    assert changed.learned["confidence"].tolist() == pytest.approx([0.9, 0.8])
    assert changed.unlearned["row"].tolist() == [3]
    assert changes(last, last).learned.empty
