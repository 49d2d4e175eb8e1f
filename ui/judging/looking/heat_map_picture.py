"""A heat map over the image that it belongs to, with a slider for how much of it is seen."""

import base64
from io import BytesIO
from pathlib import Path

import numpy as np
import streamlit as st
from PIL import Image

from ui.colour_maps import INFERNO, coloured, in_css
from ui.text import _

LARGEST_SIDE = 360
"""Pixels on the screen; a smooth map looks no better larger."""

_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.heat_map_picture",
    html="""
    <figure class="heat">
      <div class="stack"><img class="image" /><img class="map" alt="" /></div>
      <div class="legend"><span class="low"></span><span class="ramp"></span><span class="high"></span></div>
      <label class="opacity">
        <span class="title"></span><input type="range" min="0" max="100" step="5" /><span class="share"></span>
      </label>
    </figure>
    """,
    css=(_HERE / "heat_map_picture.css").read_text(encoding="utf-8"),
    js=(_HERE / "heat_map_picture.js").read_text(encoding="utf-8"),
)


def show(image: np.ndarray, heat: np.ndarray, *, key: str, alt: str) -> None:
    """Draws ``heat``, (height, width), 0–1, over ``image``, uint8 (height, width, channels)."""
    height, width = heat.shape
    with st.container(width=round(LARGEST_SIDE * width / max(height, width))):
        _component(
            key=f"heat_map_picture_{key}",
            data={
                "image": _address(image[..., 0] if image.shape[-1] == 1 else image),
                "map": _address(coloured(heat, INFERNO, 0, 1)),
                "colours": in_css(INFERNO),
                "texts": {
                    "image": alt,
                    "low": _("spoke little"),
                    "high": _("spoke most"),
                    "opacity": _("Heat over the image"),
                },
            },
        )


def _address(image: np.ndarray) -> str:
    """``image`` as a PNG inside an address."""
    file = BytesIO()
    Image.fromarray(image).save(file, "png")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
