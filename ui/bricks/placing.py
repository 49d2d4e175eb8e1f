"""Columns of bricks put to their places: rows one below the other, labels below the bricks, lines between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ui.bricks.arcs import Span, spans
from ui.bricks.block import Block, Point
from ui.bricks.columns import Column, Figure
from ui.bricks.rows import BETWEEN_PLATES, LEAST_GAP, MARGIN, Slot, blocks, label, slots
from ui.bricks.scale import Scale
from ui.bricks.scene import Box, Brick, Label, Scene, Way

ABOVE_LABEL, LINE, BELOW_LABEL = 16.0, 13.0, 5.0
"""From the lowest brick to the base of the first line of a label, from line to line, and from the last to the end."""
BETWEEN_ROWS = 10.0
LEAST_REACH = 13.0
"""How far above the axis a column answers the pointer, however thin the brick."""
AROUND = 4.0
"""How far beside a column it still answers; less than half a gap."""
LINE_END = 12.0


@dataclass(frozen=True)
class _Row:
    """Heights in the drawing: of the middle of its bricks, of the base of its labels, and of its end."""

    axis: float
    label: float
    bottom: float


@dataclass(frozen=True)
class _Placed:
    """A column with everything that is known of its place."""

    column: Column
    slot: Slot
    row: _Row
    blocks: tuple[Block, ...]


def place(columns: Sequence[Column], scale: Scale, lines: int, width: float) -> Scene:
    """The scene with labels of ``lines`` lines and rows of ``width``."""
    found = slots(columns, scale, lines, width)
    arcs = spans(columns)
    rows = _rows(found, [_reach(column, scale) for column in columns], arcs, lines)
    placed = [
        _Placed(column, slot, rows[slot.row], blocks(column, scale, slot.start, rows[slot.row].axis))
        for column, slot in zip(columns, found, strict=True)
    ]
    bricks = (brick for one in placed for brick in _bricks(one, scale, lines))
    ways = (*_flows(placed, width), *(line for arc in arcs for line in _shortcut(arc, placed, width)))
    return Scene(width, rows[-1].bottom, tuple(bricks), ways, scale)


def _reach(column: Column, scale: Scale) -> float:
    """How far a column goes above, and below, the axis."""
    return max(LEAST_REACH, *(-block.top for block in blocks(column, scale, 0, 0)))


def _rows(found: Sequence[Slot], reaches: Sequence[float], arcs: Sequence[Span], lines: int) -> list[_Row]:
    rows: list[_Row] = []
    for number in range(found[-1].row + 1):
        inside = [column for column, slot in enumerate(found) if slot.row == number]
        below = max(reaches[column] for column in inside)
        above = max([below, *(arc.rise(reaches, inside) for arc in arcs)])
        top = rows[-1].bottom + BETWEEN_ROWS if rows else 2.0
        base = top + above + below + ABOVE_LABEL
        rows.append(_Row(top + above, base, base + (lines - 1) * LINE + BELOW_LABEL))
    return rows


def _bricks(placed: _Placed, scale: Scale, lines: int) -> Iterator[Brick]:
    texts = label(placed.column, lines)
    slot, row = placed.slot, placed.row
    for position, (piece, block) in enumerate(zip(placed.column, placed.blocks, strict=True)):
        area = _plate_area(block, row) if piece.figure is Figure.PLATE else _area(placed)
        below = Label((slot.left + slot.right) / 2, row.label, texts) if texts and position == 0 else None
        yield Brick(piece, block, slot.row, area, below, scale.is_cut(piece))


def _area(placed: _Placed) -> Box:
    top = min(placed.row.axis - LEAST_REACH, *(block.top for block in placed.blocks)) - 2
    left, right = placed.slot.left - AROUND, placed.slot.right + AROUND
    return Box(left, top, right - left, placed.row.bottom - top)


def _plate_area(block: Block, row: _Row) -> Box:
    top, bottom = min(block.top, row.axis - LEAST_REACH), max(block.bottom, row.axis + LEAST_REACH)
    return Box(block.x - BETWEEN_PLATES / 2, top, block.length + BETWEEN_PLATES, bottom - top)


def _flows(placed: Sequence[_Placed], width: float) -> Iterator[Way]:
    """From each column to the next; at the end of a row to its right end, and on from the left."""
    for one, other in pairwise(placed):
        way_out, way_in = one.blocks[-1].way_out, other.blocks[0].way_in
        if one.row is other.row:
            yield Way((way_out, way_in))
        else:
            end = min(one.slot.right + LINE_END, width)
            yield Way((way_out, (end, way_out[1])), is_end=True)
            yield Way(((way_in[0] - (other.slot.start - other.slot.left) - LINE_END, way_in[1]), way_in))


def _shortcut(arc: Span, placed: Sequence[_Placed], width: float) -> Iterator[Way]:
    """Over the layers of a Residual, in each row that they stand in."""
    inside = range(arc.first, arc.last + 1)
    for row in dict.fromkeys(placed[column].slot.row for column in inside):
        here = [column for column in inside if placed[column].slot.row == row]
        reaches = [one.row.axis - min(block.top for block in one.blocks) for one in placed]
        height = placed[here[0]].row.axis - arc.rise(reaches, here)
        is_start, is_end = here[0] == arc.first, here[-1] == arc.last
        start = _branch(placed, arc.first, height) if is_start else ((MARGIN - LINE_END, height),)
        end = _landing(placed[arc.last], height) if is_end else ((width - MARGIN + LINE_END, height),)
        yield Way((*start, *end), is_start, is_end, arc.projection if is_end else None)


def _branch(placed: Sequence[_Placed], first: int, height: float) -> tuple[Point, Point]:
    """From the line before the first column up to ``height``."""
    before, slot, axis = placed[first - 1].slot, placed[first].slot, placed[first].row.axis
    x = (before.end + slot.start) / 2 if before.row == slot.row else slot.start - LEAST_GAP / 2
    return (x, axis), (x, height)


def _landing(placed: _Placed, height: float) -> tuple[Point, Point]:
    """From ``height`` down on the sum."""
    block = placed.blocks[0]
    x = block.x + block.length / 2
    return (x, height), (x, block.top)
