"""From underfitting to overfitting: what filters and another layer did on the training and on the validation images."""

from typing import Final

import pandas as pd

from core.doctor.case import Case
from core.doctor.finding import Finding
from core.doctor.rules import overfitting
from core.doctor.rules.underfitting import GOOD_ACCURACY
from core.lessons.answer import Answer, left_out, too_little
from core.lessons.evidence import Evidence, Tried
from core.message import Message, say
from core.tuning.placing import recipe_with

FILTERS, LEFT_OUT = "layers.1.filters", "layers.3.disabled"
COLUMNS: Final = ("filters", "convolutions", "weights", "accuracy", "val_accuracy", "gap", "val_loss")
BETTER, BY_HEART, WORSE = "better", "by_heart", "worse"
"""The names of the guesses: the larger the better; the largest learns by heart; the largest cannot even learn."""


def answer(evidence: Evidence) -> Answer:
    """Of the nets that were trained to the end, the smallest, the one with the lowest validation loss and the largest,
    by the number of weights."""
    complete = sorted(evidence.complete, key=lambda each: weights(evidence, each))
    figures = pd.DataFrame([_figures(each, evidence) for each in complete], columns=list(COLUMNS))
    if len(complete) < 2:
        return too_little(len(complete))
    smallest, largest = complete[0], complete[-1]
    best = min(complete, key=lambda each: each.last("val_loss"))
    finding = overfitting.find(_case(evidence, largest))
    sentences = (
        _of_smallest(evidence, smallest),
        _of_largest(evidence, largest),
        _of_overfitting(finding),
        _of_best(evidence, best, largest),
        *left_out(evidence),
    )
    return Answer(sentences, _right(smallest, best, largest, is_overfit=finding is not None), figures)


def weights(evidence: Evidence, tried: Tried) -> int:
    """How many the net has that are trained."""
    return recipe_with(evidence.recipe, tried.labels).summary().trained_parameters


def _right(smallest: Tried, best: Tried, largest: Tried, *, is_overfit: bool) -> str | None:
    if largest.last("accuracy") < smallest.last("accuracy"):
        return WORSE
    if best is largest:
        return BETTER
    return BY_HEART if is_overfit else None


def _of_smallest(evidence: Evidence, tried: Tried) -> Message:
    told = _told(evidence, tried)
    if tried.last("accuracy") < GOOD_ACCURACY:
        return say(
            "The smallest net, with {weights:,} weights, is too weak even for the images it practises on: {training} "
            "of them right, and {validation} of the validation images. That is underfitting.",
            **told,
        )
    return say(
        "The smallest net, with {weights:,} weights, gets {training} of its training images right and {validation} of "
        "the validation images: this time it is not too weak.",
        **told,
    )


def _of_largest(evidence: Evidence, tried: Tried) -> Message:
    return say(
        "The largest, with {weights:,} weights, gets {training} of its training images right and {validation} of the "
        "validation images: a gap of {gap:.0f} percentage points.",
        **_told(evidence, tried),
    )


def _of_overfitting(finding: Finding | None) -> Message:
    if finding is None:
        return say("The curves of the largest net show no overfitting this time.")
    return say("{evidence} That is overfitting.", evidence=finding.evidence)


def _of_best(evidence: Evidence, best: Tried, largest: Tried) -> Message:
    told = _told(evidence, best) | {"loss": f"{best.last('val_loss'):.3g}", "other": f"{largest.last('val_loss'):.3g}"}
    if best is largest:
        return say(
            "Yet no other has a lower validation loss than its {loss}: this time more capacity has paid to the end.",
            **told,
        )
    return say(
        "The lowest validation loss at the end, {loss}, has a net with {weights:,} weights; the largest has {other}. "
        "The loss also counts how sure a net was of its mistakes.",
        **told,
    )


def _told(evidence: Evidence, tried: Tried) -> dict[str, object]:
    return {
        "weights": weights(evidence, tried),
        "training": f"{tried.last('accuracy'):.0%}",
        "validation": f"{tried.last('val_accuracy'):.0%}",
        "gap": 100 * (tried.last("accuracy") - tried.last("val_accuracy")),
    }


def _case(evidence: Evidence, tried: Tried) -> Case:
    return Case(
        recipe=recipe_with(evidence.recipe, tried.labels),
        history=tried.course.epochs,
        is_over=True,
        validation_counts=tuple(evidence.label_counts.tolist()),
    )


def _figures(tried: Tried, evidence: Evidence) -> tuple[float, ...]:
    training, validation = tried.last("accuracy"), tried.last("val_accuracy")
    filters, convolutions = int(tried.labels[FILTERS]), 1 if tried.labels[LEFT_OUT] else 2
    figures = (training, validation, training - validation, tried.last("val_loss"))
    return filters, convolutions, weights(evidence, tried), *figures
