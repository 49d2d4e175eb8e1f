"""The brick diagram of a net, as large as a moderate height allows."""

from collections.abc import Iterator, Sequence

from core.architecture import Shape, Summary
from ui.bricks.columns import Column, columns
from ui.bricks.placing import place
from ui.bricks.scale import fitted
from ui.bricks.scene import Scene

WIDTH = 960.0

ROOMY = ((112, 150), (112, 112), (108, 84), (104, 64))
TIGHT = ((96, 48), (84, 44), (72, 40), (60, 34), (48, 28), (36, 24))
"""The side of the largest map and the length of the longest brick, from large to small."""

FEW_LAYERS, MANY_LAYERS = 12, 40
LOW, HIGH = 196.0, 470.0
"""How high the drawing may be for few and for many layers in rows of `WIDTH`."""


def layout(summary: Summary, image: Shape, width: float = WIDTH) -> Scene:
    """The bricks of the image and of all layers in rows of ``width``."""
    found = columns(summary, image)
    allowed = _allowed_height(sum(map(len, found)) - 1, width)
    roomy = _with_fewest_rows(scene for scene in _scenes(found, width, ROOMY) if scene.height <= allowed)
    if roomy:
        return roomy
    tight = next((scene for scene in _scenes(found, width, TIGHT) if scene.height <= allowed), None)
    return tight or next(_scenes(found, width, TIGHT[-1:]))


def _with_fewest_rows(scenes: Iterator[Scene]) -> Scene | None:
    """The first of those with the fewest rows; none is placed in vain behind one with a single row."""
    best: Scene | None = None
    for scene in scenes:
        if best is None or scene.rows < best.rows:
            best = scene
        if best.rows == 1:
            break
    return best


def _scenes(columns: Sequence[Column], width: float, sizes: Sequence[tuple[float, float]]) -> Iterator[Scene]:
    for side, longest in sizes:
        scale = fitted(columns, side, longest)
        yield from (place(columns, scale, lines, width) for lines in (1, 2))


def _allowed_height(layers: int, width: float) -> float:
    """Narrower rows are more rows."""
    share = max(layers - FEW_LAYERS, 0) / (MANY_LAYERS - FEW_LAYERS)
    return (LOW + share * (HIGH - LOW)) * WIDTH / width
