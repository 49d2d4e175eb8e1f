"""Files as Keras 2 wrote them, written out by hand after https://github.com/keras-team/keras/tree/v2.15.0."""

import json
from typing import Any

import pytest

from core.architecture import Layer, Residual
from core.architecture.keras_file import ImportedNet, read_keras_model
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.regularizers import L1L2, L2
from tests.core.architecture.keras_file.models import refusal

Content = dict[str, Any]
ZEROS = {"class_name": "Zeros", "config": {}}
ONES = {"class_name": "Ones", "config": {}}
GLOROT = {"class_name": "GlorotUniform", "config": {"seed": None}}
GLOROT_IN_FULL = {
    "class_name": "VarianceScaling",
    "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None},
}


def layer(kind: str, name: str, *sources: str, **config: Any) -> Content:
    """An entry of a functional model; in a Sequential its last two keys are not there, and not read."""
    return {
        "class_name": kind,
        "config": {"name": name, "trainable": True, "dtype": "float32", **config},
        "name": name,
        "inbound_nodes": [[[source, 0, 0, {}] for source in sources]] if sources else [],
    }


def conv(name: str, *sources: str, filters: int = 3, kernel_size: int = 3, **config: Any) -> Content:
    written = {
        "filters": filters, "kernel_size": [kernel_size] * 2, "strides": [1, 1], "padding": "same",
        "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "linear", "use_bias": True,
        "kernel_initializer": GLOROT, "bias_initializer": ZEROS, "kernel_regularizer": None, "bias_regularizer": None,
        "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None,
    }  # fmt: skip
    return layer("Conv2D", name, *sources, **(written | config))


def normalization(name: str, *sources: str, axis: int = 3) -> Content:
    return layer(
        "BatchNormalization", name, *sources, axis=[axis], momentum=0.99, epsilon=0.001, center=True, scale=True,
        beta_initializer=ZEROS, gamma_initializer=ONES, moving_mean_initializer=ZEROS,
        moving_variance_initializer=ONES, beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
        gamma_constraint=None,
    )  # fmt: skip


def dense(name: str, units: int, *sources: str, **config: Any) -> Content:
    written = {
        "units": units, "activation": "softmax", "use_bias": True, "kernel_initializer": GLOROT,
        "bias_initializer": ZEROS, "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None,
        "kernel_constraint": None, "bias_constraint": None,
    }  # fmt: skip
    return layer("Dense", name, *sources, **(written | config))


def image(shape: list[int | None]) -> Content:
    return layer("InputLayer", "image", batch_input_shape=[None, *shape], sparse=False, ragged=False)


SCALING = layer("Rescaling", "scaling", "image", scale=0.00392156862745098, offset=0.0)


def sequential(*layers: Content) -> Content:
    return {"class_name": "Sequential", "config": {"name": "net", "layers": list(layers)}, "keras_version": "2.15.0"}


def functional(*layers: Content, output: str, kind: str = "Functional") -> Content:
    config = {
        "name": "model",
        "trainable": True,
        "layers": list(layers),
        "input_layers": [["image", 0, 0]],
        "output_layers": [[output, 0, 0]],
    }
    return {"class_name": kind, "config": config, "keras_version": "2.15.0", "backend": "tensorflow"}


def read(content: Content) -> ImportedNet:
    return read_keras_model(json.dumps(content).encode(), "old.json")


def read_one(entry: Content) -> Layer:
    (only,) = read(sequential(image([8, 8, 3]), SCALING, entry)).layers
    return only


def test_a_sequential_with_an_input_layer() -> None:
    net = read(
        sequential(
            image([28, 28, 1]), SCALING, conv("conv", activation="relu"), normalization("norm"),
            layer("MaxPooling2D", "pool", pool_size=[2, 2], padding="valid", strides=[2, 2]),
            layer("Flatten", "flat", data_format="channels_last"), normalization("norm_1", axis=1),
            layer("Dropout", "drop", rate=0.25, noise_shape=None, seed=None), dense("dense", 10),
        )
    )  # fmt: skip

    assert net.layers == (
        Conv2D(filters=3, kernel_size=3, padding="same", activation="relu"),
        BatchNormalization(),
        MaxPooling2D(),
        Flatten(),
        BatchNormalization(),
        Dropout(rate=0.25),
        Dense(units=10, activation="softmax"),
    )
    assert (net.input_shape, net.notes) == ((28, 28, 1), ())


def test_a_sequential_whose_first_layer_names_the_shape() -> None:
    net = read(sequential(conv("conv", batch_input_shape=[None, 28, 28, 1])))

    assert net.layers == (Conv2D(filters=3, kernel_size=3, padding="same"),)
    assert net.input_shape == (28, 28, 1)


def test_a_sequential_from_before_version_2_3_is_a_bare_list() -> None:
    content = sequential(conv("conv", batch_input_shape=[None, 28, 28, 1], kernel_initializer=GLOROT_IN_FULL))

    net = read(content | {"config": content["config"]["layers"]})

    assert net.layers == (Conv2D(filters=3, kernel_size=3, padding="same"),)
    assert [str(note) for note in net.notes if "initializer" in str(note)] == []


@pytest.mark.parametrize("kind", ["Functional", "Model"])
def test_a_functional_model_with_a_residual(kind: str) -> None:
    stack = [conv("one", "scaling", filters=6), normalization("norm", "one"), conv("two", "norm", filters=6)]
    shortcut = conv("shortcut", "scaling", filters=6, kernel_size=1, use_bias=False, padding="valid")
    ends = [layer("Add", "sum", "two", "shortcut"), layer("Activation", "relu", "sum", activation="relu")]

    net = read(functional(image([8, 8, 3]), SCALING, *stack, shortcut, *ends, output="relu", kind=kind))

    wide = Conv2D(filters=6, kernel_size=3, padding="same")
    assert net.layers == (Residual(layers=(wide, BatchNormalization(), wide), activation="relu"),)
    assert (net.input_shape, net.notes) == ((8, 8, 3), ())


def test_a_sequential_inside_a_functional_model() -> None:
    inner = sequential(layer("InputLayer", "in", batch_input_shape=[None, 8, 8, 3]), conv("conv"))
    entry = {**inner, "name": "net", "inbound_nodes": [[["scaling", 0, 0, {}]]]}
    flat = {**layer("Flatten", "flat", data_format="channels_last"), "inbound_nodes": [[["net", 1, 0, {}]]]}

    net = read(functional(image([8, 8, 3]), SCALING, entry, flat, output="flat"))

    assert net.layers == (Conv2D(filters=3, kernel_size=3, padding="same"), Flatten())


FLOAT32 = 0.009999999776482582  # 0.01 in single precision, as Keras 2 keeps it
OLD_FORMS = [
    (
        conv("c", kernel_regularizer={"class_name": "L2", "config": {"l2": FLOAT32}}),
        Conv2D(filters=3, kernel_size=3, padding="same", kernel_regularizer=L2(l2=0.01)),
    ),
    (
        conv("c", kernel_regularizer={"class_name": "L1L2", "config": {"l1": 0.0, "l2": FLOAT32}}),
        Conv2D(filters=3, kernel_size=3, padding="same", kernel_regularizer=L1L2(l2=0.01)),
    ),
    (
        dense("d", 4, activation={"class_name": "function", "config": "relu", "registered_name": "relu"},
              kernel_regularizer={"class_name": "l2", "config": {"l2": 0.5}}),
        Dense(units=4, activation="relu", kernel_regularizer=L2(l2=0.5)),
    ),
    (dense("d", 4, kernel_regularizer="l1_l2"), Dense(units=4, activation="softmax", kernel_regularizer=L1L2())),
    (dense("d", 4, activation="swish"), Dense(units=4, activation="silu")),
    (layer("LeakyReLU", "l", alpha=0.30000001192092896), LeakyReLU()),
    (
        layer("SeparableConv2D", "s", filters=4, kernel_size=[3, 3], groups=1, depthwise_initializer=GLOROT,
              pointwise_initializer="glorot_uniform", kernel_initializer=GLOROT, kernel_regularizer=None),
        SeparableConv2D(filters=4, kernel_size=3),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), OLD_FORMS, ids=lambda value: str(value)[:40])
def test_old_forms_of_arguments_are_read(entry: Content, expected: Layer) -> None:
    assert read_one(entry) == expected


def test_a_call_with_an_argument_is_refused() -> None:
    drop = layer("Dropout", "drop", rate=0.5) | {"inbound_nodes": [[["scaling", 0, 0, {"training": False}]]]}
    content = functional(image([8, 8, 3]), SCALING, drop, output="drop")

    assert "Dropout 'drop': it is called with training=false" in refusal(json.dumps(content).encode())


def test_an_operation_of_tensorflow_is_refused_by_name() -> None:
    plus = layer("TFOpLambda", "tf.math.add", function="math.add") | {"inbound_nodes": [["scaling", 0, 0, {"y": 1.0}]]}
    content = functional(image([8, 8, 3]), SCALING, plus, output="tf.math.add")

    assert "TFOpLambda 'tf.math.add': there is no such layer here." in refusal(json.dumps(content).encode())
