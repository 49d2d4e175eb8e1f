"""The last layer, the loss and the labels: told where they do not agree, and mended so that Keras trains."""

from collections.abc import Iterator, Sequence

import keras
import numpy as np
import pytest

from core.architecture import Layer, Residual, Severity, summarize
from core.architecture.layers.activation import Activation
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.elu import ELU
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.layer_normalization import LayerNormalization
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.relu import ReLU
from core.architecture.layers.softmax import Softmax
from core.architecture.regularizers import L2
from core.dataset.image_size import ImageSize
from core.objective import LOSSES, Adam, LossName, Training, label_encoding, with_fitting_output
from core.problem import Fix, Problem
from core.recipe import Recipe

CATEGORICAL, SPARSE = "categorical_crossentropy", "sparse_categorical_crossentropy"
BINARY, SQUARED = "binary_crossentropy", "mean_squared_error"
IMAGE = ImageSize(height=6, width=6, channels=1)
RELU_CONV = [Conv2D(filters=2, kernel_size=3), Activation(activation="relu")]


def dense(units: int, activation: str | None = None) -> list[Layer]:
    return [Flatten(), Dense(units=units, activation=activation)]


SOFTMAX3 = Dense(units=3, activation="softmax")

AGREE = [
    (dense(3, "softmax"), CATEGORICAL, 3),
    (dense(3, "softmax"), SPARSE, 3),
    (dense(2, "softmax"), CATEGORICAL, 2),
    (dense(1, "sigmoid"), BINARY, 2),
    (dense(1), SQUARED, None),
    (dense(3, "softmax"), CATEGORICAL, None),
    (dense(1, "sigmoid"), BINARY, None),
    ([*dense(3), Activation(activation="softmax")], CATEGORICAL, 3),
    ([*dense(1), Activation(activation="sigmoid")], BINARY, 2),
    ([*dense(3), Softmax()], CATEGORICAL, 3),
    ([*dense(3), ELU(), Softmax()], CATEGORICAL, 3),
    ([*dense(3), BatchNormalization(), Softmax()], CATEGORICAL, 3),
    ([*dense(3, "softmax"), Activation(activation="linear")], CATEGORICAL, 3),
    ([*dense(3, "softmax"), Dropout(rate=0.5, disabled=True), Dense(units=9, disabled=True)], CATEGORICAL, 3),
    ([*dense(3, "softmax"), Dropout(rate=0)], CATEGORICAL, 3),
    ([Conv2D(filters=3, kernel_size=3), GlobalAveragePooling2D(), Softmax()], CATEGORICAL, 3),
    ([Conv2D(filters=3, kernel_size=3, activation="softmax"), GlobalAveragePooling2D()], CATEGORICAL, 3),
    ([Conv2D(filters=3, kernel_size=6, activation="softmax"), Flatten()], CATEGORICAL, 3),
    ([Flatten(), Residual(layers=(Dense(units=3),), activation="softmax")], SPARSE, 3),
]

ERRORS = [
    (RELU_CONV, CATEGORICAL, 3, "map of 4 × 4 × 2"),
    ([Dense(units=3, activation="softmax")], CATEGORICAL, 3, "map of 6 × 6 × 3"),
    ([GlobalAveragePooling2D(keepdims=True), Dense(units=3)], CATEGORICAL, 3, "map of 1 × 1 × 3"),
    (dense(1, "softmax"), CATEGORICAL, 3, "always 1"),
    (dense(1, "softmax"), BINARY, 2, "always 1"),
    (dense(1, "softmax"), SQUARED, 2, "always 1"),
    (dense(1, "sigmoid"), BINARY, 3, "this dataset has 3"),
    (dense(1), SQUARED, 1_200, "this dataset has 1,200"),
    (dense(1, "sigmoid"), CATEGORICAL, 2, "one unit"),
    (dense(1), SPARSE, 3, "one unit"),
    (dense(10, "softmax"), CATEGORICAL, 3, "10 units, but the dataset has 3 classes"),
    (dense(3, "softmax"), SPARSE, 10, "3 units, but the dataset has 10 classes"),
    (dense(3, "sigmoid"), BINARY, 2, "3 units, but the dataset has 2 classes"),
    (dense(3), SQUARED, 4, "3 units, but the dataset has 4 classes"),
    (dense(3), CATEGORICAL, 3, "probabilities from softmax, but the last layer ends with linear"),
    (dense(3, "relu"), SPARSE, 3, "probabilities from softmax, but the last layer ends with relu"),
    (dense(1), BINARY, 2, "probabilities from sigmoid, but the last layer ends with linear"),
    ([*dense(1), Softmax()], CATEGORICAL, 3, "always 1"),
    ([*dense(3), ReLU()], CATEGORICAL, 3, "ends with relu"),
    ([*dense(3), LeakyReLU()], SPARSE, 3, "ends with leaky_relu"),
    ([*dense(1), ELU()], BINARY, 2, "ends with elu"),
    ([Flatten(), Residual(layers=(Dense(units=3),))], CATEGORICAL, 3, "ends with linear"),
    ([Flatten(), Residual(layers=(Dense(units=3, activation="softmax"),))], CATEGORICAL, 3, "ends with linear"),
    ([Flatten(), Residual(layers=(Dense(units=5),))], CATEGORICAL, 3, "5 numbers of Residual"),
    ([Residual(layers=(Conv2D(filters=3, kernel_size=1),))], CATEGORICAL, 3, "map of 6 × 6 × 3"),
    ([Conv2D(filters=4, kernel_size=3), GlobalAveragePooling2D(), Softmax()], CATEGORICAL, 3, "4 numbers of Softmax"),
    (dense(64, "relu"), CATEGORICAL, 3, "64 units, but the dataset has 3 classes"),
    ([*dense(3, "softmax"), Activation(activation="relu")], CATEGORICAL, 3, "ends with relu"),
    ([*RELU_CONV, Flatten()], CATEGORICAL, 3, "32 numbers of Flatten"),
]

WARNINGS = [
    (dense(3, "sigmoid"), CATEGORICAL, 3, "several labels"),
    (dense(3, "sigmoid"), BINARY, 3, "several labels"),
    (dense(2, "sigmoid"), BINARY, 2, "several labels"),
    (dense(2, "softmax"), BINARY, 2, "same number as categorical cross-entropy"),
    (dense(3, "softmax"), BINARY, 3, "each of the 3 answers by itself"),
    (dense(3, "sparsemax"), CATEGORICAL, 3, "sparsemax gives exactly 0"),
    (dense(1, "hard_sigmoid"), BINARY, 2, "hard_sigmoid gives exactly 0"),
    ([*dense(3, "softmax"), Softmax()], CATEGORICAL, 3, "none of 3 answers can be above 0.58"),
    ([*dense(10, "sigmoid"), Softmax()], CATEGORICAL, 10, "none of 10 answers can be above 0.23"),
    (dense(1), SQUARED, 2, "no probabilities"),
    (dense(3), SQUARED, 3, "no probabilities"),
    (dense(3, "softmax"), SQUARED, 3, "Brier score"),
    (dense(2, "sigmoid"), SQUARED, 2, "Brier score"),
]


def recipe_of(layers: Sequence[Layer], loss: LossName) -> Recipe:
    return Recipe(image=IMAGE, layers=tuple(layers), training=Training(loss=loss, optimizer=Adam()))


@pytest.mark.parametrize(("layers", "loss", "classes"), AGREE)
def test_what_agrees_has_no_problem(layers: list[Layer], loss: LossName, classes: int | None) -> None:
    assert recipe_of(layers, loss).problems(classes) == ()


@pytest.mark.parametrize(
    ("layers", "loss", "classes", "words", "severity"),
    [(*row, Severity.ERROR) for row in ERRORS] + [(*row, Severity.WARNING) for row in WARNINGS],
)
def test_what_does_not_agree_is_told_at_the_last_layer(layers, loss, classes, words, severity) -> None:
    (problem,) = recipe_of(layers, loss).problems(classes)

    assert problem.layer == len(layers) - 1
    assert problem.severity is severity
    assert words in str(problem.message)


FIXED = [
    (dense(1, "sigmoid"), CATEGORICAL, 2, [(2, "softmax", CATEGORICAL), (1, "sigmoid", BINARY)]),
    (dense(2, "softmax"), BINARY, 2, [(2, "softmax", CATEGORICAL), (1, "sigmoid", BINARY)]),
    (dense(5, "softmax"), BINARY, 3, [(3, "softmax", CATEGORICAL)]),
    (dense(64, "relu"), CATEGORICAL, 3, [(3, "softmax", CATEGORICAL), (3, "softmax", CATEGORICAL)]),
    (dense(10, "softmax"), SPARSE, 3, [(3, "softmax", SPARSE)]),
    (dense(1, "softmax"), BINARY, 2, [(1, "sigmoid", BINARY)]),
    (dense(1), SQUARED, 2, [(1, "sigmoid", BINARY)]),
    (dense(1), SQUARED, 5, [(5, "softmax", CATEGORICAL)]),
]


@pytest.mark.parametrize(("layers", "loss", "classes", "offered"), FIXED)
def test_the_fixes_on_offer(layers: list[Layer], loss: LossName, classes: int, offered: list[tuple]) -> None:
    (problem,) = recipe_of(layers, loss).problems(classes)

    ends = [(fix.layers[-1].units, fix.layers[-1].activation, fix.training["loss"]) for fix in problem.fixes]
    assert ends == offered


@pytest.mark.parametrize("classes", [None, 1])
def test_nothing_is_offered_while_there_is_nothing_to_tell_apart(classes: int | None) -> None:
    (problem,) = recipe_of(dense(1, "softmax"), BINARY).problems(classes)

    assert problem.fixes == ()


def every_fix() -> Iterator[tuple[Problem, Fix, Recipe, int]]:
    for layers, loss, classes, _ in ERRORS + WARNINGS:
        recipe = recipe_of(layers, loss)
        for problem in recipe.problems(classes):
            for fix in problem.fixes:
                yield problem, fix, recipe, classes


@pytest.mark.parametrize(("problem", "fix", "recipe", "classes"), list(every_fix()))
def test_every_fix_mends_its_problem(problem: Problem, fix: Fix, recipe: Recipe, classes: int) -> None:
    left = recipe.apply(fix).problems(classes)

    assert problem.message.template not in [other.message.template for other in left]
    assert not any(other.forbids_training for other in left)


def test_every_fix_says_what_it_does() -> None:
    for _, fix, recipe, classes in every_fix():
        mended = recipe.apply(fix)
        last = mended.layers[-1]
        words = f"Dense({last.units}), {last.activation or 'linear'}"
        assert words in str(fix.message), classes
        assert str(fix.message).endswith(mended.training.loss)


def mended_ends() -> set[tuple[tuple[Layer, ...], LossName, int]]:
    """Each different end of a recipe that a fix leads to, behind one Flatten."""
    ends = {(recipe.apply(fix).layers[-1], fix.training["loss"], classes) for _, fix, recipe, classes in every_fix()}
    return {end for end in ends if end[2] < 100}


@pytest.mark.parametrize(("last", "loss", "classes"), sorted(mended_ends(), key=repr))
def test_keras_trains_what_a_fix_leads_to(last: Dense, loss: LossName, classes: int) -> None:
    net = keras.Sequential(
        [keras.Input(IMAGE.shape), keras.layers.Flatten(), keras.layers.Dense(**last.keras_arguments())]
    )
    net.compile("sgd", loss, run_eagerly=True)
    labels = np.arange(6) % classes
    images = np.random.default_rng(0).random((6, *IMAGE.shape))
    before = net.get_weights()

    value = net.train_on_batch(images, _encoded(labels, loss, last.units))

    assert np.isfinite(value)
    assert any((old != new).any() for old, new in zip(before, net.get_weights(), strict=True))


def _encoded(labels: np.ndarray, loss: LossName, units: int) -> np.ndarray:
    encoding = label_encoding(loss, units)
    if encoding == "index":
        return labels
    return labels[:, np.newaxis] if encoding == "number" else np.eye(units)[labels]


SOFTMAX7, DROPOUT = Dense(units=7, activation="softmax"), Dropout(rate=0.5)
OFF = Dropout(rate=0.1, disabled=True)

REPLACED = [
    ([Flatten(), Dense(units=7)], False, [Flatten(), SOFTMAX3]),
    ([Flatten(), Dense(units=7), Activation(activation="softmax")], False, [Flatten(), SOFTMAX3]),
    ([Flatten(), Dense(units=7), ReLU(), Softmax()], False, [Flatten(), SOFTMAX3]),
    ([Flatten(), Dense(units=7), DROPOUT], False, [Flatten(), Dense(units=7), DROPOUT, SOFTMAX3]),
    ([Flatten(), SOFTMAX7, DROPOUT], False, [Flatten(), DROPOUT, SOFTMAX3]),
    ([Flatten(), Dense(units=3), DROPOUT], False, [Flatten(), DROPOUT, SOFTMAX3]),
    ([Flatten(), SOFTMAX7, OFF], False, [Flatten(), SOFTMAX3, OFF]),
    ([Flatten(), Dense(units=7), OFF, Softmax(), OFF], False, [Flatten(), SOFTMAX3, OFF, OFF]),
    ([Flatten(), Dense(units=7, disabled=True)], False, [Flatten(), Dense(units=7, disabled=True), SOFTMAX3]),
    (RELU_CONV, True, [*RELU_CONV, Flatten(), SOFTMAX3]),
    ([*RELU_CONV, GlobalAveragePooling2D()], False, [*RELU_CONV, GlobalAveragePooling2D(), SOFTMAX3]),
    ([*RELU_CONV, GlobalAveragePooling2D(), Softmax()], False, [*RELU_CONV, GlobalAveragePooling2D(), SOFTMAX3]),
    ([Dense(units=7)], True, [Flatten(), SOFTMAX3]),
    ([Residual(layers=(Dense(units=7),))], True, [Residual(layers=(Dense(units=7),)), Flatten(), SOFTMAX3]),
    ([], True, [Flatten(), SOFTMAX3]),
]


@pytest.mark.parametrize(("layers", "is_map", "expected"), REPLACED)
def test_the_output_is_replaced_and_nothing_else_is_lost(
    layers: list[Layer], is_map: bool, expected: list[Layer]
) -> None:
    assert list(with_fitting_output(layers, CATEGORICAL, 3, is_map)) == expected


def test_the_new_output_keeps_the_regularizer_and_the_bias_of_the_old_one() -> None:
    old = Dense(units=7, use_bias=False, kernel_regularizer=L2(l2=0.1))

    assert with_fitting_output([Flatten(), old], CATEGORICAL, 3)[-1] == old.changed(units=3, activation="softmax")


BEHIND = [
    (DROPOUT, "sets 50% of the answers themselves to 0"),
    (BatchNormalization(), "depends on the others"),
    (LayerNormalization(), "a sure answer and a guess look alike"),
]


@pytest.mark.parametrize(("layer", "words"), BEHIND)
@pytest.mark.parametrize("end", [[SOFTMAX3], [Dense(units=3), Softmax()]])
def test_what_regularizes_behind_the_output_is_an_error_there(layer: Layer, words: str, end: list[Layer]) -> None:
    recipe = recipe_of([Flatten(), *end, layer], CATEGORICAL)

    (problem,) = recipe.problems(3)

    assert problem.place == (1 + len(end),)
    assert problem.forbids_training
    assert words in str(problem.message)
    assert [str(fix.message) for fix in problem.fixes] == ["Move it before the output", f"Remove this {layer.kind}"]
    assert problem.fixes[0].layers == (Flatten(), layer, *end)
    assert [recipe.apply(fix).problems(3) for fix in problem.fixes] == [(), ()]


def test_each_of_several_layers_behind_the_output_is_told_with_the_output_itself() -> None:
    recipe = recipe_of([*dense(3, "sigmoid"), BatchNormalization(), OFF, DROPOUT], CATEGORICAL)

    problems = recipe.problems(3)

    assert [(problem.place, problem.severity) for problem in problems] == [
        ((1,), Severity.WARNING),
        ((2,), Severity.ERROR),
        ((4,), Severity.ERROR),
    ]


def test_a_disabled_output_can_be_switched_on_again() -> None:
    off = SOFTMAX3.changed(disabled=True)

    (problem,) = recipe_of([Flatten(), Dense(units=8, activation="relu"), off], CATEGORICAL).problems(3)

    assert problem.place == (1,)
    assert str(problem.fixes[0].message) == "Switch Dense (layer 3) on"
    assert problem.fixes[0].layers == (Flatten(), Dense(units=8, activation="relu"), SOFTMAX3)
    assert all(off in fix.layers for fix in problem.fixes[1:])


def test_binary_and_categorical_cross_entropy_of_two_shares_are_one_number() -> None:
    truth, answers = np.eye(2)[[0, 1, 1]], np.array([[0.7, 0.3], [0.2, 0.8], [0.9, 0.1]])

    binary, categorical = keras.losses.BinaryCrossentropy(), keras.losses.CategoricalCrossentropy()

    assert float(binary(truth, answers)) == pytest.approx(float(categorical(truth, answers)))


@pytest.mark.parametrize(("units", "most"), [(3, 0.58), (10, 0.23)])
def test_softmax_of_a_share_of_1_is_as_small_as_it_is_said(units: int, most: float) -> None:
    surest = keras.ops.softmax(keras.ops.convert_to_tensor(np.eye(units, dtype=np.float32)[:1]))

    assert float(keras.ops.max(surest)) == pytest.approx(most, abs=0.005)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_fitting_output_of_every_loss_forbids_nothing(loss: LossName, classes: int) -> None:
    layers = with_fitting_output([Flatten()], loss, classes)

    assert summarize(layers, IMAGE.shape).output_shape == (layers[-1].units,)
    assert not any(problem.forbids_training for problem in recipe_of(layers, loss).problems(classes))
