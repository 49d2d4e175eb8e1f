"""One difference between two recipes, and what a list of them says of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.message import Message, say, say_count


class Concern(StrEnum):
    """What a change is about."""

    DATA = "data"
    SPLIT = "split"
    NET = "net"
    TRAINING = "training"
    SEED = "seed"


@dataclass(frozen=True)
class Change:
    """``path`` is where in the recipe, such as ``training.optimizer.learning_rate``; ``what`` names it, ``how`` says
    what it was and what it is."""

    path: str
    what: Message
    how: Message
    concern: Concern

    @property
    def message(self) -> Message:
        """``learning rate: 0.001 → 0.01``."""
        return say("{what}: {how}", what=self.what, how=self.how)


def in_words(changes: Sequence[Change]) -> Message:
    """How much changed, and what a comparison of the two is worth after that."""
    caution = _caution({change.concern for change in changes})
    if caution is None:
        return _how_much(changes)
    return say("{sentence} {caution}", sentence=_how_much(changes), caution=caution)


def _how_much(changes: Sequence[Change]) -> Message:
    if not changes:
        return say("Nothing changed, so nothing but chance makes a difference.")
    if len(changes) > 1:
        return say_count(
            "{count} thing changed, so the difference has no single cause.",
            "{count} things changed, so the difference has no single cause.",
            count=len(changes),
        )
    (change,) = changes
    if change.concern is Concern.SEED:
        return say("Only the seed changed, {how}, so the difference shows what chance does.", how=change.how)
    return say("Only one thing changed, {what}: {how}.", what=change.what, how=change.how)


def _caution(concerns: set[Concern]) -> Message | None:
    if {Concern.SPLIT, Concern.DATA} <= concerns:
        return say(
            "The images and their split are not the same: the two were judged on other images, so their figures can "
            "differ for that reason alone."
        )
    if Concern.SPLIT in concerns:
        return say(
            "The split is not the same: the two were judged on other images, so their figures can differ for that "
            "reason alone."
        )
    if Concern.DATA in concerns:
        return say(
            "The images are not the same, or not seen in the same way, so the figures can differ for that reason alone."
        )
    return None
