"""What layers are for, with one fixed colour for each purpose."""

from core.architecture import Layer, Purpose
from core.message import mark
from ui.text import _

_COLOURS = {
    Purpose.CONVOLUTION: "green",
    Purpose.POOLING: "primary",
    Purpose.DENSE: "red",
    Purpose.SHAPING: "gray",
    Purpose.REGULARIZING: "yellow",
}
"""Streamlit's names of colours; the theme gives them hues that colour-blind people can tell apart."""

_TITLES = {
    Purpose.CONVOLUTION: mark("Convolution"),
    Purpose.POOLING: mark("Pooling"),
    Purpose.DENSE: mark("Fully connected"),
    Purpose.SHAPING: mark("Shaping"),
    Purpose.REGULARIZING: mark("Regularizing"),
}


def colour(layer: Layer | type[Layer]) -> str:
    """Streamlit's name of the colour of a layer's purpose."""
    return _COLOURS[layer.purpose]


def kind_badge(layer: Layer | type[Layer], kind: str) -> str:
    """The kind of a layer in the colour of its purpose, for a text in Markdown."""
    return f":{colour(layer)}-badge[{kind}]"


def purpose_title(purpose: Purpose) -> str:
    return _(_TITLES[purpose])
