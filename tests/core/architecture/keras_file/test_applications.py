"""The nets that come with Keras, as somebody would bring them along."""

from pathlib import Path

import keras
import pytest

from core.architecture import Residual, summarize
from core.recipe import load
from tests.core.architecture.keras_file.models import as_json, imported, refusal

RECIPES = Path(__file__).parents[4] / "recipes"


def test_vgg16_is_the_recipe_of_that_name() -> None:
    net = imported(keras.applications.VGG16(weights=None))

    assert net.layers == load(RECIPES / "vgg16.yaml").layers
    assert net.input_shape == (224, 224, 3)


def test_mobilenet_v2_has_its_residuals_and_as_many_parameters_as_in_keras() -> None:
    model = keras.applications.MobileNetV2(weights=None)

    net = imported(model)

    assert sum(isinstance(layer, Residual) for layer in net.layers) == 10  # Sandler et al. (2018), table 2
    assert summarize(net.layers, (224, 224, 3)).parameters == model.count_params()


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("MobileNet", ["Reshape 'reshape", "there is no such layer here."]),
        ("ResNet50", [f"Add 'conv{stage}_block1_add'" for stage in (2, 3, 4, 5)]),
        ("DenseNet121", ["Concatenate 'conv2_block1_concat'", "Concatenate 'conv5_block16_concat'"]),
        ("EfficientNetB0", ["Normalization 'normalization", "Multiply 'block7a_se_excite'"]),
    ],
)
def test_what_cannot_be_taken_over_is_named(name: str, named: list[str]) -> None:
    sentence = refusal(as_json(getattr(keras.applications, name)(weights=None)))

    assert [part for part in named if part not in sentence] == []
    assert "Conv2D" not in sentence.replace("1 × 1 Conv2D", "")
