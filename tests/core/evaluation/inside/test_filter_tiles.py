"""The filters of a convolution as small images."""

import numpy as np
import pytest

from core.evaluation.inside.filter_tiles import MOST_FILTERS, FilterTiles

RANDOM = np.random.default_rng(0)


def kernel(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 3])
def test_filters_on_an_image_are_their_kernel(channels):
    weights = kernel(5, 4, channels, 6)
    found = FilterTiles.of(weights, is_depthwise=False)
    assert found.tiles.shape == (6, 5, 4, channels)
    for position in range(6):
        np.testing.assert_array_equal(found.tiles[position], weights[..., position])
    assert (found.filters, found.inputs, found.are_means) == (6, channels, False)


@pytest.mark.parametrize("channels", [2, 4, 32])
def test_filters_on_more_channels_are_shown_by_their_mean(channels):
    weights = kernel(3, 3, channels, 2)
    found = FilterTiles.of(weights, is_depthwise=False)
    np.testing.assert_allclose(found.tiles[1, ..., 0], weights[..., 1].mean(axis=-1), rtol=1e-5, atol=1e-7)
    assert (found.tiles.shape[-1], found.inputs, found.are_means) == (1, channels, True)


def test_a_depthwise_filter_sees_one_channel_each_in_the_order_of_the_output():
    weights = kernel(3, 3, 4, 2)
    found = FilterTiles.of(weights, is_depthwise=True)
    assert (found.filters, found.inputs, found.are_means) == (8, 1, False)
    np.testing.assert_array_equal(found.tiles[5, ..., 0], weights[..., 2, 1])


def test_of_many_filters_the_first_are_shown():
    found = FilterTiles.of(kernel(1, 1, 1, MOST_FILTERS + 1), is_depthwise=False)
    assert (len(found.tiles), found.filters) == (MOST_FILTERS, MOST_FILTERS + 1)


def test_the_largest_weight_is_the_one_furthest_from_0():
    weights = np.zeros((2, 2, 1, 1), np.float32)
    weights[0, 1], weights[1, 1] = 0.5, -2
    assert FilterTiles.of(weights, is_depthwise=False).largest == 2
