"""Whether the process that should be at work still is."""

from datetime import datetime
from enum import Enum

from core.runs.process import Process

SILENCE_SECONDS = 60.0


class Sign(Enum):
    """What is known of a process: it lives, it is gone, or nothing was heard of it for too long."""

    ALIVE = "alive"
    GONE = "gone"
    SILENT = "silent"


def sign_of_life(
    process: Process | None, heard_at: datetime, now: datetime, silence_seconds: float = SILENCE_SECONDS
) -> Sign:
    """Judges by the process itself where it runs on this machine, and everywhere by the time it was last heard of."""
    if process is not None and process.is_here and not process.is_alive:
        return Sign.GONE
    if (now - heard_at).total_seconds() > silence_seconds:
        return Sign.SILENT
    return Sign.ALIVE
