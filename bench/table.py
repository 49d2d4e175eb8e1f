"""The arithmetic and the looks of what the benchmarks print."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

ABSENT = "–"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of our seconds by theirs, pair by pair: what slows the machine for a while slows both of a pair."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


@dataclass(frozen=True)
class Bound:
    """A figure that should be ``most`` at most."""

    label: str
    figure: float
    most: float

    def __str__(self) -> str:
        mark = "✓ within" if self.figure <= self.most else "✗ over  "
        return f"{mark}  {self.label}: {self.figure:.3f}, at most {self.most:g}"


def spread(seconds: Sequence[float]) -> list[str]:
    """Median, fastest and slowest, as cells of a table."""
    return [f"{value:.3f}" for value in (statistics.median(seconds), min(seconds), max(seconds))]


def table(rows: Sequence[Sequence[str]]) -> str:
    """``rows``, the first of them the heading, in columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return "  ".join(cells).rstrip()
