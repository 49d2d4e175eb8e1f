"""The three parts of a dataset as people see them: the same title and the same colour everywhere."""

import altair as alt
import streamlit as st

from core.split import PART_TITLES, PARTS
from ui.text import _

PART_NAMED_COLOURS = {"train": "blue", "validation": "orange", "test": "violet"}
"""The names by which Streamlit's own elements (badges, coloured text) are given the part's colour; the theme sets
the hues."""

_COLOURS = {"train": "#0072B2", "validation": "#E69F00", "test": "#8E4585"}
_TEST_ON_DARK = "#CC79A7"


def part_colours(is_dark: bool | None = None) -> dict[str, str]:
    """The colour of each part as ``#RRGGBB``, for the theme that the person sees."""
    if is_dark is None:
        is_dark = st.context.theme.type == "dark"
    return _COLOURS | ({"test": _TEST_ON_DARK} if is_dark else {})


def part_title(part: str) -> str:
    """``Training``, ``Validation`` or ``Test``, in the person's language."""
    return _(PART_TITLES[part])


def part_badge(part: str) -> str:
    """The part as a coloured badge inside a text in Markdown."""
    return f":{PART_NAMED_COLOURS[part]}-badge[{part_title(part)}]"


def part_scale() -> alt.Scale:
    """The colours of a chart whose colour field holds translated titles of parts."""
    colours = part_colours()
    return alt.Scale(domain=[part_title(part) for part in PARTS], range=[colours[part] for part in PARTS])
