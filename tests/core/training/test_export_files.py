"""The exported files answer as the Keras model does."""

from pathlib import Path
from typing import get_args

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from core.architecture import Layer, Residual
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
from core.architecture.regularizers import L2
from core.training.build import build, keras_layer, layer_name
from core.training.export_files import save_model
from tests.core.training.nets import SOFTMAX, recipe_of, some_images

SIZE = (12, 10, 3)
SAME = Conv2D(filters=4, kernel_size=3, padding="same", activation="relu", kernel_regularizer=L2())
OFF = Dense(units=2, disabled=True)
NETS = {
    "grouped": (
        Conv2D(filters=6, kernel_size=3, groups=3, activation="gelu"),
        BatchNormalization(),
        Dropout(rate=0.5),
        MaxPooling2D(padding="same"),
        Flatten(),
        Dense(units=5, activation="selu"),
        SOFTMAX,
    ),
    "dilated": (
        Conv2D(filters=4, kernel_size=3, dilation_rate=2, padding="same", activation="silu"),
        Conv2D(filters=3, kernel_size=(3, 2), strides=2),
        Activation(activation="leaky_relu"),
        GlobalAveragePooling2D(),
        Dense(units=1, activation="sigmoid"),
    ),
    "depthwise": (
        DepthwiseConv2D(kernel_size=3, depth_multiplier=2, activation="relu"),
        SeparableConv2D(filters=6, kernel_size=3, strides=2, padding="same"),
        LayerNormalization(),
        DepthwiseConv2D(kernel_size=2, strides=(2, 1), dilation_rate=(1, 2), padding="same"),
        SeparableConv2D(filters=4, kernel_size=2, dilation_rate=(2, 1), depth_multiplier=2),
        GlobalMaxPooling2D(keepdims=True),
        Flatten(),
        SOFTMAX,
    ),
    "resized": (
        ZeroPadding2D(padding=((1, 0), (2, 3))),
        UpSampling2D(size=(2, 1)),
        SAME,
        SpatialDropout2D(rate=0.5),
        UpSampling2D(size=(2, 3), interpolation="bilinear"),
        AveragePooling2D(pool_size=(3, 2), padding="same"),
        LeakyReLU(negative_slope=0.125),
        GlobalMaxPooling2D(),
        Dense(units=4),
        Softmax(),
    ),
    "activations with settings": (
        Conv2D(filters=4, kernel_size=3),
        LayerNormalization(),
        ReLU(max_value=0.75, negative_slope=0.25, threshold=0.5),
        ReLU(threshold=0.25),
        LayerNormalization(center=False),
        ELU(alpha=0.5),
        Softmax(),
        Flatten(),
        SOFTMAX,
    ),
    "residual": (
        Residual(layers=(SAME, BatchNormalization()), activation="relu"),
        Residual(layers=(SAME, Residual(layers=(SAME, Residual(layers=(SAME.changed(strides=2),)))))),
        Residual(layers=(LayerNormalization(), Activation(activation="tanh")), projection=False),
        Flatten(),
        Residual(layers=(Dense(units=6, activation="relu"),)),
        SOFTMAX,
    ),
    "disabled": (
        OFF,
        SAME,
        Residual(layers=(SAME,), disabled=True),
        Residual(layers=(OFF, SAME, MaxPooling2D(disabled=True))),
        Flatten(),
        SOFTMAX,
        OFF,
    ),
}


@pytest.mark.parametrize("layers", NETS.values(), ids=NETS)
def test_both_files_give_what_keras_gives_for_any_number_of_images(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    keras.utils.set_random_seed(0)  # the same weights in each run, so that rounding is the same, too
    model = build(recipe_of(layers, size=SIZE))
    random = np.random.default_rng(0)
    model.set_weights([weights + random.normal(0.0, 0.05, weights.shape) for weights in model.get_weights()])

    save_model(model, layers, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.keras", "model.tflite"]
    litert = Interpreter(str(tmp_path / "model.tflite")).get_signature_runner("serving_default")
    reloaded = keras.models.load_model(tmp_path / "model.keras")
    enabled = [position for position, layer in enumerate(layers) if not layer.disabled]
    maps = keras.Model(model.input, [model.get_layer(layer_name((position,))).output for position in enabled])
    for count in (1, 7):
        images = some_images(count, SIZE)[0].astype(np.float32)
        outputs = litert(images=images)
        for number, expected in enumerate(maps(images, training=False)):
            np.testing.assert_allclose(
                outputs[f"output_{number}"], expected, rtol=1e-5, atol=1e-5, err_msg=repr(layers[enabled[number]])
            )
        expected = model.predict(images, verbose=0)
        np.testing.assert_allclose(outputs[f"output_{len(enabled) - 1}"], expected, atol=1e-5)
        np.testing.assert_allclose(reloaded(images, training=False), expected, atol=1e-6)


def test_every_activation_is_exported(tmp_path: Path) -> None:
    layers = tuple(Activation(activation=name) for name in get_args(ActivationName))
    values = keras.Input((5, 4, 3), name="images")
    heads = [keras_layer(layer, layer_name((position,)))(values) for position, layer in enumerate(layers)]
    save_model(keras.Model(values, heads), layers, tmp_path)

    images = np.random.default_rng(0).normal(0, 3, (7, 5, 4, 3)).astype(np.float32)
    outputs = Interpreter(str(tmp_path / "model.tflite")).get_signature_runner("serving_default")(images=images)

    for position, layer in enumerate(layers):
        expected = getattr(keras.activations, layer.activation)(keras.ops.convert_to_tensor(images))
        np.testing.assert_allclose(
            outputs[f"output_{position}"], expected, rtol=1e-5, atol=1e-5, err_msg=layer.activation
        )


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "model.keras").write_text("old")
    layers = (Flatten(), SOFTMAX)
    model = build(recipe_of(layers))

    save_model(model, layers, tmp_path)

    assert keras.models.load_model(tmp_path / "model.keras").count_params() == model.count_params()
