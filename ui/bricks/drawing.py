"""The brick diagram as SVG. Its own colours are for paper; diagram.css puts those of the theme in their place."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from core.architecture import Layer, Place, Shape, Summary
from ui import purposes
from ui.bricks import brick_shapes, legend, svg, texts
from ui.bricks.block import Point
from ui.bricks.hues import FAINT_INK, INK, PAPER, shade
from ui.bricks.layout import WIDTH, layout
from ui.bricks.placing import LINE
from ui.bricks.scene import Brick, Way
from ui.bricks.window import Window, window
from ui.layer_settings import settings

CODE_FONT = "'Source Code Pro', ui-monospace, Menlo, Consolas, monospace"
LOOK = {
    "font-family": "'Source Sans', 'Source Sans 3', 'Noto Sans', 'Segoe UI', sans-serif",
    "stroke-width": "0.75",
    "stroke-linejoin": "round",
}
LABEL_SIZE = 11.0
ARROW, PROJECTION = 4.5, 9.0


def svg_file(summary: Summary, image: Shape) -> str:
    """A file of its own, on white, for printing."""
    root = _root(summary, image, WIDTH, opened=None)
    height = root.get("viewBox", "").split()[-1]
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "width": svg.decimal(WIDTH), "height": height}
    root.insert(0, Element("rect", {"width": "100%", "height": "100%", "fill": PAPER}))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def drawing(summary: Summary, image: Shape, width: float = WIDTH, opened: Place | None = None) -> str:
    """The diagram in rows of ``width``, with the window of the layer at ``opened``, for a page."""
    return tostring(_root(summary, image, width, opened), encoding="unicode")


def _root(summary: Summary, image: Shape, width: float, opened: Place | None) -> Element:
    scene = layout(summary, image, width)
    root = Element("svg", {"role": "img", "aria-label": texts.sentence(summary, image), **LOOK})
    for brick in scene.bricks:
        _brick(root, brick, texts.title(brick, image, summary.problems))
    ways = svg.group(root, "ways", fill="none", stroke=FAINT_INK, stroke_width="1", pointer_events="none")
    for way in scene.ways:
        _way(ways, way)
    seen = window(scene, opened)
    if seen:
        _window(root, seen)
    bottom = legend.draw(root, scene, scene.height)
    root.set("viewBox", f"0 0 {svg.decimal(width)} {svg.decimal(bottom)}")
    return root


def _brick(parent: Element, brick: Brick, title: str) -> None:
    """A brick with its area and its label; ``data-place`` names its layer."""
    element = svg.group(parent, f"brick {brick.piece.figure}", data_colour=brick.colour)
    SubElement(element, "title").text = title
    if brick.place is not None:
        element.set("data-place", ".".join(map(str, brick.place)))
    if brick.piece.has_problem:
        element.set("data-problem", "")
    area = brick.area
    svg.rectangle(element, "area", area.x, area.y, area.width, area.height, rx="4", fill="none", pointer_events="all")
    brick_shapes.draw(element, brick)
    _label(element, brick)


def _label(parent: Element, brick: Brick) -> None:
    if brick.label is None:
        return
    for number, line in enumerate(brick.label.lines):
        svg.text(
            parent,
            "label",
            brick.label.x,
            brick.label.y + number * LINE,
            line,
            fill=INK,
            font_family=CODE_FONT,
            font_size=svg.decimal(LABEL_SIZE),
            text_anchor="middle",
        )


def _way(parent: Element, way: Way) -> None:
    svg.path(parent, "way", way.points)
    if way.is_start:
        svg.circle(parent, "branch", way.points[0], 2.2, fill=FAINT_INK, stroke="none")
    if way.is_end:
        (from_x, from_y), (x, y) = way.points[-2:]
        across, down = (0.6, 1.0) if abs(y - from_y) > abs(x - from_x) else (1.0, 0.6)
        _arrow(parent, x, y, across, down)
    if way.projection:
        _projection(parent, way.projection, way.points[-3:-1])


def _projection(parent: Element, layer: Layer, way: Sequence[Point]) -> None:
    """The layer that a shortcut leads through, as a small square in the middle of ``way``."""
    x, y = (sum(numbers) / 2 for numbers in zip(*way, strict=True))
    colour = purposes.colour(layer)
    element = svg.group(parent, "projection", data_colour=colour, pointer_events="all")
    SubElement(element, "title").text = f"{layer.kind} {settings(layer)}"
    corner, size = PROJECTION / 2, PROJECTION
    svg.rectangle(element, "face front", x - corner, y - corner, size, size, fill=shade(colour, "front"))


def _arrow(parent: Element, x: float, y: float, across: float, down: float) -> None:
    """A head that points down, or to the right."""
    if down > across:
        points = ((x - ARROW * across, y - ARROW), (x, y), (x + ARROW * across, y - ARROW))
    else:
        points = ((x - ARROW, y - ARROW * down), (x, y), (x - ARROW, y + ARROW * down))
    svg.path(parent, "arrow", points)


def _window(parent: Element, seen: Window) -> None:
    group = svg.group(parent, "window", pointer_events="none", stroke=INK, stroke_width="1")
    for start, end in seen.rays:
        svg.path(group, "ray", (start, end), stroke_width="0.75", stroke_dasharray="2 2")
    for name, block in (("read", seen.read), ("written", seen.written)):
        for corners in block.faces.values():
            svg.path(group, name, corners, closed=True, fill=PAPER, fill_opacity="0.7")
