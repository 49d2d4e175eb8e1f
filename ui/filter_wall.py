"""The filters of a convolution side by side, as pictures of their weights."""

import numpy as np
import streamlit as st

from core.evaluation.inside.filter_tiles import COLOUR_CHANNELS, FilterTiles
from ui.colour_maps import BROWN_TO_TEAL, coloured
from ui.text import _
from ui.thumbnails import enlarged, sheet

SIDE, COLUMNS, GAP = 48, 16, 8


def show(filters: FilterTiles, largest: float | None = None) -> None:
    """Draws ``filters`` and says what their shades mean.

    ``largest`` is the weight that has the full shade; without it, that is the largest weight of these filters.
    """
    full = filters.largest if largest is None else largest
    counted = _("{shown:,} of {filters:,} filters.").format(shown=len(filters.tiles), filters=filters.filters)
    tiles = [enlarged(picture, SIDE) for picture in pictures(filters, full)]
    # one image, which a slider changes at once
    st.image(sheet(tiles, COLUMNS, GAP), alt=counted, output_format="PNG")
    shade = _("Full shade: a weight of ±{largest:.2g}.").format(largest=full)
    st.caption(f"{counted} {_meaning(filters)} {shade}")


def pictures(filters: FilterTiles, largest: float) -> np.ndarray:
    """``filters`` as uint8, (filters, height, width, 3), with full shades at ``largest``."""
    shades = filters.tiles / (largest or 1)
    if filters.are_means:
        return coloured(shades[..., 0], BROWN_TO_TEAL, -1, 1)
    grey = np.rint((np.clip(shades, -1, 1) + 1) / 2 * 255).astype(np.uint8)
    return np.broadcast_to(grey, (*grey.shape[:-1], COLOUR_CHANNELS))


def _meaning(filters: FilterTiles) -> str:
    if filters.are_means:
        return _(
            "Each filter sees {inputs:,} channels; drawn is the mean over them, brown below 0, pale at 0, teal above."
        ).format(inputs=filters.inputs)
    if filters.inputs == COLOUR_CHANNELS:
        return _("Each is drawn in its own weights for red, green and blue: dark is below 0, mid-grey is 0.")
    return _("Black is below 0, mid-grey is 0, white is above.")
