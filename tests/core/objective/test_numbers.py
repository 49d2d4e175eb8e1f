"""Images with a number to predict: what does not fit is told, and each repair leads to a net that Keras trains."""

from typing import get_args

import keras
import numpy as np
import pytest

from core.architecture import Severity
from core.architecture.activations import ActivationName
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.softmax import Softmax
from core.architecture.templates import TEMPLATES, template_layers
from core.dataset.image_size import ImageSize
from core.objective import LOSSES, Adam, EarlyStopping, ReduceLROnPlateau, Training, with_fitting_output
from core.objective.number_agreement import ALWAYS_THE_SAME, BOUNDS
from core.objective.number_scale import NumberScale
from core.recipe import Recipe, default_recipe, dump, parse

IMAGE = ImageSize(height=32, width=32, channels=3)
SMALL = ImageSize(height=8, width=8, channels=1)
PERCENTAGES = NumberScale(mean=50, deviation=29)
CONV = Conv2D(filters=2, kernel_size=3, activation="relu")
ONE = Dense(units=1)


def recipe_of(*layers, image=SMALL, loss="mean_squared_error", **training) -> Recipe:
    return Recipe(image=image, layers=layers, training=Training(loss=loss, optimizer=Adam(), **training))


def mended(recipe: Recipe, numbers: NumberScale | None = None, choice: int = 0) -> Recipe:
    """The recipe after one click on a fix of the first problem, and on the first of each that is left then."""
    for _click in range(8):
        problems = recipe.problems(0, numbers=numbers)
        if not problems:
            return recipe
        recipe = recipe.apply(problems[0].fixes[min(choice, len(problems[0].fixes) - 1)])
        choice = 0
    raise AssertionError(f"there is no end of it: {problems[0].message}")


def test_the_default_recipe_for_numbers_has_no_problems() -> None:
    recipe = default_recipe(IMAGE, 0)
    assert not recipe.problems(0, numbers=PERCENTAGES)
    assert recipe.layers[-1] == ONE
    training = recipe.training
    assert (training.loss, training.metrics, training.keep_best, training.standardize) == (
        "mean_squared_error",
        ("mean_absolute_error",),
        "val_loss",
        True,
    )
    assert parse(dump(recipe)) == recipe


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("loss", LOSSES)
def test_a_template_made_for_classes_ends_without_problems(name, loss) -> None:
    recipe = recipe_of(*with_fitting_output(template_layers(name), loss, 10), image=IMAGE, loss=loss)
    assert any(problem.forbids_training for problem in recipe.problems(0))
    after = mended(recipe)
    assert after.training.loss == "mean_squared_error"
    assert after.summary().output_shape == (1,)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_made_for_numbers_has_no_problems(name) -> None:
    recipe = recipe_of(*with_fitting_output(template_layers(name), "mean_squared_error", 0), image=IMAGE)
    assert not recipe.problems(0)


TOLD = [
    (recipe_of(CONV), "gives a map of 6 × 6 × 2, but the answer has to be one number", Severity.ERROR),
    (recipe_of(Flatten(), Dense(units=3)), "has 3 units, but each image has one number", Severity.ERROR),
    (recipe_of(Flatten(), Dense(units=3), Softmax()), "has 3 units, but each image has one number", Severity.ERROR),
    (recipe_of(CONV, Flatten()), "ends with the 72 numbers of Flatten", Severity.ERROR),
    (recipe_of(Flatten(), ONE, loss="binary_crossentropy"), "judges probabilities of classes", Severity.ERROR),
    (recipe_of(Flatten(), ONE, loss="categorical_crossentropy"), "judges probabilities of classes", Severity.ERROR),
    (recipe_of(Flatten(), ONE, Softmax()), "softmax on one unit always gives the same number", Severity.ERROR),
    (
        recipe_of(Flatten(), ONE, Activation(activation="relu")),
        "relu keeps the answers at 0 or above: numbers beyond that can never be predicted",
        Severity.WARNING,
    ),
    (
        recipe_of(Flatten(), Dense(units=1, activation="sigmoid"), standardize=True),
        "in standard deviations from their mean, and sigmoid keeps these between 0 and 1",
        Severity.WARNING,
    ),
    (recipe_of(Flatten(), ONE, Dropout(rate=0.5)), "sets 50% of the answers themselves to 0", None),
    (recipe_of(Flatten(), ONE, class_weights="balanced"), "There are no classes to weigh", Severity.ERROR),
    (recipe_of(Flatten(), ONE, class_weights={"a": 2.0}), "There are no classes to weigh", Severity.ERROR),
    (recipe_of(Flatten(), ONE, label_smoothing=0.1), "cannot smooth its labels", Severity.ERROR),
    (recipe_of(Flatten(), ONE, metrics=("top_3_accuracy",)), "the net answers with one number", Severity.ERROR),
    (recipe_of(Flatten(), ONE, keep_best="val_accuracy"), "keep_best looks at val_accuracy", Severity.ERROR),
    (
        recipe_of(Flatten(), ONE, epochs=9, early_stopping=EarlyStopping(patience=2, monitor="val_accuracy")),
        "early_stopping looks at val_accuracy",
        Severity.ERROR,
    ),
    (
        recipe_of(Flatten(), ONE, epochs=9, reduce_on_plateau=ReduceLROnPlateau(patience=2, monitor="val_accuracy")),
        "reduce_on_plateau looks at val_accuracy",
        Severity.ERROR,
    ),
    (recipe_of(), "", Severity.ERROR),
    (recipe_of(Flatten()), "", Severity.ERROR),
]


@pytest.mark.parametrize(
    ("recipe", "words", "severity"), TOLD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_numbers_do_not_allow_is_told_and_mended_by_each_fix(recipe, words, severity) -> None:
    problem = recipe.problems(0)[0]
    assert words in str(problem.message)
    assert severity in (problem.severity, None)
    assert problem.fixes
    for choice in range(len(problem.fixes)):
        after = mended(recipe, choice=choice)
        assert after.summary().output_shape == (1,)


def test_a_hidden_layer_that_stands_last_can_stay() -> None:
    recipe = recipe_of(Flatten(), Dense(units=16, activation="relu"))
    fixes = recipe.problems(0)[0].fixes
    assert [len(recipe.apply(fix).layers) for fix in fixes] == [3, 2]


@pytest.mark.parametrize(
    ("mean", "deviation", "is_told"),
    [(0.5, 0.3, False), (0, 1, False), (50, 29, True), (1e6, 1, True), (0, 5, True), (0.0001, 0.0002, True)],
)
def test_numbers_that_a_fresh_net_is_far_from_are_told_until_they_are_standardized(mean, deviation, is_told) -> None:
    numbers = NumberScale(mean, deviation)
    recipe = recipe_of(Flatten(), ONE)
    problems = recipe.problems(0, numbers=numbers)
    assert [problem.severity for problem in problems] == [Severity.WARNING] * is_told
    assert mended(recipe, numbers).training.standardize is is_told


def test_standardizing_is_refused_where_there_are_classes() -> None:
    recipe = recipe_of(
        Flatten(), Dense(units=3, activation="softmax"), standardize=True, loss="categorical_crossentropy"
    )
    problem = recipe.problems(3)[0]
    assert "these images have classes" in str(problem.message)
    assert not recipe.apply(problem.fixes[0]).problems(3)
    assert not recipe.problems(None), "nothing is known of the images"


def test_the_bounds_are_those_of_kerass_activations() -> None:
    numbers = keras.ops.convert_to_tensor(np.linspace(-600, 600, 240_001, dtype=np.float32)[:, np.newaxis])
    for name in get_args(ActivationName):
        answers = np.asarray(getattr(keras.activations, name)(numbers))
        low, high = BOUNDS.get(name, (None, None))
        is_constant = np.ptp(answers) < 0.001  # sparsemax of one large number is rounded on its way to 1
        assert is_constant == (name in ALWAYS_THE_SAME), name
        if name not in ALWAYS_THE_SAME:
            assert answers.min() == pytest.approx(low, abs=0.01) if low is not None else answers.min() < -10, name
            assert answers.max() == pytest.approx(high, abs=0.02) if high is not None else answers.max() > 50, name


@pytest.mark.parametrize("numbers", [[1.0, 2.0, 3.0, 6.0], [1e9, 1e9 + 1], [-0.001, 0.001]])
def test_the_scale_is_numpys_mean_and_standard_deviation(numbers) -> None:
    scale = NumberScale.of(numbers)
    assert (scale.mean, scale.deviation) == pytest.approx((np.mean(numbers), np.std(numbers)))


def test_numbers_that_are_all_the_same_are_not_divided_by_0() -> None:
    assert NumberScale.of([7.0, 7.0]) == NumberScale(7.0, 1.0)
