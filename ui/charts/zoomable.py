"""Charts that one can come closer to, and that stay as close while points are added.

Streamlit draws a chart anew when its specification changes, and takes the zoom back when its rows do, unless the zoom
is a selection that Python asks to hear of. So the specification holds no rows, and the zoom is such a selection.
"""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from ui.text import _

POINTS: Final = "points"
"""The name of the rows in the specification."""

_ZOOM: Final = "zoom"
_WITH_KEY: Final = "wheel![event.ctrlKey || event.metaKey]"
"""The wheel alone goes on scrolling the page; fingers that pinch on a touchpad send a wheel with Ctrl."""
_BY_MOUSE: Final = "[pointerdown[event.pointerType !== 'touch'], window:pointerup] > window:pointermove!"
"""A finger on a touchscreen goes on scrolling the page."""


def specification(chart: alt.LayerChart) -> dict[str, Any]:
    """What `show` draws: ``chart``, whose rows have the name `POINTS`, with wheel, drag and double click."""
    return chart.add_params(
        alt.selection_interval(name=_ZOOM, bind="scales", zoom=_WITH_KEY, translate=_BY_MOUSE)
    ).to_dict()


def show(specified: dict[str, Any], rows: pd.DataFrame, *, key: str, description: str) -> None:
    """Draws ``rows``. As long as ``key`` and the specification are the same, the zoom stays."""
    st.vega_lite_chart(
        specified | {"datasets": {POINTS: rows}},
        width="stretch",
        alt=description,
        key=key,
        on_select="rerun",
        selection_mode=_ZOOM,
    )


def instructions() -> str:
    """How to come closer, for a help text."""
    return _(
        "Hold Ctrl (⌘ on a Mac) and turn the wheel over a chart to come closer, drag to move about, double-click to "
        "see everything again. The charts stay as close as you are while points are added."
    )
