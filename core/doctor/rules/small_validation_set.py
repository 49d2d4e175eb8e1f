"""There are too few validation images to tell small differences."""

from core.doctor.case import Case
from core.doctor.finding import Control, Finding
from core.interval import wilson
from core.message import say

KIND = "small_validation_set"
EXPLAINED_BY = frozenset({"divergence", "class_collapse"})
POINTS = 0.05
"""The 95 % interval of the best accuracy reaches so far to a side."""
HOPED_FOR = 0.9
"""While the training goes on, the accuracy may still become so good, and its interval as narrow as it is there."""


def find(case: Case) -> Finding | None:
    """A validation accuracy whose interval is wider than ten points."""
    if not case.has_accuracy or not case.validation_images:
        return None
    images, accuracies = case.validation_images, case.curve("val_accuracy")
    best, epoch = float(accuracies.max()), int(accuracies.argmax()) + 1
    if _reach(best if case.is_over else max(best, HOPED_FOR), images) < POINTS:
        return None
    low, high = wilson(round(best * images), images)
    return Finding(
        kind=KIND,
        title=say("The validation set is too small to tell"),
        evidence=say(
            "With {images:,} validation images, the {best} of epoch {epoch} can mean anything from {low} to {high}: "
            "ups and downs within that range are chance.",
            epoch=epoch,
            images=images,
            best=f"{best:.0%}",
            low=f"{low:.0%}",
            high=f"{high:.0%}",
        ),
        advice=say("Give validation a larger share, bring more images, or judge by k folds."),
        control=Control.SPLIT,
        figure="accuracy",
        first_epoch=epoch,
        last_epoch=epoch,
    )


def _reach(accuracy: float, images: int) -> float:
    """Half the width of its interval."""
    low, high = wilson(round(accuracy * images), images)
    return (high - low) / 2
