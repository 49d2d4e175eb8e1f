"""The receptive field, against what really happens when one pixel after the other is switched on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from core.architecture import Layer, Residual, Shape, summarize
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.readout import Readout, walk
from core.architecture.receptive_field import ReceptiveField
from tests.core.architecture.stacks import Step, equally_often, follow, paddings, readouts_of, sizes

IMAGE = (9, 8, 2)
"""Two channels: with one, TensorFlow 2.21 with oneDNN computes batches wrongly if strides of 1 × n leave one column."""
SAME, ONE, TWO = st.just("same"), st.just(1), st.just(2)


def sliding_layers(padding: SearchStrategy[str], strides: SearchStrategy) -> SearchStrategy[Layer]:
    windows, dilations = sizes(4), sizes(3)
    return st.one_of(
        st.builds(Conv2D, filters=TWO, kernel_size=windows, strides=strides, padding=padding),
        st.builds(Conv2D, filters=TWO, kernel_size=windows, dilation_rate=dilations, padding=padding),
        st.builds(DepthwiseConv2D, kernel_size=windows, dilation_rate=dilations, padding=padding),
        st.builds(SeparableConv2D, filters=TWO, kernel_size=windows, dilation_rate=dilations, padding=padding),
        st.builds(MaxPooling2D, pool_size=windows, strides=strides, padding=padding),
        st.builds(AveragePooling2D, pool_size=windows, strides=strides, padding=padding),
    )


margins = st.integers(0, 2)
other_layers = st.one_of(
    st.builds(ZeroPadding2D, padding=st.tuples(st.tuples(margins, margins), st.tuples(margins, margins))),
    st.builds(UpSampling2D, size=sizes(3), interpolation=st.sampled_from(["nearest", "bilinear"])),
    st.just(Dense(units=2)),
)
shrunk_and_padded_again = st.tuples(
    st.builds(Conv2D, filters=TWO, kernel_size=st.sampled_from([3, 5])), st.just(ZeroPadding2D())
)
residuals = st.builds(
    Residual,
    layers=equally_often(
        st.lists(sliding_layers(SAME, ONE), min_size=1, max_size=2).map(tuple),
        st.lists(sliding_layers(SAME, sizes(2)), min_size=1, max_size=2).map(tuple),
        shrunk_and_padded_again,
        shrunk_and_padded_again.map(lambda pair: (Residual(layers=pair),)),
    ),
)


@settings(max_examples=150)
@given(
    stack=st.lists(equally_often(sliding_layers(paddings, sizes(3)), other_layers, residuals), min_size=1, max_size=3)
)
def test_the_field_of_each_output_is_what_it_sees(stack: list[Layer]) -> None:
    readouts = [readout for readout in readouts_of(stack, IMAGE) if readout.field]

    seen = _seen_patches(stack[: len(readouts)], IMAGE)

    for readout, patches in zip(readouts, seen, strict=True):
        claimed = _claimed_patches(readout.field)
        if _zeros_are_added(readouts):
            assert [place for place in patches if not _is_within(patches[place], claimed[place])] == []
        else:
            assert claimed == patches


def _zeros_are_added(readouts: list[Readout]) -> bool:
    """Whether a Residual may add to an output that sees only padding: rows × columns can be more than is seen then."""
    fields = [readout.field for readout in walk(readouts)]
    has_residual = any(isinstance(readout.layer, Residual) for readout in readouts)
    return has_residual and not all(all(field.rows) and all(field.columns) for field in fields)


CONV5, CONV3, POOL = Conv2D(filters=1, kernel_size=5), Conv2D(filters=1, kernel_size=3), MaxPooling2D()
SAME9, SAME3 = Conv2D(filters=1, kernel_size=9, padding="same"), Conv2D(filters=1, kernel_size=3, padding="same")

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
    ([Residual(layers=(SAME3, SAME3)), Residual(layers=(SAME3, SAME3))], (20, 20, 1), (9, 9)),
    ([Residual(layers=(SAME3, POOL)), CONV3], (20, 20, 1), (8, 8)),
    ([UpSampling2D(), CONV3], (9, 9, 1), (2, 2)),
    ([UpSampling2D(interpolation="bilinear"), CONV3], (9, 9, 1), (3, 3)),
    ([ZeroPadding2D(padding=4), CONV3], (9, 9, 1), (3, 3)),
    ([DepthwiseConv2D(kernel_size=3, dilation_rate=(2, 3))], (9, 9, 1), (5, 7)),
]


@pytest.mark.parametrize(("stack", "shape", "expected"), WHOLE_NETS)
def test_the_receptive_field_of_whole_nets(stack: list[Layer], shape: Shape, expected: tuple[int, int]) -> None:
    readout = summarize(stack, shape).readouts[-1]

    assert readout.receptive_field == expected
    assert _claimed_patches(readout.field) == _seen_patches(stack, shape)[-1]


AT_THE_EDGES = [
    ([SAME3], [(0, 2), (0, 3), (1, 4), (2, 5), (3, 5)]),
    ([Conv2D(filters=1, kernel_size=2, dilation_rate=3, padding="same")], [(2, 3), (0, 4), (1, 5), (2, 3), (3, 4)]),
    ([ZeroPadding2D(padding=1), POOL], [(0, 1), (1, 3), (3, 5)]),
    ([ZeroPadding2D(padding=((1, 0), (0, 0)))], [None, (0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]),
]


@pytest.mark.parametrize(("stack", "rows"), AT_THE_EDGES)
def test_the_rows_that_outputs_see_at_the_edges(stack: list[Layer], rows: list[tuple[int, int] | None]) -> None:
    field = summarize([*stack, Dense(units=1)], (5, 5, 1)).readouts[-1].field

    assert [(each.start, each.stop) if each else None for each in field.rows] == rows


Patch = tuple[int, int, int, int]
"""``(top, bottom, left, right)``, the last row and column included."""


def _claimed_patches(field: ReceptiveField) -> dict[tuple[int, int], Patch]:
    """The patch of each output ``(row, column)`` that sees anything of the image."""
    return {
        (row, column): (down[0], down[-1], right[0], right[-1])
        for row, down in enumerate(field.rows)
        for column, right in enumerate(field.columns)
        if down and right
    }


def _seen_patches(stack: list[Layer], shape: Shape) -> list[dict[tuple[int, int], Patch]]:
    """Behind each layer of a net whose kernels have no zeros, what `_claimed_patches` should be."""
    height, width, channels = shape
    one_pixel_each = np.eye(height * width, dtype=np.float32).reshape(-1, height, width, 1)
    values = one_pixel_each.repeat(channels, axis=3)
    patches = []
    for step in follow(stack, shape):
        values = _lit(step, values)
        sees = values.reshape(height, width, *(values.shape[1:3] if values.ndim == 4 else (1, 1)), -1).any(axis=4)
        patches.append({place: _box(sees[:, :, *place]) for place in np.ndindex(sees.shape[2:])})
    return [{place: box for place, box in boxes.items() if box} for boxes in patches]


def _box(sees: np.ndarray) -> Patch | None:
    rows, columns = np.nonzero(sees)
    return (rows.min(), rows.max(), columns.min(), columns.max()) if len(rows) else None


def _is_within(patch: Patch, other: Patch) -> bool:
    return patch[0] >= other[0] and patch[1] <= other[1] and patch[2] >= other[2] and patch[3] <= other[3]


def _lit(step: Step, values: np.ndarray) -> np.ndarray:
    """1 where anything that is switched on in ``values`` shows behind ``step``, else 0."""
    if not step.inner:
        return _shown(step.made[0], values)
    inside = values
    for inner in step.inner:
        inside = _lit(inner, inside)
    *projection, add = step.made
    shortcut = _shown(projection[0], values) if projection else values
    return _shown(add, [inside, shortcut])


def _shown(layer, values) -> np.ndarray:
    layer.set_weights([np.full_like(weight, weight.ndim > 1) for weight in layer.get_weights()])
    return (np.asarray(layer(values)) > 1e-3).astype(np.float32)
