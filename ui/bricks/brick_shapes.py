"""How a brick, a plate, a sum and a ghost are drawn."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from ui.bricks import svg
from ui.bricks.block import Block
from ui.bricks.columns import Figure
from ui.bricks.hues import FAINT_INK, PAPER, PROBLEM, shade
from ui.bricks.scene import Brick

DASHES = "3 2.5"
CUT_GAP, CUT_LEAN, CUT_OVERHANG = 5.0, 3.0, 4.0


def draw(parent: Element, brick: Brick) -> None:
    """Draws the shape of ``brick`` into ``parent``."""
    readout = brick.piece.readout
    is_off = readout is not None and readout.layer.disabled
    shape = _off if is_off else _SHAPES[brick.piece.figure]
    shape(parent, brick)


def _solid(parent: Element, brick: Brick) -> None:
    edge = shade(brick.colour, "edge")
    for name, corners in brick.block.faces.items():
        svg.path(parent, f"face {name}", corners, closed=True, fill=shade(brick.colour, name), stroke=edge)
    if brick.is_cut:
        _cut(parent, brick.block, edge)
    svg.path(parent, "outline", brick.block.outline, closed=True, fill="none", stroke="none")


def _cut(parent: Element, block: Block, edge: str) -> None:
    """A gap across front and top, with an edge at each side of it."""
    middle = block.x + block.length / 2
    for name, offset, colour, width in (
        ("gap", 0.0, PAPER, CUT_GAP),
        ("edge", -CUT_GAP / 2, edge, 1.0),
        ("edge", CUT_GAP / 2, edge, 1.0),
    ):
        x = middle + offset
        points = (
            (x - CUT_LEAN, block.bottom + CUT_OVERHANG),
            (x + CUT_LEAN, block.y),
            (x + CUT_LEAN + block.shift + CUT_LEAN, block.top - CUT_OVERHANG),
        )
        svg.path(parent, name, points, fill="none", stroke=colour, stroke_width=svg.decimal(width))


def _off(parent: Element, brick: Brick) -> None:
    _dashes(parent, brick.block, FAINT_INK, fill=PAPER)


def _dashes(parent: Element, block: Block, stroke: str, fill: str = "none") -> None:
    look = {"fill": fill, "stroke": stroke, "stroke_width": "1.25", "stroke_dasharray": DASHES}
    svg.path(parent, "outline dashed", block.outline, closed=True, **look)


def _sum(parent: Element, brick: Brick) -> None:
    block = brick.block
    radius = block.length / 2
    x, y = block.x + radius, block.middle
    is_known = brick.piece.shape is not None
    stroke = _stroke(brick)
    dashes = {} if is_known else {"stroke_dasharray": DASHES}
    svg.circle(parent, "outline sum", (x, y), radius - 1, fill=PAPER, stroke=stroke, stroke_width="1.5", **dashes)
    arm = radius - 5
    for points in (((x - arm, y), (x + arm, y)), ((x, y - arm), (x, y + arm))):
        svg.path(parent, "plus", points, stroke=stroke, stroke_width="1.5")


def _ghost(parent: Element, brick: Brick) -> None:
    """A question mark where the shape is not known; an exclamation mark at the layer that is to blame."""
    block, stroke = brick.block, _stroke(brick)
    _dashes(parent, block, stroke)
    svg.text(
        parent,
        "mark",
        (block.x + block.right) / 2,
        block.middle + 5,
        "!" if brick.piece.has_problem else "?",
        fill=stroke,
        font_size="15",
        text_anchor="middle",
    )


def _stroke(brick: Brick) -> str:
    return PROBLEM if brick.piece.has_problem else FAINT_INK


_SHAPES: Mapping[Figure, Callable[[Element, Brick], None]] = {
    Figure.VOLUME: _solid,
    Figure.PLATE: _solid,
    Figure.SUM: _sum,
    Figure.GHOST: _ghost,
}
