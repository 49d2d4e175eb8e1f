"""What a training holds in memory: counted by Keras, or by hand; and each way out really fits."""

from dataclasses import dataclass

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Place, Residual, Shape
from core.architecture.layers.activation import Activation
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.templates import template_layers
from core.memory import TrainingMemory, memory_problems, net_size, training_memory
from core.objective import OPTIMIZERS, Adam, Optimizer, beginnings, with_fitting_output
from core.objective.optimizers import SGD, Adagrad, AdamW, RMSprop
from core.problem import Problem, Severity
from core.recipe import Recipe
from core.training.build import assemble, build
from tests.core.architecture.stacks import image_shapes, stacks
from tests.core.training.nets import recipe_of

CONV, FLATTEN, SOFTMAX = Conv2D(filters=8, kernel_size=3), Flatten(), Dense(units=3, activation="softmax")
AVERAGE, OFF = GlobalAveragePooling2D(), Dropout(rate=0.5, disabled=True)
CATEGORICAL = "categorical_crossentropy"
GB = 10**9

OPTIMIZERS_AND_THEIR_VARIANTS = [
    *(kind() for kind in OPTIMIZERS.values()),
    SGD(momentum=0.9),
    SGD(momentum=0.9, nesterov=True),
    SGD(nesterov=True),
    RMSprop(momentum=0.5),
    RMSprop(centered=True),
    RMSprop(momentum=0.5, centered=True),
    Adam(amsgrad=True),
    AdamW(amsgrad=True, weight_decay=0.0),
    Adagrad(initial_accumulator_value=0.0),
]


@pytest.mark.parametrize("optimizer", OPTIMIZERS_AND_THEIR_VARIANTS, ids=repr)
def test_an_optimizer_keeps_as_many_numbers_for_each_parameter_as_in_keras(optimizer: Optimizer) -> None:
    weight = keras.Variable(np.zeros((10, 10)))
    in_keras = getattr(keras.optimizers, optimizer.kind)(**optimizer.keras_arguments())
    in_keras.build([weight])

    kept = [variable for variable in in_keras.variables if variable.shape == weight.shape]

    assert optimizer.slots == len(kept)


NETS = [
    (CONV, BatchNormalization(), FLATTEN, SOFTMAX),
    (CONV, Residual(layers=(Conv2D(filters=4, kernel_size=1), BatchNormalization())), AVERAGE, SOFTMAX),
]


@pytest.mark.parametrize("layers", NETS)
@pytest.mark.parametrize("optimizer", [{"kind": "SGD"}, {"kind": "Adam"}, {"kind": "RMSprop", "momentum": 0.5}])
def test_weights_gradients_and_optimizer_take_what_they_take_in_keras(layers, optimizer) -> None:
    recipe = recipe_of(layers, optimizer=optimizer)
    parts = assemble(build(recipe), recipe.training)

    memory = training_memory(recipe.summary(), recipe.training)

    assert memory.weights == sum(weight.value.numpy().nbytes for weight in parts.model.weights)
    assert memory.gradients == sum(weight.value.numpy().nbytes for weight in parts.model.trainable_variables)
    own = [
        variable for variable in parts.optimizer.variables if len(variable.shape)
    ]  # the step and the rate have no shape
    assert memory.optimizer == sum(variable.value.numpy().nbytes for variable in own)


def test_activations_are_what_the_layers_hand_on_in_keras_forward_and_backward() -> None:
    recipe = recipe_of((CONV, Activation(activation="relu"), FLATTEN, Dropout(rate=0.5), SOFTMAX), batch_size=16)
    handed_on = sum(np.prod(layer.output.shape[1:]) for layer in build(recipe).layers[2:])  # behind image and scaling

    assert training_memory(recipe.summary(), recipe.training).activations == 2 * 16 * 4 * handed_on


@pytest.mark.parametrize("layers", NETS)
def test_the_size_of_a_net_is_that_of_its_summary(layers: tuple[Layer, ...]) -> None:
    recipe = recipe_of(layers)
    size = net_size(layers, recipe.image.shape)

    assert size is not None
    assert training_memory(size, recipe.training) == training_memory(recipe.summary(), recipe.training)


def test_a_net_that_cannot_work_has_no_size() -> None:
    assert net_size((FLATTEN, CONV), (8, 8, 1)) is None


def test_a_small_net_worked_out_by_hand() -> None:
    """28 × 28 × 1, Conv2D of 8 filters 3 × 3: 80 weights, 26 × 26 × 8 = 5,408 outputs; Dense: 5,408 × 3 + 3 weights."""
    recipe = recipe_of((CONV, FLATTEN, SOFTMAX), (28, 28, 1), batch_size=100, optimizer={"kind": "Adam"})

    memory = training_memory(recipe.summary(), recipe.training)

    parameters = 80 + 16_227
    assert memory == TrainingMemory(
        weights=4 * parameters,
        gradients=4 * parameters,
        optimizer=8 * parameters,
        activations=2 * 4 * 100 * (5_408 + 5_408 + 3),
    )
    assert memory.total == 16 * 16_307 + 8 * 100 * 10_819


@dataclass(frozen=True)
class Row:
    name: str
    layers: tuple[Layer, ...]
    place: Place
    words: tuple[str, ...]
    fixes: tuple[str, ...]
    image: Shape
    available: int
    batch_size: int = 32


WIDE = Dense(units=4096, activation="relu")
MANY = Conv2D(filters=256, kernel_size=3, padding="same")

ROWS = [
    Row(
        "a large batch",
        (MANY, AVERAGE, SOFTMAX),
        (0,),
        ("about 1.07 GB", "there are 0.50 GB", "Conv2D (layer 1)", "batch of 32"),
        ("Set batch_size to 8", "Set the filters of Conv2D (layer 1) to 64"),
        (128, 128, 3),
        GB // 2,
    ),
    Row(
        "a Flatten that feeds a large Dense",
        (CONV, FLATTEN, WIDE, Dropout(rate=0.5, disabled=True), SOFTMAX),
        (2,),
        ("Dense (layer 3) takes 8.32 GB", "8.32 GB for its weights"),
        ("Change Flatten (layer 2) to GlobalAveragePooling2D", "Set the units of Dense (layer 3) to 2,048"),
        (128, 128, 3),
        5 * GB,
    ),
    Row(
        "a Flatten, and a large batch as well",
        (MANY, FLATTEN, WIDE, SOFTMAX),
        (2,),
        ("Dense (layer 3)",),
        ("Change Flatten (layer 2) to GlobalAveragePooling2D, and batch_size to 4",),
        (128, 128, 3),
        GB // 5,
    ),
    Row(
        "an output that is too large itself",
        (CONV, FLATTEN, Dense(units=1000, activation="softmax")),
        (2,),
        ("Dense (layer 3)",),
        ("Change Flatten (layer 2) to GlobalAveragePooling2D", "Set the filters of Conv2D (layer 1) to 2"),
        (128, 128, 3),
        GB,
    ),
    Row(
        "a layer without filters, made large by one before it",
        (CONV, UpSampling2D(size=4), AVERAGE, SOFTMAX),
        (1,),
        ("UpSampling2D (layer 2)",),
        ("Set batch_size to 8", "Set the filters of Conv2D (layer 1) to 2"),
        (128, 128, 3),
        GB // 4,
    ),
    Row(
        "a layer inside a Residual",
        (CONV, Residual(layers=(MANY, CONV.changed(padding="same"))), AVERAGE, SOFTMAX),
        (1, 0),
        ("Conv2D (layer 2.1)",),
        ("Set batch_size to 8", "Set the filters of Conv2D (layer 2.1) to 64"),
        (128, 128, 3),
        GB // 2,
    ),
    Row(
        "many layers, which have to become smaller together",
        (MANY, MANY, MANY, MANY, AVERAGE, SOFTMAX),
        (1,),
        ("Conv2D (layer 2) takes 1.08 GB", "1.07 GB for its output on a batch of 2"),
        ("Divide filters and units before the output by 4, and batch_size to 1",),
        (512, 512, 3),
        GB,
        2,
    ),
    Row(
        "more than any way out would save",
        (CONV.changed(filters=1), AVERAGE, SOFTMAX),
        (0,),
        ("about 0.03 GB", "there are 0.00 GB"),
        (),
        (1024, 1024, 3),
        1_000_000,
        4,
    ),
]


def recipe_and_problem(row: Row) -> tuple[Recipe, Problem]:
    recipe = recipe_of(row.layers, row.image, batch_size=row.batch_size)
    return recipe, _error(recipe, row.available, None)


def _error(recipe: Recipe, available: int, classes: int | None) -> Problem:
    (problem,) = (each for each in recipe.problems(classes, available) if each.forbids_training)
    return problem


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_too_little_memory_is_told_at_the_layer_that_takes_most(row: Row) -> None:
    _, problem = recipe_and_problem(row)

    assert problem.place == row.place
    assert [word for word in row.words if word not in str(problem.message)] == [], str(problem.message)
    assert tuple(str(fix.message) for fix in problem.fixes) == row.fixes


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_way_out_fits_and_keeps_the_answers(row: Row) -> None:
    recipe, problem = recipe_and_problem(row)

    for fix in problem.fixes:
        mended = recipe.apply(fix)
        assert mended.summary().output_shape == recipe.summary().output_shape
        assert training_memory(mended.summary(), mended.training).total <= row.available
        assert not any(other.forbids_training for other in mended.problems(None, row.available))


def test_the_batch_is_the_largest_power_of_two_that_fits() -> None:
    recipe = recipe_of((MANY, AVERAGE, SOFTMAX), (128, 128, 3), batch_size=100)
    needed = {size: _total(recipe, size) for size in (16, 32, 64)}

    for size, total in needed.items():
        for spare in (0, 1):
            (problem,) = recipe.problems(None, total + spare)
            assert problem.fixes[0].training == {"batch_size": size}
        (problem,) = recipe.problems(None, total - 1)
        assert problem.fixes[0].training == {"batch_size": size // 2}


def test_what_is_within_the_uncertainty_of_the_estimate_is_only_warned_of() -> None:
    recipe = recipe_of((CONV, FLATTEN, SOFTMAX))
    needed = training_memory(recipe.summary(), recipe.training).total

    severities = [_severities(recipe, needed * part // 300) for part in (199, 201, 299, 300)]

    assert severities == [[Severity.ERROR], [Severity.WARNING], [Severity.WARNING], []]
    (warning,) = recipe.problems(3, needed - 1)
    assert "may not fit into memory" in str(warning.message)
    assert warning.fixes


def _severities(recipe: Recipe, memory_bytes: int) -> list[Severity]:
    return [problem.severity for problem in recipe.problems(3, memory_bytes)]


HUGE = Dense(units=8192, activation="relu")


def test_where_nothing_else_helps_another_net_is_offered() -> None:
    recipe = recipe_of((FLATTEN, OFF, HUGE, HUGE, HUGE, SOFTMAX), (28, 28, 1), batch_size=32)
    (fix,) = _error(recipe, 20_000_000, 3).fixes

    assert str(fix.message) == "Start from the template First CNN"
    assert recipe.apply(fix).layers == (OFF, *with_fitting_output(template_layers("first_cnn"), CATEGORICAL, 3))
    assert recipe.apply(fix).problems(3, 20_000_000) == ()


@pytest.mark.parametrize(
    ("available", "message"),
    [
        (4_000_000, "Start from the template First CNN, and set batch_size to 8"),
        (1_000, "Start from the template First CNN, and set batch_size to 1"),
    ],
)
def test_another_net_is_offered_with_a_batch_that_fits_or_else_with_the_smallest(available: int, message: str) -> None:
    recipe = recipe_of((FLATTEN, HUGE, HUGE, HUGE, SOFTMAX), (28, 28, 1), batch_size=32)

    assert [str(fix.message) for fix in _error(recipe, available, 3).fixes] == [message]


def test_without_the_number_of_classes_no_other_net_is_offered() -> None:
    recipe = recipe_of((FLATTEN, HUGE, HUGE, HUGE, SOFTMAX), (28, 28, 1))

    assert _error(recipe, 20_000_000, None).fixes == ()


@settings(max_examples=150, deadline=None)
@given(stack=stacks, shape=image_shapes, share=st.floats(0.001, 1), classes=st.integers(2, 9))
def test_a_net_that_is_too_large_always_has_a_way_out_that_needs_less(
    stack: list[Layer], shape: Shape, share: float, classes: int
) -> None:
    recipe = recipe_of((*stack, *ENDING), shape, batch_size=4)
    assume(recipe.summary().output_shape)
    needed = training_memory(recipe.summary(), recipe.training).total
    smallest = _total(recipe.model_copy(update={"layers": _beginning(recipe, classes)}), 1)

    for problem in memory_problems(recipe.layers, shape, recipe.training, int(needed * share), classes):
        assert problem.fixes or smallest >= needed
        for fix in problem.fixes:
            mended = recipe.apply(fix)
            assert training_memory(mended.summary(), mended.training).total < needed


ENDING = (AVERAGE, SOFTMAX)


def _beginning(recipe: Recipe, classes: int) -> tuple[Layer, ...]:
    """What an empty list of layers is to begin with."""
    (begun,) = beginnings((), recipe.image.shape, recipe.image.shape, recipe.training.loss, classes)
    return begun.layers


def test_what_fits_exactly_is_no_problem() -> None:
    recipe = recipe_of((CONV, FLATTEN, SOFTMAX))
    needed = training_memory(recipe.summary(), recipe.training).total

    assert recipe.problems(3, needed) == ()
    assert len(recipe.problems(3, needed - 1)) == 1


def test_without_a_figure_of_the_machine_nothing_is_said_of_memory() -> None:
    recipe = recipe_of((CONV, FLATTEN, WIDE, SOFTMAX), (128, 128, 3), batch_size=65536)

    assert not any(problem.forbids_training for problem in recipe.problems(3))


def test_where_layers_cannot_work_nothing_is_said_of_memory() -> None:
    recipe = recipe_of((CONV, FLATTEN, CONV, SOFTMAX))

    assert recipe.problems(3, 1) == recipe.problems(3)


def _total(recipe: Recipe, batch_size: int) -> int:
    training = recipe.training.model_copy(update={"batch_size": batch_size})
    return training_memory(recipe.summary(), training).total
