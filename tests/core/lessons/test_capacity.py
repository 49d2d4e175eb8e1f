"""What is said of small and large nets, from figures made by hand.

Weights: one filter of 3 × 3 on grey images is 9 + 1, its map of 3 × 3 into ten classes 9 × 10 + 10, together 110. 64
filters are 640, the second convolution 64 × 64 × 9 + 64 = 36,928, the end 9 × 64 × 10 + 10 = 5,770, together 43,338.
"""

import pytest

from core.lessons.capacity.answer import BETTER, BY_HEART, WORSE, weights
from core.lessons.lessons import LESSONS
from tests.core.lessons.made import evidence, said, tried

LESSON = LESSONS["capacity"]
FILTERS, LEFT_OUT = "layers.1.filters", "layers.3.disabled"
SMALL, MIDDLE, LARGE = (1, True), (64, True), (64, False)


def net(kind, accuracy, val_accuracy, val_loss, loss=1.0):
    """Eight epochs; the last figure where only one is given."""
    filters, is_left_out = kind
    losses = val_loss if isinstance(val_loss, list) else [val_loss] * 8
    training = loss if isinstance(loss, list) else [loss] * 8
    figures = {"accuracy": [accuracy] * 8, "val_accuracy": [val_accuracy] * 8, "val_loss": losses, "loss": training}
    return tried({FILTERS: filters, LEFT_OUT: is_left_out}, **figures)


OVERFIT = {"val_loss": [1.6, 1.2, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5], "loss": [2.0, 1.0, 0.5, 0.3, 0.1, 0.05, 0.02, 0.01]}


def answer(trials):
    return LESSON.answer(evidence(LESSON.recipe, trials, training_images=300))


def test_underfitting_and_overfitting_are_told_with_their_figures():
    found = answer([net(LARGE, 1.0, 0.75, **OVERFIT), net(SMALL, 0.43, 0.4, 1.7), net(MIDDLE, 0.99, 0.74, 0.97)])
    assert [str(sentence) for sentence in found.sentences] == [
        "The smallest net, with 110 weights, is too weak even for the images it practises on: 43% of them right, and "
        "40% of the validation images. That is underfitting.",
        "The largest, with 43,338 weights, gets 100% of its training images right and 75% of the validation images: a "
        "gap of 25 percentage points.",
        "Since epoch 3 the validation loss has risen from 1.1 to 1.4, while the training loss fell from 0.5 to 0.02. "
        "That is overfitting.",
        "The lowest validation loss at the end, 0.97, has a net with 6,410 weights; the largest has 1.5. The loss "
        "also counts how sure a net was of its mistakes.",
    ]
    assert found.right == BY_HEART
    assert found.figures[["filters", "convolutions", "weights"]].to_numpy().tolist() == [
        [1, 1, 110],
        [64, 1, 6410],
        [64, 2, 43338],
    ]
    assert found.figures["gap"].tolist() == pytest.approx([0.03, 0.25, 0.25])


@pytest.mark.parametrize(
    ("trials", "right", "told"),
    [
        ([net(SMALL, 0.5, 0.5, 1.5), net(LARGE, 0.95, 0.94, 0.3)], BETTER, "more capacity has paid to the end"),
        ([net(SMALL, 0.95, 0.9, 0.3), net(LARGE, 1.0, 0.75, **OVERFIT)], BY_HEART, "this time it is not too weak"),
        ([net(SMALL, 0.5, 0.5, 1.5), net(LARGE, 0.1, 0.1, 2.3)], WORSE, "a gap of 0 percentage points"),
        ([net(SMALL, 0.8, 0.8, 0.6), net(LARGE, 0.85, 0.8, 0.7)], None, "has a net with 110 weights"),
        ([net(SMALL, 0.8, 0.8, 0.6), net(LARGE, 0.85, 0.8, 0.7)], None, "show no overfitting this time"),
    ],
)
def test_an_outcome_that_is_not_the_expected_one_is_said_plainly(trials, right, told):
    found = answer(trials)
    assert found.right == right
    assert told in said(found.sentences)


def test_a_net_that_was_ended_early_is_left_out_and_that_is_said():
    early = tried({FILTERS: 1, LEFT_OUT: False}, is_complete=False, val_loss=[2.0])
    found = answer([net(SMALL, 0.5, 0.5, 1.5), net(LARGE, 0.95, 0.94, 0.3), early])
    assert found.figures["weights"].tolist() == [110, 43338]
    assert "Only 2 of the 3 settings were tried to the end" in said(found.sentences)


def test_weights_are_those_that_are_trained():
    made = evidence(LESSON.recipe, [])
    assert [weights(made, net(kind, 1, 1, 1)) for kind in (SMALL, MIDDLE, LARGE)] == [110, 6410, 43338]
