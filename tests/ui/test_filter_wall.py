"""The shades of filters."""

import numpy as np
import pytest

from core.evaluation.inside.filter_tiles import FilterTiles
from ui.filter_wall import pictures


def filters(*weights: float, inputs: int = 1) -> FilterTiles:
    """One filter of one row, the same for each channel that it sees."""
    kernel = np.repeat(np.array(weights).reshape(1, -1, 1, 1), inputs, axis=2)
    return FilterTiles.of(kernel, is_depthwise=False)


@pytest.mark.parametrize("inputs", [1, 3])
def test_grey_goes_from_the_negative_to_the_positive_largest_weight(inputs):
    (picture,) = pictures(filters(-2, 0, 2, 1, inputs=inputs), 2)
    assert picture[0].tolist() == [[level] * 3 for level in (0, 128, 255, 191)]


def test_channels_of_a_colour_image_are_its_red_green_and_blue():
    kernel = np.array([1, 0, -1.0]).reshape(1, 1, 3, 1)
    assert pictures(FilterTiles.of(kernel, is_depthwise=False), 1).tolist() == [[[[255, 128, 0]]]]


def test_means_are_brown_below_0_and_teal_above():
    (picture,) = pictures(filters(-1, 0, 1, inputs=8), 1)
    assert picture[0].tolist() == [[0x54, 0x30, 0x05], [0xF4, 0xF5, 0xF5], [0x00, 0x3C, 0x30]]


def test_filters_without_any_weight_are_grey():
    assert pictures(filters(0, 0), 0).tolist() == [[[[128] * 3] * 2]]
