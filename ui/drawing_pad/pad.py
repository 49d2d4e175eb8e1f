"""A paper to draw on with the mouse, a finger or a pen; each stroke is told at once."""

import base64
import binascii
from pathlib import Path

import streamlit as st

from core.dataset.image_size import ImageSize
from ui.text import _

SIDE = 280
"""Pixels of the longer side of the drawing, or more where the net's images have more."""
KEY = "drawing_pad"

_BRUSH, _THINNEST, _THICKEST = 0.075, 0.02, 0.2  # shares of the longer side; an MNIST digit has strokes of 0.08
_BEGINNING = "data:image/png;base64,"
_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.drawing_pad",
    html="""
    <div class="pad">
      <canvas tabindex="0" role="img"></canvas>
      <div class="tools">
        <label><span></span><input type="range"></label>
        <button class="undo" type="button"></button>
        <button class="clear" type="button"></button>
      </div>
      <p class="told" role="status"></p>
    </div>
    """,
    css=(_HERE / "pad.css").read_text(encoding="utf-8"),
    js=(_HERE / "pad.js").read_text(encoding="utf-8"),
)


def show(image_size: ImageSize, paper: int, ink: int) -> bytes | None:
    """Draws the pad, in the proportions of ``image_size``; ``paper`` and ``ink`` are shades, 0 (black) to 255.

    Returns the drawing as a PNG file, None while there is none.
    """
    scale = max(1.0, SIDE / max(image_size.height, image_size.width))
    height, width = round(image_size.height * scale), round(image_size.width * scale)
    longer = max(height, width)
    drawn = _component(
        key=KEY,
        data={
            "height": height,
            "width": width,
            "paper": _css_colour(paper),
            "ink": _css_colour(ink),
            "brush": {
                name: round(share * longer)
                for name, share in {"value": _BRUSH, "min": _THINNEST, "max": _THICKEST}.items()
            },
            "texts": _texts(),
        },
        on_picture_change=lambda: None,
    )
    return _file(drawn.picture)


def _texts() -> dict[str, str]:
    return {
        "canvas": _("Paper to draw on with the mouse, a finger or a pen"),
        "brush": _("Brush"),
        "undo": _("Undo stroke"),
        "clear": _("Clear"),
        "empty": _("Nothing is drawn yet."),
        "strokes": _("Strokes: {count}"),
    }


def _css_colour(shade: int) -> str:
    return f"rgb({shade} {shade} {shade})"


def _file(sent: object) -> bytes | None:
    """The file in the data URL that the browser ``sent``; None where it is none that the pad can send."""
    if not isinstance(sent, str) or not sent.startswith(_BEGINNING):
        return None
    try:
        return base64.b64decode(sent.removeprefix(_BEGINNING), validate=True)
    except binascii.Error:
        return None
