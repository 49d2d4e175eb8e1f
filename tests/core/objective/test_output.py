"""The last layer, the loss and the labels: told where they do not agree, and mended so that Keras trains."""

from collections.abc import Iterator, Sequence

import keras
import numpy as np
import pytest

from core.architecture import Layer, Severity, summarize
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.dataset.image_size import ImageSize
from core.objective import LOSSES, Adam, LossName, Training, fitting_output, label_encoding, with_fitting_output
from core.problem import Fix, Problem
from core.recipe import Recipe

CATEGORICAL, SPARSE = "categorical_crossentropy", "sparse_categorical_crossentropy"
BINARY, SQUARED = "binary_crossentropy", "mean_squared_error"
IMAGE = ImageSize(height=6, width=6, channels=1)
RELU_CONV = [Conv2D(filters=2, kernel_size=3), Activation(activation="relu")]


def dense(units: int, activation: str | None = None) -> list[Layer]:
    return [Flatten(), Dense(units=units, activation=activation)]


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
    (dense(2, "softmax"), BINARY, 2, "probabilities from sigmoid, but the last layer ends with softmax"),
    (dense(3, "softmax"), BINARY, 3, "probabilities from sigmoid, but the last layer ends with softmax"),
    ([*dense(3, "softmax"), Dropout(rate=0.5)], CATEGORICAL, 3, "ends with linear"),
    ([*dense(3, "softmax"), Activation(activation="relu")], CATEGORICAL, 3, "ends with relu"),
    ([*RELU_CONV, Flatten()], CATEGORICAL, 3, "32 units"),
]

WARNINGS = [
    (dense(3, "sigmoid"), CATEGORICAL, 3, "several labels"),
    (dense(3, "sigmoid"), BINARY, 3, "several labels"),
    (dense(2, "sigmoid"), BINARY, 2, "several labels"),
    (dense(1), SQUARED, 2, "cross-entropy learns faster"),
    (dense(3, "softmax"), SQUARED, 3, "cross-entropy learns faster"),
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
    (dense(2, "softmax"), BINARY, 2, [(1, "sigmoid", BINARY), (2, "softmax", CATEGORICAL)]),
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
        words = f"End with Dense({mended.layers[-1].units}), "
        assert str(fix.message).startswith(words), classes
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


REPLACED = [
    ([Flatten(), Dense(units=7)], False, [Flatten()]),
    ([Flatten(), Dense(units=7), Activation(activation="softmax")], False, [Flatten()]),
    ([Flatten(), Dense(units=7), Dropout(rate=0.5)], False, [Flatten(), Dense(units=7), Dropout(rate=0.5)]),
    (RELU_CONV, True, [*RELU_CONV, Flatten()]),
    ([*RELU_CONV, GlobalAveragePooling2D()], False, [*RELU_CONV, GlobalAveragePooling2D()]),
    ([Dense(units=7)], True, [Flatten()]),
    ([], True, [Flatten()]),
]


@pytest.mark.parametrize(("layers", "is_map", "body"), REPLACED)
def test_the_last_dense_is_replaced_and_nothing_else_is_lost(
    layers: list[Layer], is_map: bool, body: list[Layer]
) -> None:
    assert list(with_fitting_output(layers, CATEGORICAL, 3, is_map)) == [*body, fitting_output(CATEGORICAL, 3)]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_fitting_output_of_every_loss_forbids_nothing(loss: LossName, classes: int) -> None:
    layers = with_fitting_output([Flatten()], loss, classes)

    assert summarize(layers, IMAGE.shape).output_shape == (layers[-1].units,)
    assert not any(problem.forbids_training for problem in recipe_of(layers, loss).problems(classes))
