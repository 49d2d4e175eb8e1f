"""The loss falls, but so slowly that it will take for ever."""

import numpy as np

from core.doctor.case import Case
from core.doctor.curve_shape import fall
from core.doctor.finding import Control, Finding
from core.message import say

KIND = "rate_too_low"
EXPLAINED_BY = frozenset({"divergence", "class_collapse", "oscillation"})
FEWEST_EPOCHS = 5
MOST_FALL = 0.15
"""The training loss has fallen by so much at most since the first epoch…"""
LEAST_FALL = 1e-5
"""…but by so much at least: a loss that does not move has another cause, and is rounded to 7 digits…"""
FALLING_STEPS = 0.9
"""…in so many of the steps…"""
STEADY = (0.5, 1.25)
"""…and per epoch in the second half by between so much and so much of what it fell in the first: one that falls faster
and faster is only beginning to learn."""
GOOD_ACCURACY = 0.9


def find(case: Case) -> Finding | None:
    """A training loss that goes down steadily, and hardly at all; not where nearly every image is right already, nor
    while the rate is still being raised."""
    if case.epochs < FEWEST_EPOCHS or _is_rate_rising(case):
        return None
    if case.has_accuracy and case.curve("accuracy")[-1] >= GOOD_ACCURACY:
        return None
    losses = case.curve("loss")
    if not (LEAST_FALL <= fall(losses) <= MOST_FALL and _is_steady(losses)):
        return None
    return Finding(
        kind=KIND,
        title=say("The learning rate is too low: the loss falls hardly at all"),
        evidence=say(
            "In {epochs} epochs the training loss has fallen by {fall}, from {first:.6g} to {last:.6g}, at the "
            "end about as fast as at the beginning.",
            epochs=case.epochs,
            fall=f"{100 * fall(losses):.2g}%",
            first=float(losses[0]),
            last=float(losses[-1]),
        ),
        advice=say("Multiply the learning rate by 10, or look for one with the learning-rate finder."),
        control=Control.LEARNING_RATE,
        figure="loss",
        first_epoch=1,
        last_epoch=case.epochs,
    )


def _is_steady(losses: np.ndarray) -> bool:
    steps, half = np.diff(losses), len(losses) // 2
    least, most = STEADY
    first, second = -steps[:half].mean(), -steps[half:].mean()
    return bool((steps < 0).mean() >= FALLING_STEPS and least * first <= second <= most * first)


def _is_rate_rising(case: Case) -> bool:
    """Whether the last epoch had a higher rate than the one before, as in a warm-up."""
    rates = case.history.get("learning_rate")
    return rates is not None and bool(rates.iloc[-1] > rates.iloc[-2])
