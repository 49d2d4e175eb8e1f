"""Shapes, parameters and refusals are those of Keras."""

import inspect
from collections import Counter
from collections.abc import Iterator
from math import prod

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.architecture import CATALOGUE, FRESH, Layer, Residual, Shape, summarize
from core.architecture.editing import put_in_place
from core.architecture.growing import LARGEST_SIDE
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_max_pooling2d import GlobalMaxPooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.residual import DEEPEST
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.readout import walk
from tests.core.architecture.stacks import (
    fitting_residuals,
    follow,
    image_shapes,
    input_shapes,
    layers,
    map_shapes,
    model_of,
    readouts_of,
    refusal,
    residuals,
    sizes,
    stacks,
)
from tests.samples import IS_WHOLE


@settings(max_examples=2000 if IS_WHOLE else 500)
@given(stack=stacks, shape=image_shapes)
def test_generated_stacks_have_the_shapes_and_parameters_of_keras(stack: list[Layer], shape: Shape) -> None:
    readouts = [readout for readout in readouts_of(stack, shape) if readout.output_shape]
    steps = [step for outer in follow(stack[: len(readouts)], shape) for step in outer.walk()]
    enabled = [readout for readout in walk(readouts) if not readout.layer.disabled and readout.output_shape]

    assert [readout.place for readout in enabled] == [step.place for step in steps]
    assert [readout.output_shape for readout in enabled] == [step.values.shape[1:] for step in steps]
    parameters = [sum(layer.count_params() for layer in step.keras_layers) for step in steps]
    assert [readout.parameters for readout in enabled] == parameters
    variables = [[variable for layer in step.keras_layers for variable in layer.trainable_variables] for step in steps]
    trained = [sum(prod(variable.shape) for variable in some) for some in variables]
    assert [readout.trained_parameters for readout in enabled] == trained


def test_the_generated_layers_are_of_every_kind_and_nested_to_the_limit() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=600, database=None, derandomize=True)
    @given(stack=stacks)
    def look(stack: list[Layer]) -> None:
        readouts = list(walk(readouts_of(stack, (16, 16, 3))))
        seen.update(readout.layer.kind for readout in readouts)
        seen.update("disabled" for readout in readouts if readout.layer.disabled)
        seen.update(f"depth {len(readout.place)}" for readout in readouts if readout.output_shape)

    look()

    assert [name for name in (*CATALOGUE, "disabled", f"depth {DEEPEST + 1}") if not seen[name]] == []


@settings(max_examples=600)
@given(layer=layers, shape=input_shapes)
def test_a_layer_meets_an_obstacle_exactly_where_keras_refuses_it(layer: Layer, shape: Shape) -> None:
    refused = refusal(lambda: follow([layer], shape))

    assert bool(layer.obstacle(shape)) == bool(refused), refused


@settings(max_examples=200)
@given(residual=residuals | fitting_residuals, shape=map_shapes)
def test_a_residual_meets_an_obstacle_exactly_where_its_parts_cannot_be_added(residual: Layer, shape: Shape) -> None:
    refused = refusal(lambda: follow([residual], shape))
    readouts = readouts_of([residual], shape)

    assert bool(readouts[0].output_shape) == (refused is None), refused
    assert len([readout for readout in walk(readouts) if readout.obstacle]) == bool(refused)


@settings(max_examples=150)
@given(layer=layers, shape=input_shapes)
def test_a_layer_without_an_obstacle_computes(layer: Layer, shape: Shape) -> None:
    assume(layer.obstacle(shape) is None)

    output = model_of([layer], shape)(np.zeros((1, *shape), np.float32))

    assert output.shape == (1, *layer.output_shape(shape))


@settings(max_examples=200)
@given(layer=layers, shape=input_shapes)
def test_every_repair_leads_to_what_keras_accepts(layer: Layer, shape: Shape) -> None:
    obstacle = layer.obstacle(shape)
    assume(obstacle)

    for mended in set(_mended((layer,), shape)):
        follow(mended, shape)


def _mended(stack: tuple[Layer, ...], shape: Shape, told: frozenset = frozenset()) -> Iterator[tuple[Layer, ...]]:
    """What every way of repairing ends in. A second obstacle may come to light, but none is told twice.

    Of the ways out of a third obstacle and later ones only the first is taken: all of them would be thousands.
    """
    readouts = list(walk(readouts_of(stack, shape)))
    stuck = next((each for each in readouts if each.obstacle), None)
    if stuck is None:
        yield stack
        return
    this = (stuck.obstacle.message.template, stuck.place, len(readouts))
    assert this not in told
    assert 1 <= len(stuck.obstacle.repairs) <= 3
    for repair in stuck.obstacle.repairs[: 3 if len(told) < 2 else 1]:
        yield from _mended(put_in_place(stack, stuck.place, repair.layers), shape, told | {this})


VALID = Conv2D(filters=3, kernel_size=3)
REFUSED = [
    (Conv2D(filters=4, kernel_size=5), (4, 9, 1), ["kernel_size of 5 × 5", "input of 4 × 9"]),
    (Conv2D(filters=4, kernel_size=3, dilation_rate=4), (8, 9, 1), ["dilated kernel of 9 × 9", "input of 8 × 9"]),
    (Conv2D(filters=4, kernel_size=3, strides=2, dilation_rate=(1, 3)), (9, 9, 1), ["2 × 2", "1 × 3", "together"]),
    (Conv2D(filters=4, kernel_size=1, groups=2), (9, 9, 3), ["2 groups", "3 input channels", "4 filters"]),
    (Conv2D(filters=8192, kernel_size=1, groups=5000), (1, 1, 5000), ["5,000 groups", "8,192 filters"]),
    (Conv2D(filters=4, kernel_size=1), (1000,), ["Conv2D needs a map", "vector of 1,000 numbers"]),
    (MaxPooling2D(), (1, 9, 3), ["pool_size of 2 × 2", "input of 1 × 9"]),
    (GlobalMaxPooling2D(), (7,), ["GlobalMaxPooling2D needs a map", "vector of 7 numbers"]),
    (DepthwiseConv2D(kernel_size=3, strides=(2, 1)), (9, 9, 3), ["DepthwiseConv2D moves", "strides are 2 × 1"]),
    (SeparableConv2D(filters=2, kernel_size=7), (6, 9, 3), ["kernel_size of 7 × 7", "input of 6 × 9"]),
    (Residual(layers=(VALID,)), (9, 9, 3), ["input of 9 × 9 × 3", "that is 7 × 7 × 3", "equal shapes"]),
    (Residual(layers=(VALID, MaxPooling2D(pool_size=8))), (9, 9, 3), ["pool_size of 8 × 8", "input of 7 × 7"]),
    (Residual(layers=(Dense(units=5),), projection=False), (4,), ["input of 4 ", "that is 5:"]),
    (Residual(layers=()), (4,), ["holds no layer"]),
    (UpSampling2D(size=64), (65, 28, 3), ["map of 4,160 × 1,792", "input of 65 × 28", "longer than 4,096 pixels"]),
    (ZeroPadding2D(padding=1), (9, 4095, 3), ["map of 11 × 4,097", "input of 9 × 4,095", "longer than 4,096 pixels"]),
    (Residual(layers=(Dense(units=4, disabled=True),)), (4,), ["holds no layer"]),
]


@pytest.mark.parametrize(("layer", "shape", "words"), REFUSED, ids=[words[0] for *_, words in REFUSED])
def test_an_obstacle_says_what_is_wrong_and_what_was_received(layer: Layer, shape: Shape, words: list[str]) -> None:
    sentence = str(layer.obstacle(shape).message)

    assert [word for word in words if word not in sentence] == []


REPAIRS = [
    (Conv2D(filters=4, kernel_size=5), (4, 9, 1), ["Set kernel_size to 4 × 5", "Set padding to same", "Remove"]),
    (
        Conv2D(filters=4, kernel_size=3, dilation_rate=4),
        (8, 9, 1),
        ["Set dilation_rate to 1", "Set kernel_size to 2 × 3", "Set padding to same"],
    ),
    (
        Conv2D(filters=4, kernel_size=3, dilation_rate=4),
        (2, 2, 1),
        ["Set kernel_size to 1 × 1", "Set padding to same", "Remove this Conv2D"],
    ),
    (
        DepthwiseConv2D(kernel_size=2, strides=(2, 1), dilation_rate=3),
        (3, 3, 1),
        ["Set kernel_size to 1 × 1", "Set padding to same", "Remove this DepthwiseConv2D"],
    ),
    (Conv2D(filters=4, kernel_size=3, strides=2, dilation_rate=2), (9, 9, 1), ["Set dilation_rate", "Set strides"]),
    (Conv2D(filters=7, kernel_size=1, groups=2), (9, 9, 4), ["Set groups to 1", "Set filters to 6"]),
    (Conv2D(filters=1, kernel_size=1, groups=2), (9, 9, 4), ["Set groups to 1", "Set filters to 2"]),
    (Conv2D(filters=7, kernel_size=1, groups=2), (9, 9, 3), ["Set groups to 1"]),
    (AveragePooling2D(pool_size=3), (2, 9, 3), ["Set pool_size to 2 × 3", "Set padding", "Remove"]),
    (DepthwiseConv2D(kernel_size=3, strides=(1, 2)), (9, 9, 3), ["Set strides to 2 × 2", "Set strides to 1 × 1"]),
    (Residual(layers=(VALID,)), (9, 9, 3), ["Set padding to same inside", "Replace this Residual by its layers"]),
    (
        Residual(layers=(Dense(units=5),), projection=False),
        (4,),
        ["Set projection to true", "Replace this Residual by its layers"],
    ),
    (
        Residual(layers=(Activation(activation="relu"), Flatten(), Dense(units=5))),
        (4, 4, 3),
        ["Remove the layers inside that change the size", "Replace"],
    ),
    (
        Residual(layers=(Conv2D(filters=5, kernel_size=2),), projection=False),
        (9, 9, 3),
        ["Set padding to same inside", "Replace"],
    ),
    (UpSampling2D(size=64), (65, 28, 3), ["Set size to [63, 64]", "Remove this UpSampling2D"]),
    (UpSampling2D(size=9), (1000, 1000, 3), ["Set size to 4", "Remove this UpSampling2D"]),
    (UpSampling2D(size=2), (2049, 4096, 3), ["Remove this UpSampling2D"]),
    (ZeroPadding2D(padding=9), (4090, 4090, 1), ["Set padding to 3", "Remove this ZeroPadding2D"]),
    (ZeroPadding2D(padding=9), (4000, 4093, 1), ["Set padding to [[9, 9], [1, 2]]", "Remove this ZeroPadding2D"]),
    (ZeroPadding2D(padding=((0, 8), (6, 3))), (4090, 4090, 1), ["Set padding to [[0, 6], [4, 2]]", "Remove"]),
    (ZeroPadding2D(), (4096, 4096, 1), ["Remove this ZeroPadding2D"]),
    (Residual(layers=()), (4, 4, 3), ["Put a Conv2D inside", "Remove this Residual"]),
    (Residual(layers=()), (4,), ["Put a Dense inside", "Remove this Residual"]),
]


@pytest.mark.parametrize(("layer", "shape", "offered"), REPAIRS)
def test_an_obstacle_offers_its_repairs_in_this_order(layer: Layer, shape: Shape, offered: list[str]) -> None:
    repairs = [str(repair.message) for repair in layer.obstacle(shape).repairs]

    assert [repair[: len(words)] for repair, words in zip(repairs, offered, strict=True)] == offered


def test_the_layers_of_a_residual_keep_its_activation_when_they_replace_it() -> None:
    residual = Residual(layers=(VALID,), activation="relu")

    *_, unwrapped = residual.obstacle((9, 9, 3)).repairs

    assert unwrapped.layers == (VALID, Activation(activation="relu"))


@pytest.mark.parametrize("shape", [(4, 4, 9000), (9000,)])
def test_an_empty_residual_behind_more_channels_than_a_layer_may_have_can_be_filled(shape: Shape) -> None:
    put_inside, _ = Residual(layers=()).obstacle(shape).repairs
    (filled,) = put_inside.layers

    assert filled.obstacle(shape) is None
    assert filled.output_shape(shape) == (*shape[:-1], 32)
    assert filled.projection_layer(shape) is not None


growing = st.builds(UpSampling2D, size=sizes(64)) | st.builds(ZeroPadding2D, padding=sizes(256))


@given(layer=growing, shape=st.tuples(st.integers(1, 4096), st.integers(1, 4096), st.just(1)))
def test_no_side_of_a_map_is_longer_than_the_limit_before_or_after_a_repair(layer: Layer, shape: Shape) -> None:
    obstacle = layer.obstacle(shape)

    assert bool(obstacle) == (max(layer.output_shape(shape)) > LARGEST_SIDE)
    for repair in obstacle.repairs if obstacle else ():
        for mended in repair.layers:
            assert max(mended.output_shape(shape)) <= LARGEST_SIDE
            assert mended.output_shape(shape) != shape


def test_maps_that_grow_at_every_layer_are_stopped_at_the_limit() -> None:
    summary = summarize([UpSampling2D(size=64)] * 9, (28, 28, 1))

    assert [problem.place for problem in summary.problems] == [(1,)]


DEFAULTS_OF_OUR_OWN = {("AveragePooling2D", "pool_size"): MaxPooling2D().pool_size}
"""Keras has a default for the pool size of MaxPooling2D alone."""


@pytest.mark.parametrize("kind", [kind for kind in CATALOGUE if kind != "Residual"])
def test_defaults_are_those_of_keras(kind: str) -> None:
    arguments = inspect.signature(getattr(keras.layers, kind)).parameters

    for name, field in CATALOGUE[kind].model_fields.items():
        if name in ("kind", "disabled"):
            continue
        expected = arguments[name].default
        if (kind, name) in DEFAULTS_OF_OUR_OWN:
            assert field.default == DEFAULTS_OF_OUR_OWN[kind, name]
        elif field.is_required():
            assert expected is inspect.Parameter.empty, name
        else:
            assert expected in (field.default, (field.default, field.default)), name


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_field_is_described_and_every_kind_has_a_summary(kind: str) -> None:
    fields = {name: field for name, field in CATALOGUE[kind].model_fields.items() if name != "kind"}

    assert CATALOGUE[kind].summary.endswith(".")
    assert [name for name, field in fields.items() if not field.description] == []


def test_a_fresh_layer_of_every_kind_works_on_an_image() -> None:
    assert list(FRESH) == list(CATALOGUE)
    for kind, layer in FRESH.items():
        assert layer.kind == kind
        assert layer.obstacle((28, 28, 1)) is None


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ([], "no layers yet"),
        ([Flatten()], "nothing to train"),
        ([BatchNormalization(center=False, scale=False), Flatten()], "nothing to train"),
    ],
)
def test_a_stack_that_cannot_learn_is_a_problem_of_no_single_layer(stack: list[Layer], words: str) -> None:
    (problem,) = summarize(stack, (8, 8, 1)).problems

    assert problem.layer is None
    assert problem.forbids_training
    assert words in str(problem.message)


def test_behind_a_problem_nothing_is_claimed() -> None:
    conv = Conv2D(filters=2, kernel_size=3)
    summary = summarize([conv, Flatten(), conv, conv], (8, 8, 1))

    assert [readout.output_shape for readout in summary.readouts] == [(6, 6, 2), (72,), None, None]
    assert [readout.parameters for readout in summary.readouts] == [20, 0, None, None]
    assert [problem.layer for problem in summary.problems] == [2]
    assert summary.output_shape is None
    assert summary.parameters == 20
