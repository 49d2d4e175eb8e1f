"""The Keras model says the same as the recipe: Keras's own configurations and shapes are the oracle."""

from pathlib import Path

import numpy as np
import pytest

from core.architecture import FRESH, Layer
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.errors import RecipeError
from core.objective import LOSSES, OPTIMIZERS
from core.recipe import load
from core.training.build import assemble, build, keras_layer, layer_name
from tests.core.training.nets import SOFTMAX, recipe_of

RECIPES = Path(__file__).parents[3] / "recipes"

UNUSUAL_LAYERS = [
    Conv2D(filters=6, kernel_size=(3, 5), strides=(2, 1), padding="same", groups=3, use_bias=False, activation="gelu"),
    Conv2D(filters=2, kernel_size=2, dilation_rate=(2, 3), activation="leaky_relu"),
    MaxPooling2D(pool_size=(3, 2), strides=1, padding="same"),
    AveragePooling2D(pool_size=3, strides=(2, 3)),
    Dense(units=7, activation="tanh", use_bias=False),
    Dropout(rate=0.3),
    BatchNormalization(momentum=0.5, epsilon=0.01, center=False, scale=False),
    Activation(activation="softplus"),
]


@pytest.mark.parametrize("layer", [*FRESH.values(), *UNUSUAL_LAYERS], ids=repr)
def test_keras_gets_every_field_of_a_layer(layer: Layer) -> None:
    config = keras_layer(layer, name="layer").get_config()

    for field, value in layer.keras_arguments().items():
        if field == "strides" and value is None:
            value = layer.keras_arguments()["pool_size"]
        assert _same(config[field], value), (field, config[field], value)


@pytest.mark.parametrize("name", ["first_cnn", "lenet5", "vgg_small"])
def test_shapes_and_parameters_are_those_of_the_layer_list(name: str) -> None:
    recipe = load(RECIPES / f"{name}.yaml")

    model = build(recipe)

    for position, readout in enumerate(recipe.summary().readouts):
        layer = model.get_layer(layer_name(position))
        assert layer.output.shape[1:] == readout.output_shape
        assert layer.count_params() == readout.parameters


def test_pixels_enter_as_0_to_255_and_are_scaled_inside() -> None:
    model = build(recipe_of([Flatten(), Dense(units=1, use_bias=False)], size=(1, 1, 1)))
    model.set_weights([np.array([[2.0]])])

    assert model.predict(np.array([0.0, 51.0, 255.0]).reshape(3, 1, 1, 1), verbose=0).ravel() == pytest.approx(
        [0, 0.4, 2]
    )


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_keras_gets_every_field_of_an_optimizer(kind: str) -> None:
    recipe = recipe_of([Flatten(), SOFTMAX], optimizer={"kind": kind, "learning_rate": 0.0123})

    config = assemble(build(recipe), recipe.training).optimizer.get_config()

    for field, value in recipe.training.optimizer.keras_arguments().items():
        assert config[field] == pytest.approx(value), field


TRUTH, GUESS = [0, 1, 2, 1], [[0.5, 0.3, 0.2], [0.2, 0.7, 0.1], [0.5, 0.4, 0.1], [0.1, 0.8, 0.1]]
ONE_HOT = np.eye(3)[TRUTH]
LOG_LOSS = -np.log([0.5, 0.7, 0.1, 0.8]).mean()


@pytest.mark.parametrize(
    ("loss", "labels", "outputs", "expected_loss", "expected_accuracy"),
    [
        ("categorical_crossentropy", ONE_HOT, GUESS, LOG_LOSS, 0.75),
        ("sparse_categorical_crossentropy", TRUTH, GUESS, LOG_LOSS, 0.75),
        ("binary_crossentropy", [[1], [0], [1]], [[0.9], [0.9], [0.5]], -np.log([0.9, 0.1, 0.5]).mean(), 1 / 3),
        ("binary_crossentropy", [[1, 0]], [[0.9, 0.2]], -np.log([0.9, 0.8]).mean(), 1.0),
        ("mean_squared_error", [[1], [0]], [[0.75], [-0.5]], (0.0625 + 0.25) / 2, 1.0),
        ("mean_squared_error", [[1, 0]], [[0.0, 1.0]], 1.0, 0.0),
    ],
)
def test_loss_and_accuracy_are_those_worked_by_hand(loss, labels, outputs, expected_loss, expected_accuracy) -> None:
    labels, outputs = np.asarray(labels, np.float32), np.asarray(outputs, np.float32)
    recipe = recipe_of([Flatten(), Dense(units=outputs.shape[1])], loss=loss)

    parts = assemble(build(recipe), recipe.training)
    parts.accuracy.update_state(labels, outputs)

    assert float(parts.loss(labels, outputs)) == pytest.approx(expected_loss, rel=1e-5)
    assert float(parts.accuracy.result()) == pytest.approx(expected_accuracy)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_of_the_table_is_one_of_keras(loss: str) -> None:
    recipe = recipe_of([Flatten(), SOFTMAX], loss=loss)

    assert assemble(build(recipe), recipe.training).loss.name == loss


def test_a_net_without_anything_to_learn_is_refused() -> None:
    recipe = recipe_of([BatchNormalization(center=False, scale=False), Flatten()])

    with pytest.raises(RecipeError, match="nothing to train"):
        assemble(build(recipe), recipe.training)


def _same(in_keras: object, in_recipe: object) -> bool:
    """Keras writes pairs for sizes, and ``linear`` for no activation."""
    if isinstance(in_keras, list | tuple) and isinstance(in_recipe, int):
        return tuple(in_keras) == (in_recipe, in_recipe)
    if isinstance(in_keras, list | tuple):
        return tuple(in_keras) == in_recipe
    return in_keras == ("linear" if in_recipe is None else in_recipe)
