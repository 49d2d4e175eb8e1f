"""Colours for numbers: even steps of a number are even steps to the eye, also to one that tells few colours apart."""

from typing import Final

import numpy as np

INFERNO: Final = bytes.fromhex(
    "000004 0B0724 210C4A 3D0965 57106E 71196E 8A226A A32C61 BC3754 D24644 E45A31 F1731D F98E09 FCAC11 F9CB35 F2EA69 "
    "FCFFA4"
)
"""From nothing to much, in even steps: Smith and van der Walt's map in Matplotlib."""

BROWN_TO_TEAL: Final = bytes.fromhex("543005 8B500A BF812D DEC17B F6E8C3 F4F5F5 C7EAE5 7FCCC0 35978F 01655D 003C30")
"""From below 0 to above it, with 0 pale: Brewer's BrBG."""


def coloured(values: np.ndarray, stops: bytes, low: float, high: float) -> np.ndarray:
    """``values``, of any shape, as colours: uint8, (…, 3). The first of ``stops`` is ``low``, the last ``high``, and
    what lies beyond them has their colours."""
    hues = np.frombuffer(stops, np.uint8).reshape(-1, 3).T
    steps = np.linspace(low, high, hues.shape[1])
    return np.rint(np.stack([np.interp(values, steps, hue) for hue in hues], axis=-1)).astype(np.uint8)


def in_css(stops: bytes) -> str:
    """``stops`` as a gradient from left to right."""
    return f"linear-gradient(to right, #{stops.hex(' ', 3).replace(' ', ', #')})"
