"""Columns of bricks put into rows, like words into lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.message import times
from ui.bricks.block import Block
from ui.bricks.columns import Column, Figure
from ui.bricks.scale import Scale

CHARACTER = 6.6
"""The width of a character of a label."""
LEAST_GAP, WIDEST_GAP = 12.0, 44.0
MARGIN = 14.0
"""At the left and the right end of a row; the line from row to row ends in it."""
BETWEEN_PLATES = 1.5


@dataclass(frozen=True)
class Slot:
    """The place of a column in its row: from ``left`` to ``right``, its blocks from ``start`` to ``end``."""

    row: int
    left: float
    right: float
    start: float
    end: float


def label(column: Column, lines: int) -> tuple[str, ...]:
    """The shape under a column, in one line, or with the channels in a second one."""
    piece = column[0]
    if piece.figure is not Figure.VOLUME or piece.shape is None:
        return ()
    if lines == 1 or len(piece.shape) == 1:
        return (times(piece.shape),)
    return times(piece.shape[:2]), f"× {piece.shape[2]:,}"


def blocks(column: Column, scale: Scale, x: float, axis: float) -> tuple[Block, ...]:
    """The blocks of a column side by side, the first at ``x``."""
    placed: list[Block] = []
    for piece in column:
        placed.append(scale.block(piece, x, axis))
        x += placed[-1].length + BETWEEN_PLATES
    return tuple(placed)


def slots(columns: Sequence[Column], scale: Scale, lines: int, width: float) -> tuple[Slot, ...]:
    """The places of the columns in rows of ``width``; what is in one Residual is kept in one row where it fits."""
    bodies = [max(block.right for block in blocks(column, scale, 0, 0)) for column in columns]
    texts = [max((len(text) for text in label(column, lines)), default=0) * CHARACTER for column in columns]
    widths = [max(pair) for pair in zip(bodies, texts, strict=True)]
    rows = _wrapped(_units(columns), widths, width - 2 * MARGIN)
    gap = _gap(rows, widths, width - 2 * MARGIN)
    placed: dict[int, Slot] = {}
    for number, row in enumerate(rows):
        left = MARGIN
        for column in row:
            start = left + (widths[column] - bodies[column]) / 2
            placed[column] = Slot(number, left, left + widths[column], start, start + bodies[column])
            left += widths[column] + gap
    return tuple(placed[column] for column in range(len(columns)))


def _units(columns: Sequence[Column]) -> list[list[int]]:
    """The numbers of the columns, those of one Residual in one list."""
    units: dict[tuple[str, int], list[int]] = {}
    for number, column in enumerate(columns):
        place = column[0].place
        is_inside = place is not None and (len(place) > 1 or column[0].figure is Figure.SUM)
        key = ("residual", place[0]) if is_inside else ("alone", number)
        units.setdefault(key, []).append(number)
    return list(units.values())


def _wrapped(units: Sequence[Sequence[int]], widths: Sequence[float], room: float) -> list[list[int]]:
    rows: list[list[int]] = [[]]

    def fits(more: Sequence[int]) -> bool:
        return _length([*rows[-1], *more], widths, LEAST_GAP) <= room

    for unit in units:
        if rows[-1] and not fits(unit) and _length(unit, widths, LEAST_GAP) <= room:
            rows.append([])
        for column in unit:
            if rows[-1] and not fits([column]):
                rows.append([])
            rows[-1].append(column)
    return rows


def _gap(rows: Sequence[Sequence[int]], widths: Sequence[float], room: float) -> float:
    """Wider where everything is in one row that has room."""
    if len(rows) > 1 or len(rows[0]) < 2:
        return LEAST_GAP
    return min((room - _length(rows[0], widths, 0)) / (len(rows[0]) - 1), WIDEST_GAP)


def _length(row: Sequence[int], widths: Sequence[float], gap: float) -> float:
    return sum(widths[column] for column in row) + gap * (len(row) - 1)
