"""The net does better on images that did not train it."""

from math import sqrt

import numpy as np

from core.doctor.case import Case
from core.doctor.finding import Control, Finding
from core.doctor.layers_in_use import uses
from core.message import Message, say
from core.recipe import Recipe

KIND = "validation_above_training"
EXPLAINED_BY = frozenset({"divergence", "class_collapse"})
FEWEST_EPOCHS = 5
ERRORS = 2
"""The validation accuracy is so many standard errors above the other, those of so many images if it were the same…"""
POINTS = 0.01
"""…and by so much…"""
MOST_EPOCHS = 2 / 3
"""…in so many of the epochs of the second half. What is compared is the training accuracy of the epoch after: it is a
mean over an epoch, and that of the same epoch lags behind the other, which is measured at its end."""


def find(case: Case) -> Finding | None:
    """Validation better than training, with what may be the reason: it is harmless or a leak."""
    if not case.has_accuracy or case.epochs < FEWEST_EPOCHS or not case.validation_images:
        return None
    half = case.epochs // 2
    training, validation = case.curve("accuracy")[half + 1 :], case.curve("val_accuracy")[half:-1]
    errors = np.sqrt(training * (1 - training) / case.validation_images)
    is_above = validation - training > np.maximum(ERRORS * errors, POINTS)
    if is_above.mean() < MOST_EPOCHS:
        return None
    handicap = _handicap(case.recipe)
    return Finding(
        kind=KIND,
        title=say("Validation is better than training"),
        evidence=say(
            "{validation} against {training} in the second half of the epochs, more than the chance of {images:,} "
            "images makes ({error} points).",
            validation=f"{validation.mean():.1%}",
            training=f"{training.mean():.1%}",
            images=case.validation_images,
            error=f"{100 * ERRORS * sqrt(float((errors**2).mean())):.1f}",
        ),
        advice=_suspicious() if handicap is None else _harmless(),
        control=handicap or Control.SPLIT,
        figure="accuracy",
        first_epoch=half + 1,
        last_epoch=case.epochs,
    )


def _handicap(recipe: Recipe) -> Control | None:
    """What makes training images harder than the others."""
    if recipe.augmentation:
        return Control.AUGMENTATION
    return Control.LAYERS if uses(recipe.layers, "Dropout") else None


def _harmless() -> Message:
    return say(
        "Dropout and augmentation make training images harder than the others, so this is to be expected. A net that "
        "does so much worse with them may do with less of them."
    )


def _suspicious() -> Message:
    return say(
        "Nothing here makes training images harder, so look for a leak, or for a validation set that is easier: is it "
        "split at random, with look-alikes kept together?"
    )
