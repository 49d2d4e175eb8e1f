"""The time, as everything in the database is dated."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, in UTC and knowing it."""
    return datetime.now(UTC)
