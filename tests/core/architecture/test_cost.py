"""The sums behind the numbers: what is written out ends in what Keras counts."""

import pytest
from hypothesis import given, settings

from core.architecture import Layer, Residual, Shape
from core.architecture.cost import term, written_out
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.readout import walk
from tests.core.architecture.stacks import follow, image_shapes, readouts_of, stacks

BLOCK = Residual(layers=(Conv2D(filters=8, kernel_size=3, padding="same"), BatchNormalization()))
PARAMETERS = [
    (Conv2D(filters=32, kernel_size=5), (28, 28, 1), "5 × 5 × 1 × 32 + 32 = 832"),
    (Conv2D(filters=64, kernel_size=3, groups=2), (9, 9, 32), "3 × 3 × 16 × 64 + 64 = 9,280"),
    (Conv2D(filters=8, kernel_size=(1, 3), use_bias=False), (9, 9, 3), "1 × 3 × 3 × 8 = 72"),
    (DepthwiseConv2D(kernel_size=3, depth_multiplier=2), (9, 9, 8), "3 × 3 × 8 × 2 + 16 = 160"),
    (SeparableConv2D(filters=16, kernel_size=3), (9, 9, 8), "3 × 3 × 8 × 1 + 8 × 1 × 16 + 16 = 216"),
    (Dense(units=10), (1600,), "1,600 × 10 + 10 = 16,010"),
    (Dense(units=10, use_bias=False), (5, 5, 1600), "1,600 × 10 = 16,000"),
    (BatchNormalization(), (9, 9, 8), "8 + 8 + 8 + 8 = 32"),
    (BatchNormalization(center=False, scale=False), (9,), "9 + 9 = 18"),
    (BLOCK, (9, 9, 3), "224 + 16 + 16 + 24 = 280"),
    (MaxPooling2D(), (9, 9, 3), "0"),
]


@pytest.mark.parametrize(("layer", "shape", "expected"), PARAMETERS)
def test_parameters_are_written_out(layer: Layer, shape: Shape, expected: str) -> None:
    assert written_out(layer.parameter_terms(shape)) == expected


PRODUCTS = [
    (Conv2D(filters=32, kernel_size=5), (28, 28, 1), "24 × 24 × 5 × 5 × 1 × 32 = 460,800"),
    (DepthwiseConv2D(kernel_size=3), (28, 28, 8), "26 × 26 × 3 × 3 × 8 × 1 = 48,672"),
    (Dense(units=10), (1600,), "1,600 × 10 = 16,000"),
    (Dense(units=10), (5, 4, 16), "5 × 4 × 16 × 10 = 3,200"),
    (BLOCK, (9, 9, 3), "17,496 + 1,944 = 19,440"),
    (Flatten(), (9, 9, 3), "0"),
]


@pytest.mark.parametrize(("layer", "shape", "expected"), PRODUCTS)
def test_multiply_adds_are_written_out(layer: Layer, shape: Shape, expected: str) -> None:
    assert written_out(layer.product_terms(shape)) == expected


def test_a_single_number_stands_for_itself() -> None:
    assert written_out([term("biases", ("filters", 1_234))]) == "1,234"


SIZES = [
    (Conv2D(filters=32, kernel_size=5), (28, 28, 1), ["⌊(28 − 5) ÷ 1⌋ + 1 = 24", "⌊(28 − 5) ÷ 1⌋ + 1 = 24", "32"]),
    (
        Conv2D(filters=4, kernel_size=3, strides=(2, 3), dilation_rate=1, padding="same"),
        (29, 28, 1),
        ["⌈29 ÷ 2⌉ = 15", "⌈28 ÷ 3⌉ = 10", "4"],
    ),
    (
        Conv2D(filters=4, kernel_size=3, dilation_rate=2),
        (9, 8, 1),
        ["⌊(9 − 5) ÷ 1⌋ + 1 = 5", "⌊(8 − 5) ÷ 1⌋ + 1 = 4", "4"],
    ),
    (MaxPooling2D(), (25, 24, 8), ["⌊(25 − 2) ÷ 2⌋ + 1 = 12", "⌊(24 − 2) ÷ 2⌋ + 1 = 12", "8"]),
    (Flatten(), (12, 12, 64), ["12 × 12 × 64 = 9,216"]),
    (GlobalAveragePooling2D(), (12, 12, 64), ["64"]),
    (UpSampling2D(size=(2, 3)), (9, 8, 4), ["9 × 2 = 18", "8 × 3 = 24"]),
    (ZeroPadding2D(padding=((1, 0), (2, 3))), (9, 8, 4), ["1 + 9 + 0 = 10", "2 + 8 + 3 = 13"]),
    (BLOCK, (9, 9, 3), ["9 × 9 × 3 → 9 × 9 × 8 → 9 × 9 × 8"]),
    (BatchNormalization(), (9, 9, 3), []),
]


@pytest.mark.parametrize(("layer", "shape", "expected"), SIZES)
def test_sizes_are_written_out(layer: Layer, shape: Shape, expected: list[str]) -> None:
    assert [formula for _, formula in layer.size_formulas(shape)] == expected


@settings(max_examples=150)
@given(stack=stacks, shape=image_shapes)
def test_every_sum_ends_in_the_number_of_keras(stack: list[Layer], shape: Shape) -> None:
    readouts = [readout for readout in readouts_of(stack, shape) if readout.output_shape]
    steps = [step for outer in follow(stack[: len(readouts)], shape) for step in outer.walk()]
    enabled = [readout for readout in walk(readouts) if not readout.layer.disabled and readout.output_shape]

    for readout, step in zip(enabled, steps, strict=True):
        sum_of_parameters = written_out(readout.layer.parameter_terms(readout.input_shape))
        assert _end(sum_of_parameters) == sum(layer.count_params() for layer in step.keras_layers)
        for name, formula in readout.layer.size_formulas(readout.input_shape):
            if name != "inside":
                assert _end(formula) == step.values.shape[1:][AXES[name]]


AXES = {"height": 0, "width": 1, "channels": -1, "units": -1, "numbers": 0}


def _end(formula: str) -> int:
    return int(formula.rpartition("=")[2].replace(",", ""))
