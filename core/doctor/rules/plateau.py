"""Nothing gets better any more."""

from core.doctor.case import Case
from core.doctor.curve_shape import smoothed
from core.doctor.finding import Control, Finding
from core.message import say

KIND = "plateau"
EXPLAINED_BY = frozenset({"divergence", "class_collapse", "oscillation", "rate_too_low", "overfitting", "underfitting"})
FEWEST_EPOCHS = 8
FEWEST_STILL = 5
GAIN = 0.01
"""Of the validation loss: less is no progress."""


def find(case: Case) -> Finding | None:
    """The validation loss has not fallen by 1 % for five epochs and a third of all."""
    if case.epochs < FEWEST_EPOCHS or not case.has_validation_loss:
        return None
    losses = smoothed(case.curve("val_loss"))
    still = max(FEWEST_STILL, case.epochs // 3)
    before, since = losses[:-still].min(), losses[-still:].min()
    if before <= 0 or since < (1 - GAIN) * before:
        return None
    return Finding(
        kind=KIND,
        title=say("A plateau: nothing gets better any more"),
        evidence=say(
            "For {epochs} epochs the validation loss has not fallen below {least:.3g}.",
            epochs=still,
            least=float(before),
        ),
        advice=say("Lower the learning rate on a plateau, or stop early: the further epochs cost time only."),
        control=Control.EARLY_STOPPING,
        figure="loss",
        first_epoch=case.epochs - still + 1,
        last_epoch=case.epochs,
    )
