"""The window of a convolution or a pooling on the brick that it reads, and what it writes there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from core.architecture import Place, Purpose, Shape
from ui.bricks.block import Block, Point
from ui.bricks.columns import Figure
from ui.bricks.scale import LEAST, height_and_width
from ui.bricks.scene import Brick, Scene

LEAST_WINDOW = 4.0


@dataclass(frozen=True)
class Window:
    """``read`` is the block under the window, ``written`` what becomes of it: all channels of one position.

    ``rays`` lead from one to the other where nothing is between them.
    """

    read: Block
    written: Block
    rays: tuple[tuple[Point, Point], ...]


def window(scene: Scene, place: Place | None) -> Window | None:
    """The window of the layer at ``place``; None for a layer without one, and where its shapes are not known."""
    number = next((number for number, brick in enumerate(scene.bricks) if brick.place == place), 0)
    written, before = scene.bricks[number], scene.bricks[:number]
    readout = written.piece.readout
    if readout is None or written.piece.figure is not Figure.VOLUME:
        return None
    if readout.layer.purpose not in (Purpose.CONVOLUTION, Purpose.POOLING):
        return None
    volume, plates = _read(before, readout.input_shape)
    seen = [_first_whole(readout.layer.windows(readout.input_shape, axis)) for axis in (0, 1)]
    read = _patch(_with(volume, plates), volume.piece.shape, [window for _, window in seen], LEAST_WINDOW)
    answers = [range(position, position + 1) for position, _ in seen]
    answer = _patch(written.block, written.piece.shape, answers, LEAST)
    are_neighbours = len(plates) == number - 1 - before.index(volume) and volume.row == written.row
    return Window(read, answer, _rays(read, answer) if are_neighbours else ())


def _read(before: Sequence[Brick], shape: Shape) -> tuple[Brick, Sequence[Brick]]:
    """The last volume of ``shape`` and the plates on it. There always is one: what follows it left its shape alone."""
    number = max(
        number
        for number, brick in enumerate(before)
        if brick.piece.figure is Figure.VOLUME and brick.piece.shape == shape
    )
    return before[number], tuple(takewhile(lambda brick: brick.piece.is_attached, before[number + 1 :]))


def _with(volume: Brick, plates: Sequence[Brick]) -> Block:
    """The block of the volume as long as it is with its plates."""
    last = plates[-1].block if plates else volume.block
    return replace(volume.block, length=last.x + last.length - volume.block.x)


def _first_whole(windows: Sequence[range]) -> tuple[int, range]:
    """The first place of a window where padding cuts nothing off."""
    longest = max(map(len, windows))
    return next((position, window) for position, window in enumerate(windows) if len(window) == longest)


def _patch(block: Block, shape: Shape, seen: Sequence[range], least: float) -> Block:
    """What ``seen`` rows and columns are of a block of ``shape``."""
    rows, columns = height_and_width(shape)
    down, back = block.height / rows, block.depth / columns
    return block.part((seen[0].start * down, seen[0].stop * down), (seen[1].start * back, seen[1].stop * back), least)


def _rays(read: Block, written: Block) -> tuple[tuple[Point, Point], ...]:
    """From the outer corners of the window's right face to where its answer begins."""
    right, shift = read.x + read.length, read.shift
    corners = ((right + shift, read.top), (right, read.bottom))
    return tuple((corner, written.way_in) for corner in corners)
