"""Multiply-adds: worked by hand, and counted one by one in convolutions of plain loops."""

from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Residual, Shape
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from tests.core.architecture.stacks import convolutions_2d, depthwise_convolutions, in_keras, separable_convolutions

SAME = Conv2D(filters=8, kernel_size=3, padding="same")
BY_HAND = [
    (Conv2D(filters=32, kernel_size=5), (28, 28, 1), 24 * 24 * 25 * 32),
    (SAME, (10, 10, 3), 100 * 9 * 3 * 8),
    (Conv2D(filters=8, kernel_size=3, padding="same", strides=2), (9, 9, 3), 25 * 9 * 3 * 8),
    (Conv2D(filters=4, kernel_size=(1, 3), groups=2), (5, 5, 4), 5 * 3 * 3 * 2 * 4),
    (Conv2D(filters=1, kernel_size=3, dilation_rate=2), (7, 7, 1), 3 * 3 * 9),
    (Conv2D(filters=1, kernel_size=2, use_bias=False), (3, 3, 1), 16),
    (DepthwiseConv2D(kernel_size=3), (28, 28, 8), 26 * 26 * 9 * 8),
    (DepthwiseConv2D(kernel_size=3, depth_multiplier=2, padding="same", strides=2), (9, 9, 3), 25 * 9 * 6),
    (DepthwiseConv2D(kernel_size=(1, 3), dilation_rate=2), (7, 7, 3), 7 * 3 * 3 * 3),
    (SeparableConv2D(filters=16, kernel_size=3), (28, 28, 8), 26 * 26 * (9 * 8 + 8 * 16)),
    (SeparableConv2D(filters=5, kernel_size=2, depth_multiplier=3, strides=2), (8, 8, 2), 16 * (4 * 6 + 6 * 5)),
    (Dense(units=10), (400,), 4_000),
    (Dense(units=4), (9,), 36),
    (Dense(units=10), (5, 5, 16), 25 * 16 * 10),
    (MaxPooling2D(), (28, 28, 8), 0),
    (BatchNormalization(), (28, 28, 8), 0),
    (UpSampling2D(interpolation="bilinear"), (28, 28, 8), 0),
    (Flatten(), (28, 28, 8), 0),
    (Residual(layers=(SAME, SAME)), (10, 10, 8), 2 * 100 * 9 * 8 * 8),
    (Residual(layers=(SAME, BatchNormalization(), SAME)), (10, 10, 3), 100 * (9 * 3 * 8 + 9 * 8 * 8 + 3 * 8)),
    (Residual(layers=(SAME, MaxPooling2D())), (10, 10, 3), 100 * 9 * 3 * 8 + 25 * 3 * 8),
    (Residual(layers=(Dense(units=5), Dense(units=7))), (4,), 4 * 5 + 5 * 7 + 4 * 7),
    (
        Residual(layers=(Residual(layers=(SAME,)), SAME.changed(disabled=True))),
        (10, 10, 3),
        100 * (9 * 3 * 8 + 3 * 8 + 3 * 8),
    ),
]


@pytest.mark.parametrize(("layer", "shape", "expected"), BY_HAND)
def test_multiply_adds_worked_by_hand(layer: Layer, shape: Shape, expected: int) -> None:
    assert layer.multiply_adds(shape) == expected


@settings(max_examples=120)
@given(
    layer=st.one_of(convolutions_2d(), depthwise_convolutions(), separable_convolutions()).map(
        lambda layer: layer.changed(activation=None, use_bias=False)
    ),
    shape=st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from([1, 2, 4])),
)
def test_multiply_adds_are_those_of_a_convolution_in_plain_loops(
    layer: Conv2D | DepthwiseConv2D | SeparableConv2D, shape: Shape
) -> None:
    assume(layer.obstacle(shape) is None)
    image = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    convolution = in_keras(layer)
    expected = convolution(image[np.newaxis]).numpy()[0]

    output, products = image, 0
    for kernel, groups, moves in _passes(layer, convolution, shape[2]):
        output, counted = _convolve(output, kernel, groups, moves)
        products += counted

    np.testing.assert_allclose(output, expected, atol=1e-4)
    assert layer.multiply_adds(shape) == products


ONE_BY_ONE = Conv2D(filters=1, kernel_size=1)


def _passes(layer, convolution, channels: int) -> list[tuple[np.ndarray, int, Layer]]:
    """The convolutions one behind the other that make up a layer: each a kernel, its groups and how it moves.

    A depthwise kernel is one with as many groups as there are channels.
    """
    if isinstance(layer, Conv2D):
        return [(convolution.kernel.numpy(), layer.groups, layer)]
    if isinstance(layer, DepthwiseConv2D):
        return [(_grouped(convolution.kernel.numpy()), channels, layer)]
    depthwise = (_grouped(convolution.depthwise_kernel.numpy()), channels, layer)
    return [depthwise, (convolution.pointwise_kernel.numpy(), 1, ONE_BY_ONE)]


def _grouped(kernel: np.ndarray) -> np.ndarray:
    """A depthwise kernel ``(height, width, channels, multiplier)`` as one of groups with one channel each."""
    return kernel.reshape(*kernel.shape[:2], 1, -1)


def _convolve(image: np.ndarray, kernel: np.ndarray, groups: int, layer) -> tuple[np.ndarray, int]:
    """The output, and how many numbers were multiplied, zeros of the padding included."""
    strides, dilations = _pair(layer.strides), _pair(layer.dilation_rate)
    spans = [(kernel.shape[axis] - 1) * dilations[axis] + 1 for axis in (0, 1)]
    zeros = [_zeros(image.shape[axis], spans[axis], strides[axis], layer.padding) for axis in (0, 1)]
    padded = np.pad(image, (*zeros, (0, 0)))
    shape = [(padded.shape[axis] - spans[axis]) // strides[axis] + 1 for axis in (0, 1)]
    output, products = np.zeros((*shape, kernel.shape[3])), 0
    filters_per_group = kernel.shape[3] // groups
    for row, column, filter_ in np.ndindex(output.shape):
        first_channel = filter_ // filters_per_group * kernel.shape[2]
        for down, right, channel in np.ndindex(kernel.shape[:3]):
            y, x = row * strides[0] + down * dilations[0], column * strides[1] + right * dilations[1]
            output[row, column, filter_] += (
                padded[y, x, first_channel + channel] * kernel[down, right, channel, filter_]
            )
            products += 1
    return output, products


def _zeros(length: int, span: int, stride: int, padding: str) -> tuple[int, int]:
    """Before and behind, so that there are ceil(length / stride) positions; of an odd number one more goes behind."""
    if padding == "valid":
        return 0, 0
    zeros = max((-(-length // stride) - 1) * stride + span - length, 0)
    return zeros // 2, zeros - zeros // 2


def _pair(size: int | tuple[int, int]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else size


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))
def test_a_dense_on_a_vector_multiplies_every_input_by_every_unit(inputs: int, units: int, positions: int) -> None:
    assert Dense(units=units).multiply_adds((inputs,)) == prod(np.ones((inputs, units)).shape)
    assert Dense(units=units).multiply_adds((positions, 1, inputs)) == positions * units * inputs
