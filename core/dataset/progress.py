"""How far the intake is: often enough for a bar that moves, rarely enough to cost nothing."""

import time
from collections.abc import Callable

Report = Callable[[int, int], None]

_SECONDS_BETWEEN = 0.1


class Progress:
    """Reports ``(done, total)`` files at most ten times a second. A file takes two steps: reading and decoding."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._steps = 0
        self._reported_at = float("-inf")

    def step(self) -> None:
        """One file was read, or decoded."""
        self._steps += 1
        now = time.monotonic()
        if now - self._reported_at >= _SECONDS_BETWEEN:
            self._reported_at = now
            self._report(self._steps // 2, self._total)

    def finish(self) -> None:
        """Every file is done, also those that were refused after the first step."""
        self._report(self._total, self._total)
