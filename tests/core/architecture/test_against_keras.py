"""Shapes, parameters and refusals are those of Keras."""

import inspect
from collections.abc import Iterator

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings

from core.architecture import CATALOGUE, FRESH, Layer, Shape, summarize
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.flatten import Flatten
from tests.core.architecture.stacks import follow, image_shapes, in_keras, input_shapes, layers, refusal, stacks


@settings(max_examples=300)
@given(stack=stacks, shape=image_shapes)
def test_generated_stacks_have_the_shapes_and_parameters_of_keras(stack: list[Layer], shape: Shape) -> None:
    readouts = [readout for readout in summarize(stack, shape).readouts if readout.output_shape]
    steps = follow(stack[: len(readouts)], shape)

    assert [readout.output_shape for readout in readouts] == [values.shape[1:] for _, values in steps]
    assert [readout.parameters for readout in readouts] == [layer.count_params() for layer, _ in steps]
    trained = [sum(weight.value.numpy().size for weight in layer.trainable_variables) for layer, _ in steps]
    assert [readout.trained_parameters for readout in readouts] == trained


@settings(max_examples=300)
@given(layer=layers, shape=input_shapes)
def test_a_layer_meets_an_obstacle_exactly_where_keras_refuses_it(layer: Layer, shape: Shape) -> None:
    refused = refusal(lambda: follow([layer], shape))

    assert bool(layer.obstacle(shape)) == bool(refused), refused


@settings(max_examples=60)
@given(layer=layers, shape=input_shapes)
def test_a_layer_without_an_obstacle_computes(layer: Layer, shape: Shape) -> None:
    assume(layer.obstacle(shape) is None)

    output = in_keras(layer)(np.zeros((1, *shape), np.float32))

    assert output.shape == (1, *layer.output_shape(shape))


@settings(max_examples=200)
@given(layer=layers, shape=input_shapes)
def test_every_repair_leads_to_what_keras_accepts(layer: Layer, shape: Shape) -> None:
    obstacle = layer.obstacle(shape)
    assume(obstacle)

    assert obstacle.repairs
    for mended in _mended(layer, shape):
        follow(mended, shape)


def _mended(layer: Layer, shape: Shape, told: frozenset[str] = frozenset()) -> Iterator[tuple[Layer, ...]]:
    """What every way of repairing ends in. A second obstacle may come to light, but none is told twice."""
    obstacle = layer.obstacle(shape)
    if obstacle is None:
        yield (layer,)
        return
    assert obstacle.message.template not in told
    for repair in obstacle.repairs:
        if not repair.layers:
            yield ()
        for changed in repair.layers:
            yield from _mended(changed, shape, told | {obstacle.message.template})


@settings(max_examples=150)
@given(stack=stacks, shape=image_shapes)
def test_a_fix_changes_only_the_layer_that_has_the_problem(stack: list[Layer], shape: Shape) -> None:
    problem, *others = summarize(stack, shape).problems or [None]
    assume(problem and problem.layer is not None)

    assert not others
    repairs = stack[problem.layer].obstacle(_shape_before(stack, problem.layer, shape)).repairs
    for fix, repair in zip(problem.fixes, repairs, strict=True):
        assert fix.layers == (*stack[: problem.layer], *repair.layers, *stack[problem.layer + 1 :])
        assert fix.message == repair.message


def _shape_before(stack: list[Layer], position: int, image_shape: Shape) -> Shape:
    return summarize(stack, image_shape).readouts[position - 1].output_shape if position else image_shape


REFUSED = [
    (Conv2D(filters=4, kernel_size=5), (4, 9, 1), ["kernel_size of 5 × 5", "input of 4 × 9"]),
    (Conv2D(filters=4, kernel_size=3, dilation_rate=4), (8, 9, 1), ["dilated kernel of 9 × 9", "input of 8 × 9"]),
    (Conv2D(filters=4, kernel_size=3, strides=2, dilation_rate=(1, 3)), (9, 9, 1), ["2 × 2", "1 × 3", "together"]),
    (Conv2D(filters=4, kernel_size=1, groups=2), (9, 9, 3), ["2 groups", "3 input channels", "4 filters"]),
    (Conv2D(filters=8192, kernel_size=1, groups=5000), (1, 1, 5000), ["5,000 groups", "8,192 filters"]),
    (Conv2D(filters=4, kernel_size=1), (1000,), ["Conv2D needs a map", "vector of 1,000 numbers"]),
    (CATALOGUE["MaxPooling2D"](), (1, 9, 3), ["pool_size of 2 × 2", "input of 1 × 9"]),
    (CATALOGUE["GlobalMaxPooling2D"](), (7,), ["GlobalMaxPooling2D needs a map", "vector of 7 numbers"]),
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
        ["Set dilation_rate to 1", "Set kernel_size to 2 × 3", "Set padding to same", "Remove this Conv2D"],
    ),
    (
        Conv2D(filters=4, kernel_size=3, dilation_rate=4),
        (2, 2, 1),
        ["Set kernel_size to 1 × 1", "Set padding to same", "Remove this Conv2D"],
    ),
    (Conv2D(filters=4, kernel_size=3, strides=2, dilation_rate=2), (9, 9, 1), ["Set dilation_rate", "Set strides"]),
    (Conv2D(filters=7, kernel_size=1, groups=2), (9, 9, 4), ["Set groups to 1", "Set filters to 6"]),
    (Conv2D(filters=1, kernel_size=1, groups=2), (9, 9, 4), ["Set groups to 1", "Set filters to 2"]),
    (Conv2D(filters=7, kernel_size=1, groups=2), (9, 9, 3), ["Set groups to 1"]),
    (CATALOGUE["AveragePooling2D"](pool_size=3), (2, 9, 3), ["Set pool_size to 2 × 3", "Set padding", "Remove"]),
]


@pytest.mark.parametrize(("layer", "shape", "offered"), REPAIRS)
def test_an_obstacle_offers_its_repairs_in_this_order(layer: Layer, shape: Shape, offered: list[str]) -> None:
    repairs = [str(repair.message) for repair in layer.obstacle(shape).repairs]

    assert [repair[: len(words)] for repair, words in zip(repairs, offered, strict=True)] == offered


DEFAULTS_OF_OUR_OWN = {("AveragePooling2D", "pool_size"): CATALOGUE["MaxPooling2D"]().pool_size}
"""Keras has a default for the pool size of MaxPooling2D alone."""


@pytest.mark.parametrize("kind", CATALOGUE)
def test_defaults_are_those_of_keras(kind: str) -> None:
    arguments = inspect.signature(getattr(keras.layers, kind)).parameters

    for name, field in CATALOGUE[kind].model_fields.items():
        if name == "kind":
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
