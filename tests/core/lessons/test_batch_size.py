"""What is said of batch sizes, from figures made by hand."""

from math import isnan, pi, sqrt

import numpy as np
import pytest

from core.lessons.batch_size.answer import noise
from core.lessons.lessons import LESSONS
from core.lessons.positions import HIGHEST, LOWEST, MIDDLE, SAME
from tests.core.lessons.made import evidence, said, tried

LESSON = LESSONS["batch_size"]
SIZE = "training.batch_size"
JUMPY = [1.0, 1.0, 1.0, 1.0, 0.5, 0.9, 0.5, 0.9]
CALM = [1.0, 1.0, 1.0, 1.0, 0.50, 0.52, 0.50, 0.52]


def size(images, accuracy, seconds=1.0, updates=CALM):
    """Three epochs, of which only one is quick."""
    return tried({SIZE: images}, val_accuracy=[0.1, 0.5, accuracy], seconds=[9.0, seconds, 2.0], updates=updates)


def answer(trials, wanted=None):
    return LESSON.answer(evidence(LESSON.recipe, trials, wanted=wanted))


def test_updates_result_noise_and_time_are_told_with_their_figures():
    found = answer([size(1024, 0.8, 0.1), size(64, 0.85), size(16, 0.92, 0.6, JUMPY)])
    assert [str(sentence) for sentence in found.sentences] == [
        "The weights are changed once per batch. 3,500 training images in batches of 16 are 219 updates per epoch, in "
        "batches of 1,024 only 4.",
        "In the same 3 epochs batches of 16 came furthest: 92.0% of the validation images are right, with batches of "
        "1,024 it is 80.0%.",
        "A small batch is a small sample: its loss jumps by 0.71 from update to update, that of 1,024 images by 0.035.",
        "Many small updates cost time: the quickest epoch took 0.6 s in batches of 16 and 0.1 s in batches of 1,024.",
    ]
    assert found.right == LOWEST
    assert found.figures["updates"].tolist() == [219, 55, 4]
    assert found.figures["epoch_seconds"].tolist() == [0.6, 1.0, 0.1]


@pytest.mark.parametrize(
    ("trials", "right", "told"),
    [
        ([size(16, 0.7), size(64, 0.9), size(256, 0.8)], MIDDLE, "batches of 64 came furthest"),
        ([size(16, 0.7), size(64, 0.8), size(256, 0.9)], HIGHEST, "batches of 256 came furthest"),
        ([size(16, 0.9), size(64, 0.89), size(256, 0.88)], SAME, "all came to about the same, 88.0% to 90.0%"),
        ([size(16, 0.9), size(64, 0.89), size(256, 0.7)], None, "that chance may have decided"),
        ([size(16, 0.9), size(256, 0.7, updates=JUMPY)], LOWEST, "this time large batches were not calmer"),
        ([size(16, 0.9, 0.5), size(256, 0.7, 0.7)], LOWEST, "this time large batches saved none"),
        ([size(16, 0.9, 0.5), size(64, 0.7, 0.1), size(256, 0.7, 0.6)], LOWEST, "16 and 0.1 s in batches of 64."),
    ],
)
def test_an_outcome_that_is_not_the_expected_one_is_said_plainly(trials, right, told):
    found = answer(trials)
    assert found.right == right
    assert told in said(found.sentences)


def test_a_size_that_was_ended_early_is_left_out_and_that_is_said():
    early = tried({SIZE: 16}, is_complete=False, val_accuracy=[0.3])
    found = answer([size(64, 0.9), size(256, 0.8), early])
    assert found.figures["batch_size"].tolist() == [64, 256]
    assert "Only 2 of the 3 settings were tried to the end" in said(found.sentences)


def test_of_one_size_alone_there_is_no_answer():
    assert "answers nothing" in said(answer([size(16, 0.9)], wanted=4).sentences)


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        (JUMPY, 0.4 * sqrt(pi)),  # the inner two of the last four are both 0.4 from the median of their three
        ([4.0, 3.0, 2.0, 1.0, 0.8, 0.6, 0.4, 0.2], 0.0),  # a loss that only falls does not jump
        ([1.0, np.inf, 1.0, 1.0, np.nan, 0.5, 0.9, 0.5, 0.9], 0.4 * sqrt(pi)),
    ],
)
def test_the_noise_is_that_of_the_second_half_about_its_running_median(losses, expected):
    assert noise(np.array(losses)) == pytest.approx(expected)


def test_the_noise_of_too_few_updates_is_unknown():
    assert isnan(noise(np.array([1.0, 2.0, 1.0, 2.0, 1.0])))
