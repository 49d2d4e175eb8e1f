"""Checkpoints: all that a training needs to go on as if it had never been interrupted, in one file.

The file appears under its name when it is complete, so that a process may be killed at any moment.
"""

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Self

import numpy as np

from core.errors import RunError
from core.message import say

FOLDER = "checkpoint"
_FILE = "state.npz"
_CONTENT = "content"


@dataclass(frozen=True)
class Snapshot:
    """``content``: JSON values. ``arrays``: what is large, by name."""

    content: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


def write(folder: Path, snapshot: Snapshot) -> None:
    """Puts ``snapshot`` in the place of the one before, whole or not at all, also where the power fails."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".unfinished-{_FILE}"
    content = np.frombuffer(json.dumps(snapshot.content).encode(), np.uint8)
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **{_CONTENT: content}, **snapshot.arrays)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / _FILE)


def read(folder: Path) -> Snapshot | None:
    """The last snapshot; none where none was written. RunError where the file is damaged."""
    path = folder / _FILE
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            content = json.loads(arrays[_CONTENT].tobytes())
            return Snapshot(content, {name: arrays[name] for name in arrays.files if name != _CONTENT})
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise RunError(
            say(
                "The checkpoint {path} is damaged ({reason}), so the run cannot go on from there. Start it again.",
                path=str(path),
                reason=str(error),
            )
        ) from error


MOST_SHARE = 0.05
"""Of the time that a training takes, about so much at most goes into checkpoints…"""

LONGEST_SECONDS = 25.0
"""…but never is more work than this at stake, unless a single step takes longer."""


@dataclass(frozen=True)
class Interval:
    """When a checkpoint is due: after ``seconds``, or after ``steps`` where that is set, whichever comes first."""

    seconds: float = 10.0
    steps: int | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """``LAYERLAB_CHECKPOINT_SECONDS`` (default 10) and ``LAYERLAB_CHECKPOINT_STEPS`` (default: by time alone)."""
        steps = environment.get("LAYERLAB_CHECKPOINT_STEPS")
        seconds = float(environment.get("LAYERLAB_CHECKPOINT_SECONDS") or cls.seconds)
        return cls(seconds, int(steps) if steps else None)

    def is_due(self, seconds: float, steps: int, cost_seconds: float) -> bool:
        """Whether it is, ``seconds`` and ``steps`` after the last one, which took ``cost_seconds``."""
        if self.steps is not None and steps >= self.steps:
            return True
        return seconds >= min(LONGEST_SECONDS, max(self.seconds, cost_seconds / MOST_SHARE))


class Checkpoints:
    """The checkpoints of one run: where they are kept, and when the next one is due."""

    def __init__(self, folder: Path, interval: Interval) -> None:
        self._folder = folder
        self.interval = interval
        self._cost_seconds = 0.0
        self._written_at, self._step = monotonic(), 0

    def read(self) -> Snapshot | None:
        """The last one; the next is then due after one interval."""
        snapshot = read(self._folder)
        self._step = 0 if snapshot is None else snapshot.content["step"]
        return snapshot

    def is_due(self, step: int) -> bool:
        """Whether the work since the last one is enough for the next, when ``step`` is done."""
        return self.interval.is_due(monotonic() - self._written_at, step - self._step, self._cost_seconds)

    def write(self, snapshot: Snapshot) -> None:
        started = monotonic()
        write(self._folder, snapshot)
        self._written_at, self._step = monotonic(), snapshot.content["step"]
        self._cost_seconds = self._written_at - started
