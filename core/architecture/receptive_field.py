"""What an output sees of the image: followed exactly, position by position, through every layer.

Away from the edges it grows by (window − 1) × the product of the strides before: Araujo, Norris and Sim, "Computing
receptive fields of convolutional neural networks", Distill 2019, equation 2. Followed in this way, it is also right at
the edges, behind padding, and where up-sampling makes the strides fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from core.architecture.layer import Shape

NOTHING = range(0)


@dataclass(frozen=True)
class Reach:
    """Along one axis, in pixels of an image without an end: how much one output sees, and how far apart what two
    neighbours see begins."""

    size: int = 1
    step: int = 1

    def through(self, span: int, stride: int) -> Self:
        """Behind a window of ``span`` that moves by ``stride``: Araujo, Norris and Sim, equation 2."""
        return type(self)(self.size + (span - 1) * self.step, self.step * stride)


@dataclass(frozen=True)
class ReceptiveField:
    """For each row of outputs the rows of the image that it sees, and for each column the columns.

    Each is a range from the first to the last one seen; it is empty for an output that sees only padding. One output
    sees its row's rows of its column's columns; less where a Residual adds two maps of which one sees only padding.

    ``reach`` is what it would be down and to the right if the image had no end; None where that is not the same for all
    outputs, as behind up-sampling, or where an output sees all of the map.
    """

    rows: tuple[range, ...]
    columns: tuple[range, ...]
    reach: tuple[Reach, Reach] | None = None

    @classmethod
    def of_image(cls, shape: Shape) -> Self:
        """Of a map ``(height, width, channels)`` itself: each position sees itself."""
        height, width = shape[:2] if len(shape) == 3 else (1, 1)
        return cls(_each(height), _each(width), (Reach(), Reach()))

    def through(self, down: Sequence[range] | None, right: Sequence[range] | None) -> Self:
        """Seen through windows over rows and columns; None where each output sees just its own input."""
        reach = self.reach if down is None and right is None else None
        return type(self)(_seen(self.rows, down), _seen(self.columns, right), reach)

    def joined(self, other: Self) -> Self:
        """Of the sum of two maps of one size."""
        pairs = (
            zip(mine, others, strict=True) for mine, others in ((self.rows, other.rows), (self.columns, other.columns))
        )
        rows, columns = (tuple(hull(pair) for pair in both) for both in pairs)
        return type(self)(rows, columns, self._joined_reach(other))

    def _joined_reach(self, other: Self) -> tuple[Reach, Reach] | None:
        """The larger of two that are equally far apart: a shortcut sees a part of what the layers beside it see."""
        if self.reach is None or other.reach is None:
            return None
        (down, right), (other_down, other_right) = self.reach, other.reach
        if (down.step, right.step) != (other_down.step, other_right.step):
            return None
        return replace(down, size=max(down.size, other_down.size)), replace(
            right, size=max(right.size, other_right.size)
        )

    @property
    def merged(self) -> Self:
        """Of outputs that see all that any of these outputs sees."""
        return type(self)((hull(self.rows),), (hull(self.columns),))

    @property
    def largest(self) -> tuple[int, int]:
        """``(height, width)`` of the largest patch that an output sees, in pixels; never larger than the image."""
        return max(map(len, self.rows), default=0), max(map(len, self.columns), default=0)


def hull(ranges: Sequence[range]) -> range:
    """From the first to the last position in any of ``ranges``."""
    seen = [each for each in ranges if each]
    return range(min(each.start for each in seen), max(each.stop for each in seen)) if seen else NOTHING


def _each(length: int) -> tuple[range, ...]:
    return tuple(range(position, position + 1) for position in range(length))


def _seen(before: tuple[range, ...], windows: Sequence[range] | None) -> tuple[range, ...]:
    if windows is None:
        return before
    return tuple(hull(before[window.start : window.stop : window.step]) for window in windows)
