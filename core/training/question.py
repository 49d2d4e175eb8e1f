"""What is asked of a process that has TensorFlow, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.runs.database import Database
from core.workspace import Workspace


@dataclass(frozen=True)
class Question:
    """``payload`` is that of an inspection; ``process_bytes`` is what the process had when it was ready for work."""

    database: Database
    workspace: Workspace
    payload: Mapping[str, Any]
    process_bytes: int


@dataclass(frozen=True)
class Answer:
    """``result``: JSON values without NaN; ``data``: what is too large for them."""

    result: Mapping[str, Any]
    data: bytes | None = None
