"""How fast a training goes at present."""

from collections import deque

LAST_SECONDS = 5.0


class Speed:
    """Over the last `LAST_SECONDS` of steps. The first chunk of a process is left out: it makes the graph."""

    def __init__(self) -> None:
        self._chunks: deque[tuple[int, int, float]] = deque()
        self._is_warm = False

    def learn(self, steps: int, images: int, seconds: float) -> None:
        """Take in that ``steps`` on ``images`` took ``seconds``."""
        if self._is_warm:
            self._chunks.append((steps, images, seconds))
        self._is_warm = True
        while len(self._chunks) > 1 and sum(seconds for *_, seconds in self._chunks) > LAST_SECONDS:
            self._chunks.popleft()

    @property
    def seconds_per_step(self) -> float | None:
        """None before the second chunk."""
        steps, _, seconds = self._totals()
        return seconds / steps if steps else None

    @property
    def images_per_second(self) -> float | None:
        """None before the second chunk."""
        _, images, seconds = self._totals()
        return images / seconds if images else None

    def _totals(self) -> tuple[int, int, float]:
        steps = sum(chunk[0] for chunk in self._chunks)
        images = sum(chunk[1] for chunk in self._chunks)
        return steps, images, sum(chunk[2] for chunk in self._chunks)
