"""One thing that the curves of a run show."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from core.message import Message


class Control(StrEnum):
    """What would change it: a setting of the recipe."""

    EPOCHS = "epochs"
    LEARNING_RATE = "learning_rate"
    LAYERS = "layers"
    AUGMENTATION = "augmentation"
    EARLY_STOPPING = "early_stopping"
    SPLIT = "split"


@dataclass(frozen=True)
class Finding:
    """What is seen (``title``), in which numbers (``evidence``), and what to try (``advice``) by which ``control``.

    The evidence is on the curve of ``figure`` from ``first_epoch`` to ``last_epoch``, both counted from 1.
    """

    kind: str
    title: Message
    evidence: Message
    advice: Message
    control: Control
    figure: Literal["loss", "accuracy"]
    first_epoch: int
    last_epoch: int
