"""The Keras model says the same as the recipe: Keras's own configurations and shapes are the oracle."""

from collections.abc import Iterator
from math import ceil, prod
from pathlib import Path
from typing import get_args

import keras
import numpy as np
import pytest

from core.architecture import CATALOGUE, FRESH, Layer, Residual, Shape
from core.architecture.activations import ActivationName
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.elu import ELU
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.global_max_pooling2d import GlobalMaxPooling2D
from core.architecture.layers.layer_normalization import LayerNormalization
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.softmax import Softmax
from core.architecture.layers.spatial_dropout2d import SpatialDropout2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.regularizers import L1, L1L2, L2
from core.architecture.templates import TEMPLATES
from core.errors import RecipeError
from core.objective import LOSSES, OPTIMIZERS
from core.recipe import Recipe, load
from core.training.build import assemble, build, keras_layer, layer_name
from tests.core.training.nets import SOFTMAX, recipe_of

RECIPES = Path(__file__).parents[3] / "recipes"

L1L2_PRICE = L1L2(l1=0.01, l2=0.02)
UNUSUAL_LAYERS = [
    Conv2D(filters=6, kernel_size=(3, 5), strides=(2, 1), padding="same", groups=3, use_bias=False, activation="gelu"),
    Conv2D(filters=2, kernel_size=2, dilation_rate=(2, 3), activation="leaky_relu", kernel_regularizer=L1(l1=0.3)),
    SeparableConv2D(
        filters=4,
        kernel_size=(2, 3),
        strides=2,
        padding="same",
        depth_multiplier=2,
        activation="mish",
        use_bias=False,
        depthwise_regularizer=L2(l2=0.5),
        pointwise_regularizer=L1L2_PRICE,
    ),
    DepthwiseConv2D(
        kernel_size=2, dilation_rate=(2, 1), depth_multiplier=3, activation="elu", depthwise_regularizer=L1L2_PRICE
    ),
    MaxPooling2D(pool_size=(3, 2), strides=1, padding="same"),
    AveragePooling2D(pool_size=3, strides=(2, 3)),
    GlobalAveragePooling2D(keepdims=True),
    GlobalMaxPooling2D(keepdims=True),
    Dense(units=7, activation="tanh", use_bias=False, kernel_regularizer=L2(l2=0.25)),
    ZeroPadding2D(padding=((1, 0), (2, 3))),
    ZeroPadding2D(padding=(2, 0)),
    UpSampling2D(size=(2, 3), interpolation="bilinear"),
    LeakyReLU(negative_slope=0.125),
    ReLU(max_value=6.0, negative_slope=0.25, threshold=0.5),
    ELU(alpha=0.5),
    Dropout(rate=0.3),
    SpatialDropout2D(rate=0.4),
    BatchNormalization(momentum=0.5, epsilon=0.01, center=False, scale=False),
    LayerNormalization(epsilon=0.25, center=False, scale=False),
    *(Activation(activation=name) for name in get_args(ActivationName)),
]
KERAS_LAYERS = [layer for layer in (*FRESH.values(), *UNUSUAL_LAYERS) if not isinstance(layer, Residual)]


@pytest.mark.parametrize("layer", KERAS_LAYERS, ids=repr)
def test_keras_gets_every_field_of_a_layer(layer: Layer) -> None:
    assert _differences(keras_layer(layer, name="layer"), layer) == []


SAME = Conv2D(filters=4, kernel_size=3, padding="same", activation="relu", kernel_regularizer=L2())
OFF = Conv2D(filters=5, kernel_size=9, disabled=True)
OF_EVERY_KIND = (
    ZeroPadding2D(padding=((1, 0), (0, 2))),
    Conv2D(filters=4, kernel_size=3, kernel_regularizer=L1L2_PRICE),
    OFF,
    BatchNormalization(momentum=0.5),
    LeakyReLU(),
    SeparableConv2D(filters=6, kernel_size=3, padding="same", pointwise_regularizer=L1()),
    ReLU(max_value=6.0),
    SpatialDropout2D(rate=0.1),
    DepthwiseConv2D(kernel_size=3, depthwise_regularizer=L2()),
    ELU(),
    Residual(
        layers=(SAME, OFF, Residual(layers=(SAME, Residual(layers=(SAME.changed(strides=2),))))), activation="relu"
    ),
    UpSampling2D(interpolation="bilinear"),
    Residual(layers=(DepthwiseConv2D(kernel_size=3, padding="same"), LayerNormalization()), projection=False),
    Residual(layers=(SAME,), disabled=True),
    MaxPooling2D(pool_size=2),
    AveragePooling2D(pool_size=2, strides=1),
    LayerNormalization(),
    GlobalMaxPooling2D(keepdims=True),
    GlobalAveragePooling2D(),
    Flatten(),
    Residual(layers=(Dense(units=5, activation="selu"), Dropout(rate=0.5))),
    Activation(activation="softplus"),
    Dense(units=3),
    Softmax(),
)
NETS = {"every kind": recipe_of(OF_EVERY_KIND, size=(14, 12, 3))} | {
    name: load(RECIPES / f"{name}.yaml") for name in TEMPLATES if name != "vgg16"
}


def test_the_net_of_every_kind_is_of_every_kind() -> None:
    assert {readout.layer.kind for readout in NETS["every kind"].summary().walk()} == set(CATALOGUE)


@pytest.mark.parametrize("recipe", NETS.values(), ids=NETS)
def test_the_net_that_is_drawn_is_the_net_that_is_trained(recipe: Recipe) -> None:
    assert recipe.problems() == ()

    model = build(recipe)

    expected = dict(_expected_layers(recipe))
    made = {layer.name: layer for layer in model.layers if layer.name not in ("images", "scaling")}
    assert set(made) == set(expected)
    assert [(name, field) for name, layer in expected.items() for field in _differences(made[name], layer)] == []
    assert model.count_params() == recipe.summary().parameters
    trained = sum(prod(variable.shape) for variable in model.trainable_variables)
    assert trained == recipe.summary().trained_parameters
    for readout in recipe.summary().walk():
        if not readout.layer.disabled and readout.output_shape:
            assert model.get_layer(layer_name(readout.place)).output.shape[1:] == readout.output_shape


def test_vgg16_is_drawn_and_trained_alike_without_its_half_gigabyte() -> None:
    recipe = load(RECIPES / "vgg16.yaml")

    with keras.StatelessScope():
        model = build(recipe)

        expected = dict(_expected_layers(recipe))
        assert [layer.name for layer in model.layers[2:]] == list(expected)
        assert [layer for layer in model.layers[2:] if _differences(layer, expected[layer.name])] == []
        assert model.count_params() == recipe.summary().parameters


def test_the_layers_run_in_the_order_of_the_list_and_a_residual_adds_its_input() -> None:
    double = Dense(units=1, use_bias=False)
    layers = (Flatten(), Residual(layers=(double, double), activation="relu"), Residual(layers=(double,)))
    model = build(recipe_of(layers, size=(1, 1, 1)))
    model.set_weights([np.array([[weight]]) for weight in (2.0, 3.0, -5.0)])

    outputs = model.predict(np.array([51.0]).reshape(1, 1, 1, 1), verbose=0)

    scaled = 51 / 255
    inside = scaled * 2 * 3 + scaled
    assert outputs.ravel() == pytest.approx([inside * -5 + inside])


PRICES = [
    (Conv2D(filters=1, kernel_size=2, kernel_regularizer=L1(l1=0.5)), 0.5 * 4 * 2),
    (SeparableConv2D(filters=1, kernel_size=2, depthwise_regularizer=L2(l2=0.5)), 0.5 * 4 * 4),
    (SeparableConv2D(filters=3, kernel_size=2, pointwise_regularizer=L1(l1=0.5)), 0.5 * 3 * 2),
    (DepthwiseConv2D(kernel_size=2, depthwise_regularizer=L1L2(l1=0.5, l2=1.0)), 4 * (0.5 * 2 + 4)),
    (Dense(units=3, kernel_regularizer=L2(l2=1.0)), 3 * 4),
]


@pytest.mark.parametrize(("layer", "price"), PRICES, ids=repr)
def test_a_regularizer_puts_its_price_on_the_weights(layer: Layer, price: float) -> None:
    model = build(recipe_of([layer, Flatten()], size=(4, 4, 1)))
    model.set_weights([np.full_like(weights, -2.0) for weights in model.get_weights()])

    assert float(sum(model.losses)) == pytest.approx(price)


def _expected_layers(recipe: Recipe) -> Iterator[tuple[str, Layer | None]]:
    """The names in the Keras model, in order, each with the layer that it should be; None for a sum.

    What a Residual becomes is read off the readouts, not off its own answers: a projection where the size changes.
    """
    for readout in recipe.summary().walk():
        name = layer_name(readout.place)
        if readout.output_shape is None or readout.layer.disabled:
            continue
        if not isinstance(readout.layer, Residual):
            yield name, readout.layer
            continue
        before, after = readout.input_shape, readout.output_shape
        if before != after:
            yield f"{name}_projection", _projection(before, after)
        activation = readout.layer.activation
        yield name, Activation(activation=activation) if activation else None
        if activation:
            yield f"{name}_sum", None


def _projection(before: Shape, after: Shape) -> Layer:
    if len(before) == 1:
        return Dense(units=after[0], use_bias=False)
    strides = tuple(ceil(length / fewer) for length, fewer in zip(before[:2], after[:2], strict=True))
    return Conv2D(filters=after[2], kernel_size=1, strides=strides, use_bias=False)


def _differences(made: keras.layers.Layer, layer: Layer | None) -> list[str]:
    """The fields of ``layer`` that are not so in the configuration of the Keras layer, or its class if that is not."""
    if layer is None or type(made).__name__ != layer.kind:
        return [] if layer is None and isinstance(made, keras.layers.Add) else [type(made).__name__]
    config, wanted = made.get_config(), layer.model_dump(exclude={"kind", "disabled"})
    if wanted.get("strides", 1) is None:
        wanted["strides"] = wanted["pool_size"]
    return [name for name, value in wanted.items() if not _same(config[name], value)]


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
    parts.metrics["accuracy"].update_state(labels, outputs)

    assert float(parts.loss(labels, outputs)) == pytest.approx(expected_loss, rel=1e-5)
    assert float(parts.metrics["accuracy"].result()) == pytest.approx(expected_accuracy)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_of_the_table_is_one_of_keras(loss: str) -> None:
    recipe = recipe_of([Flatten(), SOFTMAX], loss=loss)

    assert assemble(build(recipe), recipe.training).loss.name == loss


def test_a_net_without_anything_to_learn_is_refused() -> None:
    recipe = recipe_of([BatchNormalization(center=False, scale=False), Flatten()])

    with pytest.raises(RecipeError, match="nothing to train"):
        assemble(build(recipe), recipe.training)


def _same(in_keras: object, in_recipe: object) -> bool:
    """Keras writes pairs for sizes, ``linear`` for no activation, and regularizers by class and configuration."""
    if isinstance(in_recipe, dict):
        settings = {name: value for name, value in in_recipe.items() if name != "kind"}
        return in_keras["class_name"] == in_recipe["kind"] and in_keras["config"] == pytest.approx(settings)
    if isinstance(in_keras, list | tuple):
        return _pairs(in_keras) == _pairs(in_recipe)
    if isinstance(in_recipe, float):
        return in_keras == pytest.approx(in_recipe)
    return in_keras in (in_recipe, "linear" if in_recipe is None else in_recipe)


def _pairs(size: object) -> object:
    """``2`` and ``(2, 2)`` are the same size, ``(1, 2)`` and ``((1, 1), (2, 2))`` the same margins."""
    if isinstance(size, int):
        return ((size, size), (size, size))
    return tuple((each, each) if isinstance(each, int) else tuple(each) for each in size)
