"""How the loss goes while the learning rate rises, as it is kept and shown. Smith (2017), arXiv:1506.01186."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log
from typing import Any, Self

SMOOTHING = 0.9


@dataclass(frozen=True)
class RateSearch:
    """The answer to `core.runs.inspections.ask_rate_search`.

    ``rates`` rise from step to step, ``losses`` are those of the steps and ``smoothed`` their running mean.
    ``suggestion``: where the smoothed loss falls fastest; none where it never falls.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    smoothed: tuple[float, ...]
    suggestion: float | None

    @classmethod
    def of(cls, rates: Sequence[float], losses: Sequence[float]) -> Self:
        """The search that tried ``rates`` and found ``losses``, which are finite."""
        means = smoothed(losses)
        return cls(tuple(rates), tuple(losses), means, steepest(rates, means))

    @classmethod
    def from_result(cls, result: Mapping[str, Any]) -> Self:
        """Reads what `to_result` made and an inspection kept."""
        rates, losses, means = (tuple(result[name]) for name in ("rates", "losses", "smoothed"))
        return cls(rates, losses, means, result["suggestion"])

    def to_result(self) -> dict[str, Any]:
        """The search in JSON values."""
        return asdict(self)


def smoothed(losses: Sequence[float]) -> tuple[float, ...]:
    """The running mean that forgets by `SMOOTHING` a step, without the pull towards its start (as in Adam)."""
    means: list[float] = []
    mean = 0.0
    for count, loss in enumerate(losses, start=1):
        mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
        means.append(mean / (1 - SMOOTHING**count))
    return tuple(means)


def steepest(rates: Sequence[float], means: Sequence[float]) -> float | None:
    """The rate at which ``means`` fall fastest over the logarithm of the rate, before they are lowest."""
    lowest = min(range(len(means)), key=means.__getitem__, default=0)
    falls = [
        ((means[at + 1] - means[at]) / log(high / low), low)
        for at, (low, high) in enumerate(pairwise(rates))
        if at < lowest
    ]
    slope, rate = min(falls, default=(0.0, None))
    return rate if slope < 0 else None
