"""Groups of images dealt out to pages: small groups share one, and a large one goes over several."""

from collections.abc import Sequence
from typing import NamedTuple

from core.quality.finding import Groups


class Piece(NamedTuple):
    """Images number ``begin`` to before ``end`` of the group number ``group``: as much of it as is on one page."""

    group: int
    begin: int
    end: int


def pages(groups: Groups, per_page: int) -> list[list[Piece]]:
    """All ``groups`` in their order, at most ``per_page`` images on a page."""
    found: list[list[Piece]] = []
    room = 0
    for piece in _pieces([len(group) for group in groups], per_page):
        size = piece.end - piece.begin
        if size > room:
            found.append([])
            room = per_page
        found[-1].append(piece)
        room -= size
    return found


def _pieces(sizes: Sequence[int], most: int) -> list[Piece]:
    return [
        Piece(group, begin, min(begin + most, size))
        for group, size in enumerate(sizes)
        for begin in range(0, size, most)
    ]
