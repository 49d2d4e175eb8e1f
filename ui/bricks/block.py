"""A block in oblique projection: its length to the right, its height up, its depth slanting up and to the right."""

from dataclasses import dataclass, replace
from typing import Self

Point = tuple[float, float]

SLANT = 0.3
"""How far the projection moves a point to the right, and up, for each unit of depth."""


@dataclass(frozen=True)
class Block:
    """``x`` and ``y`` are the upper left corner of its front; y grows downwards."""

    x: float
    y: float
    length: float
    height: float
    depth: float

    @classmethod
    def on_axis(cls, x: float, axis: float, length: float, height: float, depth: float) -> Self:
        """A block whose middle lies on the horizontal line at ``axis``."""
        return cls(x, axis - (height - SLANT * depth) / 2, length, height, depth)

    @property
    def shift(self) -> float:
        """By how much its back lies further right and further up than its front."""
        return SLANT * self.depth

    @property
    def right(self) -> float:
        return self.x + self.length + self.shift

    @property
    def top(self) -> float:
        return self.y - self.shift

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return (self.top + self.bottom) / 2

    @property
    def way_in(self) -> Point:
        """Where its left edge is seen at the height of its middle."""
        return self.x + max(self.y - self.middle, 0), self.middle

    @property
    def way_out(self) -> Point:
        """The middle of its right face."""
        return self.x + self.length + self.shift / 2, self.middle

    @property
    def faces(self) -> dict[str, tuple[Point, ...]]:
        """The corners of the faces that are seen."""
        left, right, over, down, back = self.x, self.x + self.length, self.y, self.bottom, self.shift
        return {
            "front": ((left, over), (right, over), (right, down), (left, down)),
            "top": ((left, over), (left + back, over - back), (right + back, over - back), (right, over)),
            "side": ((right, over), (right + back, over - back), (right + back, down - back), (right, down)),
        }

    @property
    def outline(self) -> tuple[Point, ...]:
        left, right, over, down, back = self.x, self.x + self.length, self.y, self.bottom, self.shift
        return (
            (left, over),
            (left + back, over - back),
            (right + back, over - back),
            (right + back, down - back),
            (right, down),
            (left, down),
        )

    def part(self, down: tuple[float, float], back: tuple[float, float], least: float) -> Self:
        """What lies between two heights, counted from the top, and two depths, counted from the front; it is at least
        ``least`` high and deep."""
        return replace(
            self,
            x=self.x + SLANT * back[0],
            y=self.y + down[0] - SLANT * back[0],
            height=max(down[1] - down[0], least),
            depth=max(back[1] - back[0], least),
        )
