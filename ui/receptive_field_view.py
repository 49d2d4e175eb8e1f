"""What the outputs of a layer see, drawn on one of the user's own images."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from core.architecture import Readout
from core.architecture.receptive_field import ReceptiveField
from core.message import times
from core.recipe import Recipe
from ui import example_image, session
from ui.text import _

_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.receptive_field",
    html="""
    <div class="field">
      <figure>
        <svg class="image" role="img">
          <image preserveAspectRatio="none" /><path class="dim" /><rect class="patch" />
        </svg>
        <figcaption class="seen"></figcaption>
      </figure>
      <figure>
        <svg class="map" role="slider" tabindex="0"><rect class="whole" /><rect class="here" /></svg>
        <figcaption class="position"></figcaption>
      </figure>
    </div>
    """,
    css=(_HERE / "receptive_field_view.css").read_text(encoding="utf-8"),
    js=(_HERE / "receptive_field_view.js").read_text(encoding="utf-8"),
)


def show(recipe: Recipe, readout: Readout) -> None:
    """Draws an image, and beside it the layer's output: where the pointer is there decides what is lit in the image."""
    if readout.field is None or readout.output_shape is None:
        st.caption(_("What this layer sees can be shown as soon as it, and every layer before it, works."))
        return
    if not len(session.assignment().rows("train")):
        st.caption(_("The split leaves no training image to show this on."))
        return
    example = example_image.show(recipe)
    _component(key="receptive_field_view", data=_data(readout.field, example.pixels))
    st.caption(
        _("A patch of up to {size} pixels decides one number here. Move over the layer's output to see which.").format(
            size=times(readout.field.largest)
        )
    )


def _data(field: ReceptiveField, image: np.ndarray) -> dict[str, Any]:
    return {
        "image": f"data:image/png;base64,{_png(image)}",
        "height": image.shape[0],
        "width": image.shape[1],
        "rows": [(seen.start, seen.stop) for seen in field.rows],
        "columns": [(seen.start, seen.stop) for seen in field.columns],
        "texts": {
            "image": _("The image, with the patch that is seen"),
            "map": _("The layer's output; arrow keys move over it"),
            "position": _("output row {row}, column {column}"),
            "seen": _("rows {top}–{bottom}, columns {left}–{right}"),
            "nothing": _("only padding, no pixel"),
        },
    }


def _png(image: np.ndarray) -> str:
    file = BytesIO()
    Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image).save(file, "png")
    return base64.b64encode(file.getvalue()).decode()
