"""The loss jumps up and down from epoch to epoch."""

import numpy as np

from core.doctor.case import Case
from core.doctor.finding import Control, Finding
from core.message import say

KIND = "oscillation"
EXPLAINED_BY = frozenset({"divergence", "class_collapse"})
TURNS = 0.5
"""At so many of the epochs the training loss turns round: down after up, or up after down…"""
FEWEST_RISES = 3
"""…it has risen so often…"""
RISE = 0.15
"""…by so much of its median…"""
OF_FIRST = 0.03
"""…and of the median of its first three: near 0 every change is a large share. All that holds for the validation loss
too, since dropout and augmentation make the training loss alone tremble."""


def find(case: Case) -> Finding | None:
    """Oscillation of the losses, which are means over all images and fall smoothly otherwise."""
    losses = case.curve("loss")
    if not _jumps(losses) or (case.has_validation_loss and not _jumps(case.curve("val_loss"))):
        return None
    rises = _rises(losses)
    return Finding(
        kind=KIND,
        title=say("The learning rate is too high: the loss jumps up and down"),
        evidence=say(
            "From one epoch to the next the training loss went up {rises} times out of {steps}, typically by {share} "
            "of its usual size.",
            rises=len(rises),
            steps=case.epochs - 1,
            share=f"{np.median(rises) / np.median(losses):.0%}",
        ),
        advice=say("Divide the learning rate by 3 to 10, take larger batches, or let a schedule lower the rate."),
        control=Control.LEARNING_RATE,
        figure="loss",
        first_epoch=1,
        last_epoch=case.epochs,
    )


def _jumps(losses: np.ndarray) -> bool:
    rises, directions, usual = _rises(losses), np.sign(np.diff(losses)), np.median(losses)
    if len(rises) < FEWEST_RISES or usual <= 0 or (directions[1:] * directions[:-1] < 0).mean() < TURNS:
        return False
    return bool(np.median(rises) >= max(RISE * usual, OF_FIRST * np.median(losses[:3])))


def _rises(losses: np.ndarray) -> np.ndarray:
    """By how much it rose, in each step in which it did."""
    steps = np.diff(losses)
    return steps[steps > 0]
