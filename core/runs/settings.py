"""How the engine uses this machine, as the environment says it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from core.errors import LayerlabError
from core.message import say

SLOTS, SPARE = "LAYERLAB_SLOTS", "LAYERLAB_SPARE"
_SPARE = {"on": True, "off": False}


class SettingsError(LayerlabError):
    """A variable of the environment with a value that cannot be meant."""


@dataclass(frozen=True)
class Settings:
    """``slots``: how many runs are trained at once; ``has_spare``: whether a worker is kept ready for the next one."""

    slots: int = 1
    has_spare: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """``LAYERLAB_SLOTS`` (default 1) and ``LAYERLAB_SPARE`` (``on`` or ``off``, default on).

        Raises SettingsError for other values.
        """
        return cls(_slots(environment.get(SLOTS) or "1"), _has_spare(environment.get(SPARE) or "on"))

    def threads(self, cores: int) -> int:
        """The share of the ``cores`` that each run has."""
        return max(1, cores // self.slots)


def _slots(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise SettingsError(
        say(
            "{variable} says how many runs are trained at once: it has to be a whole number from 1 on, not {value}.",
            variable=SLOTS,
            value=repr(text),
        )
    )


def _has_spare(text: str) -> bool:
    if text in _SPARE:
        return _SPARE[text]
    raise SettingsError(
        say(
            "{variable} says whether a worker is kept ready for the next run: it has to be on or off, not {value}.",
            variable=SPARE,
            value=repr(text),
        )
    )
