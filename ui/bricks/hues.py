"""The colours of the bricks in a file for paper: those of the light theme. diagram.css has those of the screen."""

from collections.abc import Mapping
from typing import Final

INK, FAINT_INK, PAPER, PROBLEM = "#16242A", "#55646A", "#FFFFFF", "#A84700"

HUES: Final[Mapping[str, str]] = {
    "green": "#009E73",
    "primary": "#0F5C63",
    "red": "#D55E00",
    "gray": "#6C7A80",
    "yellow": "#F0E442",
    "image": "#DCE3E5",
}
"""By the name that Streamlit has for them."""

_MIXED: Final[Mapping[str, tuple[str, float]]] = {
    "front": ("#FFFFFF", 0.12),
    "top": ("#FFFFFF", 0.42),
    "side": ("#000000", 0.16),
    "edge": ("#000000", 0.42),
}
"""What is mixed into the hue for each face, and how much of it, as in diagram.css."""


def shade(colour: str, face: str) -> str:
    """The colour of a face, or of the edges, of a brick."""
    other, share = _MIXED[face]
    mixed = (
        round(hue * (1 - share) + added * share)
        for hue, added in zip(_numbers(HUES[colour]), _numbers(other), strict=True)
    )
    return "#" + "".join(f"{number:02X}" for number in mixed)


def _numbers(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
