"""Everything is taken for one class."""

import numpy as np

from core.doctor.case import Case
from core.doctor.finding import Control, Finding
from core.message import Message, say

KIND = "class_collapse"
EXPLAINED_BY = frozenset({"divergence"})
ALMOST_ALL = 0.99
"""Of the answers are the same class…"""
MOST_COMMON = 0.9
"""…although no class has so many of the images."""
EQUAL_EPOCHS = 5
"""Where the answers are not known: for so many epochs as many are right as a class has images…"""
FEWEST_IMAGES = 50
"""…of so many at least: among few, that is chance…"""
NEAR = 0.05
"""…and the training accuracy is so near."""


def find(case: Case) -> Finding | None:
    """Class collapse, by the answers where the run was judged, else by an accuracy that stands at the share of a
    class."""
    if len(case.validation_counts) < 2 or not case.validation_images or case.most_common >= MOST_COMMON:
        return None
    evidence = _by_accuracy(case) if case.predicted_counts is None else _by_answers(case.predicted_counts)
    if evidence is None:
        return None
    return Finding(
        kind=KIND,
        title=say("Everything is taken for one class"),
        evidence=evidence,
        advice=say(
            "The net has stopped looking at the images. Lower the learning rate; where classes differ much in size, "
            "weigh them; check that images and labels belong together."
        ),
        control=Control.LEARNING_RATE,
        figure="accuracy",
        first_epoch=max(1, case.epochs - EQUAL_EPOCHS + 1),
        last_epoch=case.epochs,
    )


def _by_answers(counts: tuple[int, ...]) -> Message | None:
    total = sum(counts)
    if not total or max(counts) / total < ALMOST_ALL:
        return None
    return say(
        "{count:,} of the {images:,} validation images get the same answer, whatever they show.",
        count=max(counts),
        images=total,
    )


def _by_accuracy(case: Case) -> Message | None:
    """Not while the validation loss goes down from epoch to epoch: a net that learns slowly can stand so, too."""
    images = case.validation_images
    if not case.has_accuracy or case.epochs < EQUAL_EPOCHS or images < FEWEST_IMAGES:
        return None
    accuracies = case.curve("val_accuracy")[-EQUAL_EPOCHS:]
    right = set(np.rint(accuracies * images).astype(int).tolist())
    is_near = abs(case.curve("accuracy")[-1] - accuracies[-1]) <= NEAR
    is_falling = (np.diff(case.curve("val_loss")[-EQUAL_EPOCHS:]) < 0).all()
    if len(right) > 1 or not right <= set(case.validation_counts) or not is_near or is_falling:
        return None
    return say(
        "For {epochs} epochs {count:,} of the {images:,} validation images have been right, which is exactly how many "
        "one class has.",
        epochs=EQUAL_EPOCHS,
        count=right.pop(),
        images=images,
    )
