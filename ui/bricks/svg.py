"""Elements of an SVG, and numbers and points as they stand in one."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from ui.bricks.block import Point


def group(parent: Element, name: str, **attributes: str) -> Element:
    return _element(parent, "g", name, attributes)


def path(parent: Element, name: str, points: Iterable[Point], *, closed: bool = False, **attributes: str) -> Element:
    """A line through ``points``."""
    way = "L".join(f"{decimal(x)} {decimal(y)}" for x, y in points)
    return _element(parent, "path", name, {"d": f"M{way}{'Z' if closed else ''}", **attributes})


def text(parent: Element, name: str, x: float, y: float, content: str, **attributes: str) -> Element:
    element = _element(parent, "text", name, {"x": decimal(x), "y": decimal(y), **attributes})
    element.text = content
    return element


def rectangle(parent: Element, name: str, x: float, y: float, width: float, height: float, **attributes: str) -> None:
    sizes = {"x": x, "y": y, "width": width, "height": height}
    _element(parent, "rect", name, {key: decimal(value) for key, value in sizes.items()} | attributes)


def circle(parent: Element, name: str, centre: Point, radius: float, **attributes: str) -> None:
    places = {"cx": decimal(centre[0]), "cy": decimal(centre[1]), "r": decimal(radius)}
    _element(parent, "circle", name, places | attributes)


def decimal(value: float) -> str:
    """With one decimal at most: ``12.0`` is ``12``."""
    return f"{value:.1f}".removesuffix(".0")


def _element(parent: Element, tag: str, name: str, attributes: dict[str, str]) -> Element:
    """``stroke_width`` is the attribute ``stroke-width``."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return SubElement(parent, tag, {"class": name, **named})
