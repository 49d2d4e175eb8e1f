"""The training ended while it was still getting better."""

from core.doctor.case import Case
from core.doctor.curve_shape import fall, last_third, smoothed, tremble
from core.doctor.finding import Control, Finding
from core.message import say

KIND = "not_finished"
EXPLAINED_BY = frozenset({"divergence", "class_collapse", "oscillation", "rate_too_low", "overfitting", "underfitting"})
FEWEST_EPOCHS = 3
FALL = 0.05
"""In the last third of the epochs the validation loss fell by so much at least…"""
TREMBLES = 2
"""…and by so many times what it trembles in the second half."""
LAST_EPOCHS = 2
"""Its best epoch is among the last ones."""


def find(case: Case) -> Finding | None:
    """All epochs are done, and the validation loss is still falling."""
    if not case.is_over or case.epochs < max(FEWEST_EPOCHS, case.recipe.training.epochs):
        return None
    if not case.has_validation_loss:
        return None
    losses = case.curve("val_loss")
    start = last_third(case.epochs)
    fell = fall(smoothed(losses), start)
    is_clear = losses[start] - losses[-1] > TREMBLES * tremble(losses[case.epochs // 2 :])
    if case.epochs - 1 - int(losses.argmin()) >= LAST_EPOCHS or fell < FALL or not is_clear:
        return None
    return Finding(
        kind=KIND,
        title=say("Not finished: it was still getting better"),
        evidence=say(
            "From epoch {first} to {last} the validation loss has fallen by another {fall}.",
            first=start + 1,
            last=case.epochs,
            fall=f"{fell:.0%}",
        ),
        advice=say("Train further, or give it more epochs with early stopping."),
        control=Control.EPOCHS,
        figure="loss",
        first_epoch=start + 1,
        last_epoch=case.epochs,
    )
