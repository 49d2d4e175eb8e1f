"""The maps that the web process shows, by LiteRT, against those of Keras."""

import keras
import numpy as np
import pytest

from core.architecture import Residual
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.evaluation.inside.layer_maps import layer_outputs
from core.training.build import build, layer_name
from core.training.export_files import LITERT_FILE, save_model
from tests.core.training.nets import NORMALIZED_NET, SMALL_NET, SOFTMAX, recipe_of, some_images

CONV = Conv2D(filters=4, kernel_size=3, padding="same", activation="relu")
NETS = {
    "small": SMALL_NET,
    "normalized": NORMALIZED_NET,
    "with a block, a layer that is off, and one that does nothing in the end": (
        CONV,
        CONV.changed(disabled=True),
        Residual(layers=(CONV, CONV)),
        Dropout(rate=0.5),
        Flatten(),
        SOFTMAX,
    ),
}


@pytest.mark.parametrize("layers", NETS.values(), ids=NETS.keys())
def test_every_layer_that_is_on_gives_what_keras_computes(tmp_path, layers):
    recipe = recipe_of(layers)
    model = build(recipe)
    save_model(model, layers, tmp_path)
    (image,), _labels = some_images(1)

    outputs = layer_outputs(tmp_path / LITERT_FILE, layers, image)

    assert list(outputs) == [(position,) for position, layer in enumerate(layers) if not layer.disabled]
    for place, output in outputs.items():
        expected = keras.Model(model.input, model.get_layer(layer_name(place)).output)(image[np.newaxis])
        np.testing.assert_allclose(output, expected[0], rtol=1e-4, atol=1e-5)
