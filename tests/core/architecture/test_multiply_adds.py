"""Multiply-adds: worked by hand, and counted one by one in a convolution of plain loops."""

from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Shape
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from tests.core.architecture.stacks import convolutions, in_keras

BY_HAND = [
    (Conv2D(filters=32, kernel_size=5), (28, 28, 1), 24 * 24 * 25 * 32),
    (Conv2D(filters=8, kernel_size=3, padding="same"), (10, 10, 3), 100 * 9 * 3 * 8),
    (Conv2D(filters=8, kernel_size=3, padding="same", strides=2), (9, 9, 3), 25 * 9 * 3 * 8),
    (Conv2D(filters=4, kernel_size=(1, 3), groups=2), (5, 5, 4), 5 * 3 * 3 * 2 * 4),
    (Conv2D(filters=1, kernel_size=3, dilation_rate=2), (7, 7, 1), 3 * 3 * 9),
    (Conv2D(filters=1, kernel_size=2, use_bias=False), (3, 3, 1), 16),
    (Dense(units=10), (400,), 4_000),
    (Dense(units=4), (9,), 36),
    (Dense(units=10), (5, 5, 16), 25 * 16 * 10),
    (MaxPooling2D(), (28, 28, 8), 0),
    (BatchNormalization(), (28, 28, 8), 0),
    (Flatten(), (28, 28, 8), 0),
]


@pytest.mark.parametrize(("layer", "shape", "expected"), BY_HAND)
def test_multiply_adds_worked_by_hand(layer: Layer, shape: Shape, expected: int) -> None:
    assert layer.multiply_adds(shape) == expected


@settings(max_examples=60)
@given(
    layer=convolutions.map(lambda layer: layer.changed(activation=None, use_bias=False)),
    shape=st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from([1, 2, 4])),
)
def test_multiply_adds_are_those_of_a_convolution_in_plain_loops(layer: Conv2D, shape: Shape) -> None:
    assume(layer.obstacle(shape) is None)
    image = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    convolution = in_keras(layer)
    expected = convolution(image[np.newaxis]).numpy()[0]

    output, products = _convolve(image, convolution.kernel.numpy(), layer, expected.shape)

    np.testing.assert_allclose(output, expected, atol=1e-4)
    assert layer.multiply_adds(shape) == products


def _convolve(image: np.ndarray, kernel: np.ndarray, layer: Conv2D, shape: Shape) -> tuple[np.ndarray, int]:
    """The output, and how many numbers were multiplied, zeros of the padding included."""
    strides, dilations = _pair(layer.strides), _pair(layer.dilation_rate)
    top, left = (
        _zeros_before(image.shape[axis], shape[axis], kernel.shape[axis], strides[axis], dilations[axis])
        if layer.padding == "same"
        else 0
        for axis in (0, 1)
    )
    output, products = np.zeros(shape), 0
    channels_per_group, filters_per_group = kernel.shape[2], layer.filters // layer.groups
    for row, column, filter_ in np.ndindex(shape):
        first_channel = filter_ // filters_per_group * channels_per_group
        for down, right, channel in np.ndindex(kernel.shape[:3]):
            y = row * strides[0] + down * dilations[0] - top
            x = column * strides[1] + right * dilations[1] - left
            inside = 0 <= y < image.shape[0] and 0 <= x < image.shape[1]
            pixel = image[y, x, first_channel + channel] if inside else 0
            output[row, column, filter_] += pixel * kernel[down, right, channel, filter_]
            products += 1
    return output, products


def _zeros_before(length: int, positions: int, kernel: int, stride: int, dilation: int) -> int:
    """Of an odd number of zeros the extra one goes to the end."""
    return max((positions - 1) * stride + (kernel - 1) * dilation + 1 - length, 0) // 2


def _pair(size: int | tuple[int, int]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else size


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))
def test_a_dense_on_a_vector_multiplies_every_input_by_every_unit(inputs: int, units: int, positions: int) -> None:
    assert Dense(units=units).multiply_adds((inputs,)) == prod(np.ones((inputs, units)).shape)
    assert Dense(units=units).multiply_adds((positions, 1, inputs)) == positions * units * inputs
