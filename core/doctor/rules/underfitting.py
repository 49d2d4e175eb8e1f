"""The net cannot even learn its training images."""

from core.doctor.case import Case
from core.doctor.curve_shape import fall, last_third, level, smoothed
from core.doctor.finding import Control, Finding
from core.message import say

KIND = "underfitting"
EXPLAINED_BY = frozenset({"divergence", "class_collapse", "oscillation", "rate_too_low", "overfitting"})
FEWEST_EPOCHS = 8
GOOD_ACCURACY = 0.9
STILL = 0.03
"""In the last third of the epochs, and in the last five, the training loss fell by less than this share…"""
STILL_EPOCHS = 5
GAP = 0.05
"""…training and validation accuracy are no further apart…"""
LEARNT = 0.05
"""…and it does so much better than taking every image for the most common class: what has learnt nothing at all has
another cause."""


def find(case: Case) -> Finding | None:
    """Underfitting: an accuracy that stands still below 90 %, on the training images as on the others."""
    if not case.is_over or not case.has_accuracy or case.epochs < FEWEST_EPOCHS:
        return None
    accuracy, validation = level(case.curve("accuracy")), level(case.curve("val_accuracy"))
    if max(accuracy, validation) >= GOOD_ACCURACY or accuracy - validation > GAP:
        return None
    start = min(last_third(case.epochs), case.epochs - STILL_EPOCHS)
    if fall(smoothed(case.curve("loss")), start) >= STILL or max(accuracy, validation) < case.most_common + LEARNT:
        return None
    return Finding(
        kind=KIND,
        title=say("Underfitting: the net is too weak for these images"),
        evidence=say(
            "It stands still at {accuracy} on the training images themselves and {validation} on the others.",
            accuracy=f"{accuracy:.0%}",
            validation=f"{validation:.0%}",
        ),
        advice=say("Give it more filters or another layer, less dropout or weight decay, or larger images."),
        control=Control.LAYERS,
        figure="accuracy",
        first_epoch=start + 1,
        last_epoch=case.epochs,
    )
