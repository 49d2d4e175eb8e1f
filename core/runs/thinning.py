"""Which steps of a long run are kept: of every few in a row those with the extremes, so that none is ever lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil, isfinite
from typing import Protocol, TypeVar

MOST_POINTS = 5000
"""About how many points the curve of one figure has at most: two of every bucket."""


class MeasuredStep(Protocol):
    """The figures of one step. ``step`` is counted over the whole run from 1."""

    @property
    def step(self) -> int: ...
    @property
    def loss(self) -> float | None: ...
    @property
    def accuracy(self) -> float | None: ...
    @property
    def metrics(self) -> Mapping[str, float | None] | None: ...


Step = TypeVar("Step", bound=MeasuredStep)


def bucket_width(total_steps: int | None) -> int:
    """How many steps in a row make a bucket in a run of ``total_steps``; 1, which keeps all, while that is unknown.

    It follows from the length of the whole run alone, so that what is kept does not depend on when it was written.
    """
    return max(1, ceil(2 * (total_steps or 0) / MOST_POINTS))


def thinned(steps: Iterable[Step], width: int) -> list[Step]:
    """The steps that are kept of ``steps``, which ascend; those of a bucket that may still get more are all kept."""
    return [
        step
        for bucket, of_bucket in groupby(steps, key=lambda step: (step.step - 1) // width)
        for step in _kept(list(of_bucket), last=(bucket + 1) * width)
    ]


def _kept(bucket: Sequence[Step], last: int) -> Sequence[Step]:
    """Whole until the step ``last`` is there, which completes it."""
    if bucket[-1].step < last:
        return bucket
    kept = set(_extremes(bucket))
    return [step for step in bucket if step.step in kept]


def _extremes(bucket: Sequence[Step]) -> Iterator[int]:
    """The first steps with the lowest and the highest value of each figure, and all with a loss that is no number."""
    yield from (step.step for step in bucket if not _is_number(step.loss))
    figures = [_figures(step) for step in bucket]
    for name in {name: None for of_step in figures for name in of_step}:
        values = [(of_step.get(name), step.step) for of_step, step in zip(figures, bucket, strict=True)]
        measured = [(value, step) for value, step in values if value is not None and isfinite(value)]
        if measured:
            yield min(measured)[1]
            yield min((-value, step) for value, step in measured)[1]


def _figures(step: MeasuredStep) -> dict[str, float | None]:
    return {"loss": step.loss, "accuracy": step.accuracy, **(step.metrics or {})}


def _is_number(value: float | None) -> bool:
    return value is not None and isfinite(value)
