"""The net learns the training images by heart."""

import numpy as np

from core.doctor.case import Case
from core.doctor.curve_shape import level, smoothed, tremble
from core.doctor.finding import Control, Finding
from core.doctor.layers_in_use import uses
from core.message import say

KIND = "overfitting"
EXPLAINED_BY = frozenset({"divergence", "class_collapse", "oscillation"})
FEWEST_EPOCHS = 3
"""So many epochs it has gone on. Either…"""
RISE = 0.1
"""…the validation loss has risen by so much of its least value…"""
TREMBLES = 5
"""…and by so many times what it has trembled since about then: with 3, one flat curve in ten seems to rise by
chance…"""
FALL = 0.1
"""…while the training loss fell by so much. Or the training accuracy is…"""
GAP = 0.1
"""…so far above the validation accuracy…"""
ERRORS = 2
"""…and by so many of its standard errors."""
LEARNT = 0.1
"""With batch normalization the validation accuracy is so much above that of guessing: its averages take a hundred
updates to be of use, and until then validation images are misjudged, however well the net has learnt."""


def find(case: Case) -> Finding | None:
    """Overfitting, and the epoch from which on it goes."""
    return None if _may_still_average(case) else _by_loss(case) or _by_accuracy(case)


def _may_still_average(case: Case) -> bool:
    if not uses(case.recipe.layers, "BatchNormalization") or not case.has_accuracy:
        return False
    return level(case.curve("val_accuracy")) < case.most_common + LEARNT


def _by_loss(case: Case) -> Finding | None:
    if not case.has_validation_loss:
        return None
    losses, validation = case.curve("loss"), smoothed(case.curve("val_loss"))
    best = int(validation.argmin())
    least, last = float(validation[best]), level(validation)
    has_risen = last - least > max(RISE * least, TREMBLES * tremble(case.curve("val_loss")[max(best - 2, 0) :]))
    if case.epochs - 1 - best < FEWEST_EPOCHS or not has_risen or level(losses) > (1 - FALL) * losses[best]:
        return None
    return Finding(
        kind=KIND,
        title=say("Overfitting since epoch {epoch}", epoch=best + 1),
        evidence=say(
            "Since epoch {epoch} the validation loss has risen from {least:.3g} to {last:.3g}, while the training loss "
            "fell from {training:.3g} to {trained:.3g}.",
            epoch=best + 1,
            least=least,
            last=last,
            training=float(losses[best]),
            trained=level(losses),
        ),
        advice=say(
            "Keep the weights of the best epoch and stop early; give it more images or augmentation; add dropout or "
            "weight decay, or take a smaller net."
        ),
        control=_control(case),
        figure="loss",
        first_epoch=best + 1,
        last_epoch=case.epochs,
    )


def _by_accuracy(case: Case) -> Finding | None:
    if not case.has_accuracy or not case.validation_images:
        return None
    training, validation = smoothed(case.curve("accuracy")), smoothed(case.curve("val_accuracy"))
    errors = np.sqrt(validation * (1 - validation) / case.validation_images)
    is_close = training - validation <= np.maximum(GAP, ERRORS * errors)
    first = int(np.flatnonzero(is_close)[-1]) + 1 if is_close.any() else 0
    if case.epochs - first < FEWEST_EPOCHS:
        return None
    return Finding(
        kind=KIND,
        title=say("Overfitting since epoch {epoch}", epoch=first + 1),
        evidence=say(
            "{training} of the training images are right by now, and only {validation} of the others: it learns the "
            "training images by heart.",
            training=f"{training[-1]:.0%}",
            validation=f"{validation[-1]:.0%}",
        ),
        advice=say("Give it more images or augmentation; add dropout or weight decay, or take a smaller net."),
        control=_control(case),
        figure="accuracy",
        first_epoch=first + 1,
        last_epoch=case.epochs,
    )


def _control(case: Case) -> Control:
    return Control.LAYERS if case.recipe.augmentation else Control.AUGMENTATION
