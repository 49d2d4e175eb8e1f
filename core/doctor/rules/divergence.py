"""The learning rate is so high that the loss grows."""

import numpy as np

from core.doctor.case import Case
from core.doctor.curve_shape import level
from core.doctor.finding import Control, Finding
from core.message import Message, say

KIND = "divergence"
EXPLAINED_BY: frozenset[str] = frozenset()
GROWTH = 2.0
"""The training loss ends at so many times its least value, and above its first."""
FEWEST_EPOCHS = 4


def find(case: Case) -> Finding | None:
    """Divergence: the loss is not a number any more, or grows and stays high."""
    losses = case.curve("loss")
    if case.has_diverged or not np.isfinite(losses).all():
        return _of_no_number(losses)
    if case.epochs < FEWEST_EPOCHS or level(losses) < max(GROWTH * losses.min(), losses[0]):
        return None
    lowest = int(losses.argmin())
    evidence = say(
        "The training loss was {least:.3g} after epoch {epoch} and is {last:.3g} now: the updates overshoot.",
        least=float(losses[lowest]),
        epoch=lowest + 1,
        last=level(losses),
    )
    return _finding(evidence, lowest + 1, case.epochs)


def _of_no_number(losses: np.ndarray) -> Finding:
    """The epoch in which that came is in the history where it was finished, else it is the next one."""
    broken = [*np.isfinite(losses).tolist(), False].index(False) + 1
    evidence = say("In epoch {epoch} the loss was not a finite number any more.", epoch=broken)
    return _finding(evidence, max(broken - 1, 1), broken)


def _finding(evidence: Message, first_epoch: int, last_epoch: int) -> Finding:
    return Finding(
        kind=KIND,
        title=say("The learning rate is too high: the training diverges"),
        evidence=evidence,
        advice=say("Divide the learning rate by 10, or clip the gradients."),
        control=Control.LEARNING_RATE,
        figure="loss",
        first_epoch=first_epoch,
        last_epoch=last_epoch,
    )
