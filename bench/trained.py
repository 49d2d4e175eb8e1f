"""What is known of one way from an archive to a trained net."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Trained:
    """``seconds`` in all, and in ``phases``, where they are known, by what was done; validation accuracy at the end."""

    seconds: float
    val_accuracy: float
    phases: Mapping[str, float] = field(default_factory=dict)
