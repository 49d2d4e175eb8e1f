"""Below the bricks: a corner that shows the scale, and what the colours mean."""

from collections.abc import Mapping
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

from core.architecture import Purpose
from ui import purposes
from ui.bricks import svg, texts
from ui.bricks.block import SLANT
from ui.bricks.hues import FAINT_INK, shade
from ui.bricks.rows import MARGIN
from ui.bricks.scene import Scene

SIZE = 11.0
ABOVE, LINE = 24.0, 18.0
SWATCH, BETWEEN = 10.0, 14.0
LONGEST_ARM = 20.0
STEPS = (1, 2, 5)


def draw(parent: Element, scene: Scene, top: float) -> float:
    """Draws the legend from ``top`` downwards; answers where it ends."""
    legend = svg.group(parent, "legend", font_size=svg.decimal(SIZE), fill=FAINT_INK)
    pixels, channels = round_number(scene.scale.pixel), round_number(scene.scale.channel)
    base = top + ABOVE
    arms = _corner(legend, MARGIN, base, pixels * scene.scale.pixel, channels * scene.scale.channel)
    said = texts.scale(scene, pixels, channels)
    svg.text(legend, "scale", arms + 8, base, said)
    used = _used(scene)
    length = sum(_entry_length(purpose) for purpose in used) - BETWEEN
    fits = arms + 8 + text_length(said) + 2 * BETWEEN + length <= scene.width - MARGIN
    base, x = (base, scene.width - MARGIN - length) if fits else (base + LINE, MARGIN)
    _swatches(legend, used, x, base)
    return base + 6


def round_number(scale: float) -> int:
    """The largest of 1, 2, 5, 10, 20, … whose length in ``scale`` is that of a short arm."""
    numbers = [step * 10**power for power in range(6) for step in STEPS]
    return max((number for number in numbers if number * scale <= LONGEST_ARM), default=1)


def text_length(text: str) -> float:
    """About how long a text is: Korean letters are wider."""
    return sum(SIZE * (0.95 if east_asian_width(letter) in "WF" else 0.47) for letter in text)


def _corner(parent: Element, x: float, base: float, pixels: float, channels: float) -> float:
    """An arm up for the height, one to the right for the channels, and one that slants for the width; answers where
    they end."""
    back = SLANT * pixels
    for name, end in (
        ("height", (x, base - pixels)),
        ("channels", (x + channels, base)),
        ("width", (x + back, base - back)),
    ):
        svg.path(parent, f"arm {name}", ((x, base), end), stroke=FAINT_INK, stroke_width="1.5")
    return x + max(channels, back)


def _used(scene: Scene) -> Mapping[Purpose, str]:
    """The purposes that occur, with their colours."""
    found = {brick.piece.readout.layer.purpose: brick.colour for brick in scene.bricks if brick.piece.readout}
    return {purpose: found[purpose] for purpose in Purpose if purpose in found}


def _swatches(parent: Element, used: Mapping[Purpose, str], x: float, base: float) -> None:
    for purpose, colour in used.items():
        entry = svg.group(parent, "entry", data_colour=colour)
        svg.rectangle(entry, "front", x, base - SWATCH + 1, SWATCH, SWATCH, rx="2", fill=shade(colour, "front"))
        svg.text(entry, "purpose", x + SWATCH + 5, base, purposes.purpose_title(purpose))
        x += _entry_length(purpose)


def _entry_length(purpose: Purpose) -> float:
    return SWATCH + 5 + text_length(purposes.purpose_title(purpose)) + BETWEEN
