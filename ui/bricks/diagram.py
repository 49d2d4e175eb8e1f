"""The brick diagram on the screen: it follows every edit, and a click on a brick opens its layer."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.architecture import Place, Shape, Summary
from ui.bricks.drawing import drawing
from ui.bricks.layout import WIDTH
from ui.text import _

NARROW_WIDTH = 640.0
"""Of the rows where the page is narrow, so that texts stay readable there."""

_KEY = "bricks_diagram"
_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.bricks",
    html="""
    <div class="bricks">
      <div class="drawing"></div>
      <p class="told" aria-hidden="true"></p>
    </div>
    """,
    css=(_HERE / "diagram.css").read_text(encoding="utf-8"),
    js=(_HERE / "diagram.js").read_text(encoding="utf-8"),
)


def show(summary: Summary, image: Shape, opened: Place | None, on_open: Callable[[Place], None]) -> None:
    """Draws the net; ``opened`` is marked, and its window is drawn on the brick that it reads.

    ``on_open`` is called with the place of the layer whose brick is clicked, before the page runs again.
    """
    is_narrow = bool((st.session_state.get(_KEY) or {}).get("narrow"))  # the page says so once it is there
    data = {
        "drawing": drawing(summary, image, NARROW_WIDTH if is_narrow else WIDTH, opened),
        "narrow": is_narrow,
        "opened": _named(opened),
        "hint": _("Point at a brick to read its shape; click it to open its layer."),
    }
    places = {_named(readout.place): readout.place for readout in summary.walk()}

    def opened_now() -> None:
        place = places.get(st.session_state[_KEY].opened)
        if place is not None:
            on_open(place)

    _component(key=_KEY, data=data, on_opened_change=opened_now, on_narrow_change=lambda: None)


def _named(place: Place | None) -> str | None:
    """A place as the drawing names it."""
    return None if place is None else ".".join(map(str, place))
