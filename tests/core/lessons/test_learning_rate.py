"""What is said of learning rates, from figures made by hand.

Of 750 images 90 % are 675, whose 95 % interval (Wilson) is 87.6 % to 92.0 %; that of 12 % is 9.9 % to 14.5 %, which
reaches the 10 % of guessing, that of 13 % is 10.8 % to 15.6 %, which does not. Of 20 images of two classes, 15 right
can mean 53.1 % to 88.8 %, 14 right 48.1 % to 85.5 %.
"""

import numpy as np
import pytest

from core.lessons.lessons import LESSONS
from core.lessons.positions import HIGHEST, LOWEST, MIDDLE, SAME
from tests.core.lessons.made import evidence, said, tried

LESSON = LESSONS["learning_rate"]
RATE = "training.optimizer.learning_rate"
TOO_LOW, SLOW, RIGHT, TOO_HIGH = 0.0001, 0.003, 0.1, 3.0


def rates(accuracies, **more):
    """A trial of two epochs for each rate, from 5 % to its accuracy at the end."""
    return [
        tried({RATE: rate}, loss=[2.4, 2.3], val_accuracy=[0.05, accuracy], **more)
        for rate, accuracy in accuracies.items()
    ]


def answer(trials, wanted=None):
    return LESSON.answer(evidence(LESSON.recipe, trials, wanted=wanted))


def test_too_low_slow_right_and_too_high_are_told_with_their_figures():
    found = answer(rates({RIGHT: 0.9, TOO_HIGH: 0.1, TOO_LOW: 0.12, SLOW: 0.8}))
    assert [str(sentence) for sentence in found.sentences] == [
        "0.0001 was too low: in 2 epochs the training loss only went from 2.4 to 2.3. 12.0% right is not clearly "
        "more than the 10.0% that guessing gets.",
        "0.003 learned, but more slowly: 80.0% in the same time.",
        "0.1 went furthest: 90.0% of the validation images right after 2 epochs.",
        "3 was too high: every step overshoots. The training loss went from 2.4 to 2.3, and 10.0% right is not "
        "clearly more than the 10.0% that guessing gets.",
        "So a learning rate can be wrong in both directions, and at the end both look the same.",
    ]
    assert found.right == MIDDLE
    assert found.figures["rate"].tolist() == [TOO_LOW, SLOW, RIGHT, TOO_HIGH]
    assert found.figures["val_accuracy"].tolist() == [0.12, 0.8, 0.9, 0.1]


@pytest.mark.parametrize(
    ("accuracies", "right", "told"),
    [
        ({TOO_LOW: 0.9, SLOW: 0.8, RIGHT: 0.7}, LOWEST, "the lowest rate tried was the best"),
        ({TOO_LOW: 0.1, SLOW: 0.8, RIGHT: 0.9}, HIGHEST, "the highest rate tried was the best"),
        ({TOO_LOW: 0.13, SLOW: 0.9, RIGHT: 0.7}, MIDDLE, "This time not both were seen"),
        (
            {TOO_LOW: 0.1, SLOW: 0.89, RIGHT: 0.9},
            None,
            "0.003 came to 89.0%: the difference to the best may be chance.",
        ),
        ({TOO_LOW: 0.89, SLOW: 0.88, RIGHT: 0.9}, SAME, "the highest rate tried was the best"),
        ({TOO_LOW: 0.1, SLOW: 0.1, RIGHT: 0.12}, None, "has clearly learned anything: the best, 0.1, came to 12.0% of"),
        ({TOO_LOW: 0.1, SLOW: 0.9, RIGHT: 0.7}, MIDDLE, "0.1 learned, but not as well: 70.0%."),
    ],
)
def test_an_outcome_that_is_not_the_expected_one_is_said_plainly(accuracies, right, told):
    found = answer(rates(accuracies))
    assert found.right == right
    assert told in said(found.sentences)


FEW = np.array([10, 10])


@pytest.mark.parametrize(
    ("accuracies", "told"),
    [
        ({TOO_LOW: 0.7, RIGHT: 0.75}, "0.0001 came to 70.0%: the difference to the best may be chance."),
        ({TOO_LOW: 0.6, RIGHT: 0.9}, "60.0% right is not clearly more than the 50.0% that guessing gets."),
        ({TOO_LOW: 0.6, RIGHT: 0.7}, "none of the rates has clearly learned anything: the best, 0.1, came to 70.0% of"),
    ],
)
def test_on_few_images_no_more_is_said_than_they_tell(accuracies, told):
    sentences = said(answer(rates(accuracies, label_counts=FEW)).sentences)
    assert told in sentences
    assert "both look the same" not in sentences


def test_a_rate_as_good_as_the_best_but_for_chance_is_not_seen_to_fail():
    found = answer(rates({TOO_LOW: 0.7, RIGHT: 0.75, TOO_HIGH: 0.5}, label_counts=FEW))
    assert "This time not both were seen" in said(found.sentences)


def test_where_nothing_has_learned_it_is_said_what_was_not_tried_to_the_end():
    early = tried({RATE: SLOW}, is_complete=False, val_accuracy=[0.3])
    assert "Only 2 of the 3 settings" in said(answer([*rates({TOO_LOW: 0.1, TOO_HIGH: 0.1}), early]).sentences)


def test_a_rate_at_which_the_training_broke_down_is_too_high_and_was_tried():
    broken = tried({RATE: TOO_HIGH}, is_complete=False, has_diverged=True)
    found = answer([*rates({TOO_LOW: 0.1, RIGHT: 0.9}), broken])
    assert "3 was too high: the training broke down" in said(found.sentences)
    assert "both look the same" in said(found.sentences)
    assert "tried to the end" not in said(found.sentences)
    assert found.right == MIDDLE


def test_of_a_rate_that_was_ended_early_nothing_is_said_to_be_known():
    early = tried({RATE: SLOW}, is_complete=False, loss=[2.0], val_accuracy=[0.3])
    found = answer([*rates({TOO_LOW: 0.1, RIGHT: 0.9, TOO_HIGH: 0.1}), early])
    assert "0.003 was not trained to the end" in said(found.sentences)
    assert "Only 3 of the 4 settings were tried to the end" in said(found.sentences)


@pytest.mark.parametrize("trials", [[], rates({RIGHT: 0.9}), [tried({RATE: RIGHT}, is_complete=False)] * 2])
def test_of_too_few_trials_there_is_no_answer(trials):
    found = answer(trials, wanted=4)
    assert "answers nothing" in said(found.sentences)
    assert found.right is None
