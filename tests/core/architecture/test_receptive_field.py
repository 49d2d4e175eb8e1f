"""The receptive field, against what really happens when one pixel after the other is switched on."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Shape, summarize
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from tests.core.architecture.stacks import follow, paddings

SHAPE = (26, 22, 1)

windows = st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(1, 3))
steps = st.integers(1, 2) | st.tuples(st.integers(1, 2), st.integers(1, 2))
sliding_layers = st.one_of(
    st.builds(Conv2D, filters=st.just(1), kernel_size=windows, strides=steps, padding=paddings),
    st.builds(Conv2D, filters=st.just(1), kernel_size=windows, dilation_rate=steps, padding=paddings),
    st.builds(MaxPooling2D, pool_size=windows, strides=steps, padding=paddings),
    st.builds(AveragePooling2D, pool_size=windows, strides=steps, padding=paddings),
)


@settings(max_examples=30)
@given(stack=st.lists(sliding_layers, min_size=1, max_size=3))
def test_the_receptive_field_is_what_an_output_sees(stack: list[Layer]) -> None:
    readouts = summarize(stack, SHAPE).readouts
    fields = [readout.receptive_field for readout in readouts]
    assume(fields[-1] is not None and fields[-1][0] <= SHAPE[0] / 2 and fields[-1][1] <= SHAPE[1] / 2)

    assert fields == _seen_fields(stack, SHAPE)


CONV5, CONV3, POOL = Conv2D(filters=1, kernel_size=5), Conv2D(filters=1, kernel_size=3), MaxPooling2D()
SAME9 = Conv2D(filters=1, kernel_size=9, padding="same")

WHOLE_NETS = [
    ([CONV5, POOL, CONV3], (28, 28, 1), (10, 10)),
    ([CONV5], (28, 28, 1), (5, 5)),
    ([POOL, POOL, POOL], (16, 16, 1), (8, 8)),
    ([CONV3, CONV3, CONV3], (9, 9, 1), (7, 7)),
    ([CONV5, POOL, Flatten(), Dense(units=2)], (12, 12, 1), (12, 12)),
    ([CONV5, POOL, GlobalAveragePooling2D(), Dense(units=2)], (13, 12, 1), (12, 12)),
    ([CONV5, GlobalAveragePooling2D(keepdims=True), Dense(units=2)], (13, 12, 1), (13, 12)),
    ([Dense(units=3)], (5, 6, 1), (1, 1)),
    ([SAME9, SAME9], (7, 6, 1), (7, 6)),
]


@pytest.mark.parametrize(("stack", "shape", "expected"), WHOLE_NETS)
def test_the_receptive_field_of_whole_nets(stack: list[Layer], shape: Shape, expected: tuple[int, int]) -> None:
    assert summarize(stack, shape).readouts[-1].receptive_field == expected
    assert _seen_fields(stack, shape)[-1] == expected


def _seen_fields(stack: list[Layer], shape: Shape) -> list[tuple[int, int]]:
    """Behind each layer of a net whose weights are all 1: the largest ``(height, width)`` that one output sees."""
    height, width, _ = shape
    values = np.eye(height * width, dtype=np.float32).reshape(-1, *shape)
    fields = []
    for keras_layer, _ in follow(stack, shape):
        keras_layer.set_weights([np.full_like(weight, weight.ndim > 1) for weight in keras_layer.get_weights()])
        values = keras_layer(values)
        fields.append(_largest_patch(np.asarray(values), height, width))
    return fields


def _largest_patch(answers: np.ndarray, height: int, width: int) -> tuple[int, int]:
    sees = answers.reshape(height, width, -1) != 0
    return _longest(sees.any(axis=1)), _longest(sees.any(axis=0))


def _longest(sees: np.ndarray) -> int:
    """``sees[line, output]``: from the first to the last line that an output sees, for the output that sees most."""
    first, last = sees.argmax(axis=0), len(sees) - sees[::-1].argmax(axis=0)
    return int((last - first).max())
