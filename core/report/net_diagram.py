"""A net as a chain of blocks with the shapes that leave them, for paper."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from core.architecture import Purpose, Readout, Residual, Shape
from core.architecture.naming import number
from core.message import mark, say, times
from core.report.blocks import Translate

_COLOURS: Final[Mapping[Purpose, tuple[str, str]]] = {
    Purpose.CONVOLUTION: ("#DAF2EA", "#009E73"),
    Purpose.POOLING: ("#CFE4E5", "#0F5C63"),
    Purpose.DENSE: ("#FBE7D9", "#D55E00"),
    Purpose.SHAPING: ("#ECF0F1", "#6C7A80"),
    Purpose.REGULARIZING: ("#FBF8D2", "#B8A800"),
}
"""Area and edge; the hues are those of the layer list."""

_TITLES: Final[Mapping[Purpose, str]] = {
    Purpose.CONVOLUTION: mark("Convolution"),
    Purpose.POOLING: mark("Pooling"),
    Purpose.DENSE: mark("Fully connected"),
    Purpose.SHAPING: mark("Shaping"),
    Purpose.REGULARIZING: mark("Regularizing"),
}
_IMAGE: Final = ("#FFFFFF", "#55646A")
_INK, _PALE = "#16242A", "#55646A"

_IN_A_ROW: Final = 5
_WIDTH, _HEIGHT, _GAP, _ROW_GAP = 130, 52, 24, 26
_EDGE: Final = 8
_LEGEND_HEIGHT, _SWATCH = 30, 10


def net_diagram(readouts: Sequence[Readout], image: Shape, translate: Translate) -> str:
    """SVG: the image, then each layer that is not inside another one, row by row from left to right."""
    blocks = len(readouts) + 1
    rows = -(-blocks // _IN_A_ROW)
    width = 2 * _EDGE + _IN_A_ROW * _WIDTH + (_IN_A_ROW - 1) * _GAP
    legend_top = 2 * _EDGE + rows * _HEIGHT + (rows - 1) * _ROW_GAP
    height = legend_top + _LEGEND_HEIGHT
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "font-family": "Helvetica, Arial, 'Noto Sans', sans-serif",
        },
    )
    _block(root, 0, _IMAGE, translate(say("Image")), times(image))
    for position, readout in enumerate(readouts, start=1):
        _arrow(root, position)
        shape = times(readout.output_shape) if readout.output_shape else "?"
        _block(root, position, _COLOURS[readout.layer.purpose], _name(readout), shape, readout.layer.disabled)
    _legend(root, legend_top, dict.fromkeys(readout.layer.purpose for readout in readouts), translate)
    return tostring(root, encoding="unicode")


def _name(readout: Readout) -> str:
    inside = f" ({len(readout.inner)})" if isinstance(readout.layer, Residual) else ""
    return f"{number(readout.place)} {readout.layer.kind}{inside}"


def _corner(position: int) -> tuple[int, int]:
    """Left and top of a block."""
    row, column = divmod(position, _IN_A_ROW)
    return _EDGE + column * (_WIDTH + _GAP), _EDGE + row * (_HEIGHT + _ROW_GAP)


def _block(
    root: Element, position: int, colours: tuple[str, str], name: str, shape: str, is_disabled: bool = False
) -> None:
    area, edge = colours
    left, top = _corner(position)
    dashes = {"stroke-dasharray": "4 3"} if is_disabled else {}
    box = {"x": left, "y": top, "width": _WIDTH, "height": _HEIGHT, "rx": 5, "fill": area, "stroke": edge}
    SubElement(root, "rect", {key: str(value) for key, value in box.items()} | dashes)
    middle = left + _WIDTH / 2
    _text(root, middle, top + 22, name, _INK, size=11 if len(name) < 21 else 9, weight="bold")
    _text(root, middle, top + 39, shape, _PALE, size=11)


def _arrow(root: Element, position: int) -> None:
    """From the block before; from the end of a row by way of the gap to the beginning of the next."""
    left, top = _corner(position)
    middle = top + _HEIGHT / 2
    if position % _IN_A_ROW:
        path = f"M {left - _GAP + 3} {middle} H {left - 3}"
        head = f"M {left - 8} {middle - 4} L {left - 3} {middle} L {left - 8} {middle + 4}"
    else:
        before, between = _corner(position - 1)[0] + _WIDTH / 2, top - _ROW_GAP / 2
        start = left + _WIDTH / 2
        path = f"M {before} {top - _ROW_GAP + 3} V {between} H {start} V {top - 3}"
        head = f"M {start - 4} {top - 8} L {start} {top - 3} L {start + 4} {top - 8}"
    SubElement(root, "path", {"d": f"{path} {head}", "fill": "none", "stroke": _PALE, "stroke-width": "1.3"})


def _legend(root: Element, top: int, purposes: Mapping[Purpose, None], translate: Translate) -> None:
    for place, purpose in enumerate(purposes):
        area, edge = _COLOURS[purpose]
        left = _EDGE + place * (_WIDTH + _GAP)
        box = {"x": left, "y": top + 8, "width": _SWATCH, "height": _SWATCH, "fill": area, "stroke": edge}
        SubElement(root, "rect", {key: str(value) for key, value in box.items()})
        _text(root, left + _SWATCH + 6, top + 17, translate(say(_TITLES[purpose])), _PALE, size=11, anchor="start")


def _text(
    root: Element, x: float, y: float, text: str, ink: str, *, size: int, weight: str = "normal", anchor: str = "middle"
) -> None:
    look = {"x": x, "y": y, "fill": ink, "font-size": size, "font-weight": weight, "text-anchor": anchor}
    SubElement(root, "text", {key: str(value) for key, value in look.items()}).text = text
