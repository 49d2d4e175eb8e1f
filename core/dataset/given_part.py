"""The sides of a split as people call them, in folders and in tables."""

from collections.abc import Mapping

GIVEN_PARTS: Mapping[str, str] = {
    "train": "train",
    "training": "train",
    "학습": "train",
    "훈련": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "검증": "validation",
    "test": "test",
    "testing": "test",
    "시험": "test",
    "테스트": "test",
}
"""What people write, in small letters, and what it means: ``train``, ``validation`` or ``test``."""


def given_part(text: str) -> str | None:
    """The side of the split that ``text`` names, in letters of either case, or None."""
    return GIVEN_PARTS.get(text.strip().casefold())
