"""How far the intake is: often enough for a bar that moves, rarely enough to cost nothing."""

import time
from collections.abc import Callable

Report = Callable[[int, int], None]

_SECONDS_BETWEEN = 0.1


class Progress:
    """Reports ``(done, total)`` files at most ten times a second."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0
        self._reported_at = float("-inf")

    def step(self) -> None:
        """One file more was read and decoded, or refused."""
        self._done += 1
        now = time.monotonic()
        if now - self._reported_at >= _SECONDS_BETWEEN:
            self._reported_at = now
            self._report(self._done, self._total)

    def finish(self) -> None:
        """Every file is done."""
        self._report(self._total, self._total)
