"""What a lesson says when its search is over."""

from dataclasses import dataclass, field

import pandas as pd

from core.lessons.evidence import Evidence
from core.message import Message, say, say_count


@dataclass(frozen=True)
class Answer:
    """``sentences`` say what came out; ``right`` is the name of the guess that was right, None where none was, or where
    chance may have decided.

    ``figures`` has a row for each setting that was tried, with columns that the lesson names; NaN where nothing was
    measured.
    """

    sentences: tuple[Message, ...]
    right: str | None = None
    figures: pd.DataFrame = field(default_factory=pd.DataFrame)


def too_little(count: int) -> Answer:
    """What is said where only ``count`` trials came to an end with a model, which is too few to compare anything."""
    sentence = say_count(
        "Only {count} trial came to an end, and that answers nothing. Begin the lesson again.",
        "Only {count} trials came to an end, and that answers nothing. Begin the lesson again.",
        count=count,
    )
    return Answer((sentence,))


def left_out(evidence: Evidence) -> tuple[Message, ...]:
    """A sentence on the settings that were not tried to their end, if there are any. A rate at which the training broke
    down was."""
    done = sum(each.is_complete or each.has_diverged for each in evidence.tried)
    if done >= evidence.wanted:
        return ()
    told = say(
        "Only {done} of the {wanted} settings were tried to the end, and the answer is about those.",
        done=done,
        wanted=evidence.wanted,
    )
    return (told,)
