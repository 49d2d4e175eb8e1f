"""One thing that is wrong with a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.message import Message

Groups = tuple[tuple[int, ...], ...]
"""Positions of images that belong together."""


@dataclass(frozen=True)
class Finding:
    """What is wrong (``title``), why that matters (``explanation``), what to do (``advice``), and with which images.

    ``groups`` holds positions of images: a group for each cluster or class, or one for all; the worst come first.
    ``figures`` has the number of each, in the same order, that was compared with ``threshold``, where there is one;
    ``figure`` says what it measures (a text to translate).
    """

    kind: str
    title: Message
    explanation: Message
    advice: Message
    groups: Groups
    figure: str
    figures: tuple[tuple[float, ...], ...]
    threshold: float | None = None

    @property
    def positions(self) -> tuple[int, ...]:
        """The images of all groups; an image is in one group at most."""
        return tuple(position for group in self.groups for position in group)

    def to_json(self) -> dict[str, Any]:
        """For a file; `from_json` reads it back."""
        return {
            "kind": self.kind,
            "title": self.title.to_json(),
            "explanation": self.explanation.to_json(),
            "advice": self.advice.to_json(),
            "groups": self.groups,
            "figure": self.figure,
            "figures": self.figures,
            "threshold": self.threshold,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        messages = {name: Message.from_json(content[name]) for name in ("title", "explanation", "advice")}
        lists = {name: tuple(tuple(group) for group in content[name]) for name in ("groups", "figures")}
        return cls(**{**content, **messages, **lists})


def in_groups(groups: Sequence[np.ndarray], figures: np.ndarray) -> dict[str, Any]:
    """The fields ``groups`` and ``figures`` for these groups, where ``figures`` has one for every image."""
    return {
        "groups": tuple(tuple(group.tolist()) for group in groups),
        "figures": tuple(tuple(float(f"{figure:.4g}") for figure in figures[group]) for group in groups),
    }
