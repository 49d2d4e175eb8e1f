"""Each problem stands at the layer that causes it, and every click that it offers leads to a net that Keras builds."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Place, Residual, Severity, Shape, summarize
from core.architecture.editing import layer_at
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.spatial_dropout2d import SpatialDropout2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.regularizers import L2
from core.objective import LOSSES, LossName
from core.problem import Fix, Problem
from core.recipe import Recipe
from core.training.build import build
from tests.core.architecture.stacks import follow, image_shapes, stacks
from tests.core.training.nets import recipe_of

CATEGORICAL, BINARY = "categorical_crossentropy", "binary_crossentropy"
ERROR, WARNING = Severity.ERROR, Severity.WARNING

CONV = Conv2D(filters=4, kernel_size=3, activation="relu")
SAME = Conv2D(filters=4, kernel_size=3, padding="same")
CONV64 = Conv2D(filters=64, kernel_size=3, activation="relu")
POOL, FLATTEN, AVERAGE = MaxPooling2D(), Flatten(), GlobalAveragePooling2D()
HIDDEN, SOFTMAX = Dense(units=8, activation="relu"), Dense(units=3, activation="softmax")
OFF = Dropout(rate=0.5, disabled=True)
END = "End with Dense(3), softmax, and categorical_crossentropy"


@dataclass(frozen=True)
class Row:
    """``words`` must be in the sentence; ``fixes`` are the messages of all fixes, in order."""

    name: str
    layers: tuple[Layer, ...]
    place: Place | None
    words: tuple[str, ...]
    fixes: tuple[str, ...]
    severity: Severity = ERROR
    image: Shape = (12, 12, 1)
    loss: LossName = CATEGORICAL
    classes: int | None = 3

    @property
    def recipe(self) -> Recipe:
        return recipe_of(self.layers, self.image, self.loss)

    def problem(self) -> Problem:
        """The first of this severity, which is the one that the row is about."""
        problems = self.recipe.problems(self.classes)
        return next(problem for problem in problems if problem.severity is self.severity)


ROWS = [
    Row(
        "a kernel larger than its input",
        (CONV, Conv2D(filters=4, kernel_size=11), FLATTEN, SOFTMAX),
        (1,),
        ("kernel_size of 11 × 11", "input of 10 × 10"),
        ("Set kernel_size to 10 × 10", "Set padding to same", "Remove this Conv2D"),
    ),
    Row(
        "a pool larger than its input",
        (AveragePooling2D(pool_size=(2, 13)), FLATTEN, SOFTMAX),
        (0,),
        ("pool_size of 2 × 13", "input of 12 × 12"),
        ("Set pool_size to 2 × 12", "Set padding to same", "Remove this AveragePooling2D"),
    ),
    Row(
        "a kernel larger than its input inside a Residual",
        (Residual(layers=(Conv2D(filters=4, kernel_size=20), BatchNormalization())), FLATTEN, SOFTMAX),
        (0, 0),
        ("kernel_size of 20 × 20", "input of 12 × 12"),
        ("Set kernel_size to 12 × 12", "Set padding to same", "Remove this Conv2D"),
    ),
    Row(
        "the only layer inside a Residual, which goes with it",
        (CONV, Residual(layers=(MaxPooling2D(pool_size=11), OFF)), FLATTEN, SOFTMAX),
        (1, 0),
        ("pool_size of 11 × 11",),
        ("Set pool_size to 10 × 10", "Set padding to same", "Remove this Residual"),
    ),
    Row(
        "groups that do not divide",
        (CONV, Conv2D(filters=6, kernel_size=3, groups=4), FLATTEN, SOFTMAX),
        (1,),
        ("4 groups", "4 input channels", "6 filters"),
        ("Set groups to 1", "Set filters to 4"),
    ),
    Row(
        "strides and dilation",
        (Conv2D(filters=6, kernel_size=3, strides=2, dilation_rate=2), FLATTEN, SOFTMAX),
        (0,),
        ("Strides of 2 × 2", "dilation rate of 2 × 2"),
        ("Set dilation_rate to 1", "Set strides to 1"),
    ),
    Row(
        "a Conv2D behind a Flatten",
        (CONV, FLATTEN, CONV, SOFTMAX),
        (2,),
        ("Conv2D needs a map", "vector of 400 numbers", "Flatten (layer 2)", "10 × 10 × 4"),
        ("Move this Conv2D before the Flatten (layer 2)", "Remove this Conv2D"),
    ),
    Row(
        "a pooling behind a Flatten that is not needed",
        (CONV, FLATTEN, OFF, POOL, SOFTMAX.changed(disabled=True), AVERAGE, SOFTMAX),
        (3,),
        ("MaxPooling2D needs a map", "Flatten (layer 2)"),
        (
            "Remove the Flatten (layer 2)",
            "Move this MaxPooling2D before the Flatten (layer 2)",
            "Remove this MaxPooling2D",
        ),
    ),
    Row(
        "a global pooling behind a Flatten",
        (CONV, FLATTEN, AVERAGE, SOFTMAX),
        (2,),
        ("GlobalAveragePooling2D needs a map",),
        (
            "Remove the Flatten (layer 2)",
            "Move this GlobalAveragePooling2D before the Flatten (layer 2)",
            "Remove this GlobalAveragePooling2D",
        ),
    ),
    Row(
        "a layer that needs a map behind a global pooling",
        (CONV, AVERAGE, HIDDEN, UpSampling2D(), SOFTMAX),
        (3,),
        ("UpSampling2D needs a map", "vector of 8 numbers", "GlobalAveragePooling2D (layer 2)", "10 × 10 × 4"),
        ("Move this UpSampling2D before the GlobalAveragePooling2D (layer 2)", "Remove this UpSampling2D"),
    ),
    Row(
        "a kernel that would not fit before the Flatten either",
        (CONV, FLATTEN, Conv2D(filters=4, kernel_size=11), SOFTMAX),
        (2,),
        ("Conv2D needs a map",),
        ("Remove this Conv2D",),
    ),
    Row(
        "a Residual with convolutions behind a Flatten",
        (CONV, FLATTEN, Residual(layers=(SAME, SpatialDropout2D(rate=0.1))), SOFTMAX),
        (2, 0),
        ("Conv2D needs a map", "Flatten (layer 2)"),
        ("Move this Residual before the Flatten (layer 2)", "Remove this Conv2D"),
    ),
    Row(
        "a Flatten inside a Residual before a Conv2D",
        (CONV, Residual(layers=(SAME, FLATTEN, SAME)), FLATTEN, SOFTMAX),
        (1, 2),
        ("Conv2D needs a map", "Flatten (layer 2.2)"),
        ("Remove the Flatten (layer 2.2)", "Remove this Conv2D"),
    ),
    Row(
        "a Residual whose shapes differ",
        (CONV, Residual(layers=(CONV64,), projection=False), FLATTEN, SOFTMAX),
        (1,),
        ("input of 10 × 10 × 4", "that is 8 × 8 × 64"),
        ("Set padding to same inside", "Replace this Residual by its layers"),
    ),
    Row(
        "a Residual whose channels differ",
        (CONV, Residual(layers=(CONV64.changed(padding="same"),), projection=False), FLATTEN, SOFTMAX),
        (1,),
        ("input of 10 × 10 × 4", "that is 10 × 10 × 64"),
        ("Set projection to true", "Replace this Residual by its layers"),
    ),
    Row(
        "a Residual without layers",
        (CONV, Residual(layers=(OFF,)), FLATTEN, SOFTMAX),
        (1,),
        ("holds no layer",),
        ("Put a Conv2D inside", "Remove this Residual"),
    ),
    Row(
        "a Dense on a map",
        (CONV, Dense(units=8, kernel_regularizer=L2()), FLATTEN, SOFTMAX),
        (1,),
        ("map of 10 × 10 × 4", "each of its 10 × 10 positions", "4 channels", "gives a map of 10 × 10 × 8"),
        (
            "Put a Flatten before it",
            "Put a GlobalAveragePooling2D before it",
            "Write it as a Conv2D of 1 × 1, which does the same",
        ),
        severity=WARNING,
    ),
    Row(
        "a Dense on the image, whose mean would be but its colour",
        (HIDDEN, Dropout(rate=0.5), HIDDEN, FLATTEN, SOFTMAX),
        (0,),
        ("map of 12 × 12 × 1", "its one channel"),
        ("Put a Flatten before it", "Write it as a Conv2D of 1 × 1, which does the same"),
        severity=WARNING,
    ),
    Row(
        "a Dense between convolutions",
        (CONV, HIDDEN, CONV, FLATTEN, SOFTMAX),
        (1,),
        ("each of its 10 × 10 positions",),
        ("Write it as a Conv2D of 1 × 1, which does the same",),
        severity=WARNING,
    ),
    Row(
        "a Dense on a map inside a Residual that can do with vectors",
        (CONV, Residual(layers=(HIDDEN,)), FLATTEN, SOFTMAX),
        (1, 0),
        ("map of 10 × 10 × 4", "gives a map of 10 × 10 × 8"),
        (
            "Put a Flatten before the Residual (layer 2)",
            "Put a GlobalAveragePooling2D before the Residual (layer 2)",
            "Write it as a Conv2D of 1 × 1, which does the same",
        ),
        severity=WARNING,
    ),
    Row(
        "a Dense on a map inside a Residual with a convolution",
        (CONV, Residual(layers=(SAME, OFF, HIDDEN)), FLATTEN, SOFTMAX),
        (1, 2),
        ("map of 10 × 10 × 4",),
        ("Write it as a Conv2D of 1 × 1, which does the same",),
        severity=WARNING,
    ),
    Row(
        "a Flatten that makes a million weights",
        (CONV, CONV64, FLATTEN, OFF, Dropout(rate=0.5), Dense(units=128, activation="relu"), SOFTMAX),
        (2,),
        ("24 × 24 × 64 = 36,864 inputs × 128 units = 4,718,592 weights, 99 % of the net", "Dense (layer 6)"),
        (
            "Use GlobalAveragePooling2D instead: 8,192 weights",
            "Put a MaxPooling2D before it: 1,179,648 weights",
        ),
        severity=WARNING,
        image=(28, 28, 1),
    ),
    Row(
        "a Flatten of the image that makes a million weights",
        (FLATTEN, Dense(units=500, activation="relu"), SOFTMAX),
        (0,),
        ("32 × 32 × 3 = 3,072 inputs × 500 units = 1,536,000 weights",),
        ("Put a MaxPooling2D before it: 384,000 weights",),
        severity=WARNING,
        image=(32, 32, 3),
    ),
    Row(
        "a Flatten that feeds a Residual",
        (CONV64, FLATTEN, Residual(layers=(Dense(units=200), HIDDEN)), SOFTMAX),
        (1,),
        ("10 × 10 × 64 = 6,400 inputs × 200 units = 1,280,000 weights", "Dense (layer 3.1)"),
        (
            "Use GlobalAveragePooling2D instead: 12,800 weights",
            "Put a MaxPooling2D before it: 320,000 weights",
        ),
        severity=WARNING,
    ),
    Row("no layers", (), None, ("no layers yet",), ("Start from the template First CNN",), image=(28, 28, 1)),
    Row(
        "no layers, and images that are too small for the template",
        (),
        None,
        ("no layers yet",),
        ("Start from a small net: Conv2D, Flatten and Dense",),
        image=(1, 2, 3),
        loss=BINARY,
        classes=2,
    ),
    Row(
        "only disabled layers",
        (CONV.changed(disabled=True), FLATTEN.changed(disabled=True), SOFTMAX.changed(disabled=True)),
        None,
        ("All 3 layers are switched off",),
        ("Switch all layers on", "Start from the template First CNN"),
    ),
    Row("no weights", (POOL, FLATTEN), None, ("No layer has weights",), (END,)),
    Row(
        "no weights, and a map at the end",
        (POOL, OFF),
        None,
        ("No layer has weights",),
        ("End with Flatten, Dense(3), softmax, and categorical_crossentropy",),
    ),
    Row(
        "a map at the end",
        (CONV, OFF),
        (0,),
        ("map of 10 × 10 × 4",),
        (
            "End with Flatten, Dense(3), softmax, and categorical_crossentropy",
            "End with GlobalAveragePooling2D, Dense(3), softmax, and categorical_crossentropy",
        ),
    ),
    Row(
        "a Dense on a map at the end, told once",
        (CONV, SOFTMAX),
        (1,),
        ("map of 10 × 10 × 3",),
        (
            "End with Flatten, Dense(3), softmax, and categorical_crossentropy",
            "End with GlobalAveragePooling2D, Dense(3), softmax, and categorical_crossentropy",
        ),
    ),
    Row(
        "a hidden layer at the end",
        (FLATTEN, HIDDEN, OFF),
        (1,),
        ("8 units", "3 classes"),
        ("Put Dense(3), softmax behind it, with categorical_crossentropy", END),
    ),
    Row(
        "a Residual at the end",
        (CONV, AVERAGE, Residual(layers=(HIDDEN,))),
        (2,),
        ("8 numbers of Residual", "3 classes"),
        (END,),
    ),
    Row(
        "a Dropout behind the output",
        (FLATTEN, SOFTMAX, OFF, Dropout(rate=0.25)),
        (3,),
        ("sets 25% of the answers themselves to 0",),
        ("Move it before the output", "Remove this Dropout"),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_problem_is_told_at_its_layer_with_its_numbers_and_its_fixes(row: Row) -> None:
    problem = row.problem()

    assert problem.place == row.place
    assert [word for word in row.words if word not in str(problem.message)] == [], str(problem.message)
    assert tuple(str(fix.message) for fix in problem.fixes) == row.fixes


CLICKS = [(row, number) for row in ROWS for number in range(len(row.fixes))]


@pytest.mark.parametrize(("row", "number"), CLICKS, ids=[f"{row.name}: {row.fixes[number]}" for row, number in CLICKS])
def test_after_one_click_keras_builds_the_net_and_the_problem_is_gone_or_lighter(row: Row, number: int) -> None:
    problem = row.problem()
    mended = row.recipe.apply(problem.fixes[number])

    outputs = build(_up_to_the_next_problem(mended))(np.zeros((1, *row.image), np.float32))

    assert np.isfinite(outputs).all()
    for other in mended.problems(row.classes):
        is_lighter = mended.summary().parameters < row.recipe.summary().parameters / 2
        assert (
            other.message.template != problem.message.template
            or is_lighter
            or _layers_from(mended, other) < _layers_from(row.recipe, problem)
        )


def _layers_from(recipe: Recipe, problem: Problem) -> int:
    """How many layers stand where the problem is and behind."""
    return sum(readout.place >= (problem.place or ()) for readout in recipe.summary().walk())


def _up_to_the_next_problem(recipe: Recipe) -> Recipe:
    reached = [readout.layer for readout in recipe.summary().readouts if readout.output_shape]
    return recipe.model_copy(update={"layers": tuple(reached)})


@pytest.mark.parametrize("row", [row for row in ROWS if row.fixes], ids=lambda row: row.name)
def test_the_first_fix_lets_all_layers_work(row: Row) -> None:
    assert row.recipe.apply(row.problem().fixes[0]).summary().output_shape is not None


def test_an_error_in_shapes_is_told_alone() -> None:
    problems = recipe_of((CONV, HIDDEN, Conv2D(filters=1, kernel_size=99), HIDDEN, SOFTMAX)).problems(10)

    assert [problem.place for problem in problems] == [(2,)]


def test_warnings_are_told_together_in_the_order_of_the_layers() -> None:
    layers = (HIDDEN, CONV64, HIDDEN, CONV64, FLATTEN, Dense(units=256, activation="relu"), SOFTMAX)

    problems = recipe_of(layers, (16, 16, 1), "mean_squared_error").problems(3)

    assert [problem.place for problem in problems] == [(0,), (2,), (4,), (6,)]
    assert {problem.severity for problem in problems} == {WARNING}


def test_a_dense_on_a_single_position_is_what_it_seems_to_be() -> None:
    pooled = GlobalAveragePooling2D(keepdims=True)

    assert recipe_of((CONV, pooled, HIDDEN, FLATTEN, SOFTMAX)).problems(3) == ()


def test_a_flatten_of_a_single_position_is_not_what_makes_weights() -> None:
    pooled = GlobalAveragePooling2D(keepdims=True)
    layers = (CONV64.changed(filters=2048), pooled, FLATTEN, Dense(units=512), SOFTMAX)

    assert recipe_of(layers).problems(3) == ()


def test_written_as_a_convolution_a_dense_on_a_map_gives_the_same_answers() -> None:
    recipe = recipe_of((CONV, HIDDEN, FLATTEN, SOFTMAX))
    as_convolution = recipe.apply(recipe.problems(3)[0].fixes[-1])
    before, after = build(recipe), build(as_convolution)
    after.set_weights(
        [old.reshape(new.shape) for old, new in zip(before.get_weights(), after.get_weights(), strict=True)]
    )
    images = np.random.default_rng(0).integers(0, 256, (4, 8, 8, 1))

    assert np.allclose(before(images), after(images), atol=1e-6)


@settings(max_examples=150, deadline=None)
@given(stack=stacks, shape=image_shapes, loss=st.sampled_from(list(LOSSES)), classes=st.integers(2, 9))
def test_every_fix_of_generated_stacks_leads_to_layers_that_keras_accepts(
    stack: list[Layer], shape: Shape, loss: LossName, classes: int
) -> None:
    recipe = recipe_of(stack, shape, loss)
    for problem in recipe.problems(classes):
        assert len(problem.fixes) <= 3
        assert problem.place is None or not layer_at(recipe.layers, problem.place).disabled
        for fix in problem.fixes:
            follow(_up_to_the_next_problem(recipe.apply(fix)).layers, shape)


@settings(max_examples=150, deadline=None)
@given(stack=stacks, shape=image_shapes, loss=st.sampled_from(list(LOSSES)), classes=st.integers(2, 9))
def test_every_fix_changes_something_and_keeps_the_disabled_layers(
    stack: list[Layer], shape: Shape, loss: LossName, classes: int
) -> None:
    recipe = recipe_of(stack, shape, loss)
    for problem in recipe.problems(classes):
        assert len({str(fix.message) for fix in problem.fixes}) == len(problem.fixes)
        for fix in problem.fixes:
            mended = recipe.apply(fix)
            assert mended != recipe
            assert _switches_on(fix) or _disabled(recipe) <= _disabled(mended)


def _switches_on(fix: Fix) -> bool:
    return str(fix.message).startswith("Switch")


def _disabled(recipe: Recipe) -> set[Layer]:
    return {layer for layer in recipe.layers if layer.disabled}


@settings(max_examples=100, deadline=None)
@given(stack=stacks, shape=image_shapes)
def test_problems_without_classes_are_told_without_guessing_them(stack: list[Layer], shape: Shape) -> None:
    problems = recipe_of(stack, shape).problems()

    assert all(not fix.training for problem in problems for fix in problem.fixes)
    shapes = summarize(stack, shape)
    assert (shapes.output_shape is None) <= any(problem.forbids_training for problem in problems)
