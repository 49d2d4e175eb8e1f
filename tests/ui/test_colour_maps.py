"""Colours for numbers."""

import numpy as np
import pytest

from ui.colour_maps import BROWN_TO_TEAL, INFERNO, coloured, in_css

EXAMPLES = [
    (INFERNO, 0, 1, 0.0, (0x00, 0x00, 0x04)),
    (INFERNO, 0, 1, 0.5, (0xBC, 0x37, 0x54)),
    (INFERNO, 0, 1, 1.0, (0xFC, 0xFF, 0xA4)),
    (INFERNO, 0, 1, 7.0, (0xFC, 0xFF, 0xA4)),
    (BROWN_TO_TEAL, -1, 1, -1.0, (0x54, 0x30, 0x05)),
    (BROWN_TO_TEAL, -1, 1, 0.0, (0xF4, 0xF5, 0xF5)),
    (BROWN_TO_TEAL, -1, 1, 1.0, (0x00, 0x3C, 0x30)),
]


@pytest.mark.parametrize(("stops", "low", "high", "value", "colour"), EXAMPLES)
def test_the_ends_and_the_middle_have_the_colours_of_the_map(stops, low, high, value, colour):
    assert tuple(coloured(np.array(value), stops, low, high)) == colour


def test_equal_steps_of_heat_are_equal_steps_of_lightness():
    colours = coloured(np.linspace(0, 1, 101), INFERNO, 0, 1) / 255
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)  # sRGB, IEC 61966-2-1
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    lightness = np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)  # CIE 1976 L*
    steps = np.diff(lightness)
    assert steps.min() > 0
    np.testing.assert_allclose(lightness, np.linspace(0, 98, 101), atol=6)  # the map is even by CAM02-UCS, not by L*


def test_a_gradient_names_every_stop():
    assert in_css(bytes.fromhex("000004FCFFA4")) == "linear-gradient(to right, #000004, #fcffa4)"
