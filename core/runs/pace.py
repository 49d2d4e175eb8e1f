"""How fast images are taken in, and how long the rest will take."""

from collections import deque
from dataclasses import dataclass
from typing import Self

from core.message import Message, say

WINDOW_SECONDS = 5.0


@dataclass(frozen=True)
class Pace:
    """As measured over the last seconds, for files differ: small ones come in one folder, large ones in another."""

    files_per_second: float
    seconds_left: float

    def told(self) -> Message:
        """The pace in words, which keep its figures."""
        return say(
            "{files_per_second:,.0f} files per second, {seconds_left:,.0f} seconds left",
            files_per_second=self.files_per_second,
            seconds_left=self.seconds_left,
        )

    @classmethod
    def told_by(cls, message: Message | None) -> Self | None:
        """The pace that `told` put into words; None where the message is another one."""
        if message is None or "seconds_left" not in message.values:
            return None
        return cls(message.values["files_per_second"], message.values["seconds_left"])


class PaceMeter:
    """Measures over the last `WINDOW_SECONDS`, and over less at the beginning."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, seconds: float, done: int, total: int) -> Pace | None:
        """The pace when ``done`` of ``total`` files are done at the moment ``seconds``; None while nothing moves."""
        self._seen.append((seconds, done))
        while self._seen[0][0] < seconds - WINDOW_SECONDS:
            self._seen.popleft()
        first_seconds, first_done = self._seen[0]
        if done == first_done:
            return None
        files_per_second = (done - first_done) / (seconds - first_seconds)
        return Pace(files_per_second, (total - done) / files_per_second)
