"""The exported files answer as the Keras model does."""

from pathlib import Path

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from core.architecture.layers.activation import Activation
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.training.build import build, layer_name
from core.training.export_files import save_model
from tests.core.training.nets import SOFTMAX, recipe_of, some_images

SIZE = (12, 10, 3)
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
}


@pytest.mark.parametrize("layers", NETS.values(), ids=NETS)
def test_both_files_give_what_keras_gives_for_any_number_of_images(layers, tmp_path: Path) -> None:
    model = build(recipe_of(layers, size=SIZE))
    model.set_weights([weights + 0.1 for weights in model.get_weights()])

    save_model(model, len(layers), tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.keras", "model.tflite"]
    litert = Interpreter(str(tmp_path / "model.tflite")).get_signature_runner("serving_default")
    reloaded = keras.models.load_model(tmp_path / "model.keras")
    maps = keras.Model(model.input, [model.get_layer(layer_name(position)).output for position in range(len(layers))])
    for count in (1, 7):
        images = some_images(count, SIZE)[0].astype(np.float32)
        outputs = litert(images=images)
        for position, expected in enumerate(maps(images, training=False)):
            np.testing.assert_allclose(outputs[f"output_{position}"], expected, atol=1e-5)
        expected = model.predict(images, verbose=0)
        np.testing.assert_allclose(outputs[f"output_{len(layers) - 1}"], expected, atol=1e-5)
        np.testing.assert_allclose(reloaded(images, training=False), expected, atol=1e-6)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "model.keras").write_text("old")
    model = build(recipe_of([Flatten(), SOFTMAX]))

    save_model(model, 2, tmp_path)

    assert keras.models.load_model(tmp_path / "model.keras").count_params() == model.count_params()
