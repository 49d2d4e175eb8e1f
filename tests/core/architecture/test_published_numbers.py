"""Numbers from papers and from the lesson that Layerlab teaches."""

from pathlib import Path

import pytest

from core.architecture import FRESH, Layer, Shape, summarize
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.templates import TEMPLATES, template_layers
from core.recipe import load

RECIPES = Path(__file__).parents[3] / "recipes"

NETS = [
    ("lenet5", 61_706, 416_520),
    ("vgg16", 138_357_544, 15_470_264_320),
]


@pytest.mark.parametrize(("name", "parameters", "multiply_adds"), NETS)
def test_famous_nets_have_their_published_size(name: str, parameters: int, multiply_adds: int) -> None:
    summary = load(RECIPES / f"{name}.yaml").summary()

    assert summary.parameters == parameters
    assert summary.multiply_adds == multiply_adds


def test_the_layers_of_lenet5_have_their_published_parameters() -> None:
    readouts = load(RECIPES / "lenet5.yaml").summary().readouts

    assert [readout.parameters for readout in readouts if readout.parameters] == [156, 2_416, 48_120, 10_164, 850]


LESSON = [
    (Conv2D(filters=32, kernel_size=(5, 5), padding="valid"), (28, 28, 1), (24, 24, 32), 832),
    (Conv2D(filters=1, kernel_size=2), (3, 3, 1), (2, 2, 1), 4 + 1),
    (Conv2D(filters=1, kernel_size=2, use_bias=False), (3, 3, 1), (2, 2, 1), 4),
    (Conv2D(filters=8, kernel_size=3), (28, 28, 3), (26, 26, 8), 216 + 8),
    (Conv2D(filters=1, kernel_size=5), (28, 28, 1), (24, 24, 1), 26),
    (Conv2D(filters=1, kernel_size=3, strides=2, padding="same"), (28, 28, 1), (14, 14, 1), 10),
    (Dense(units=4, use_bias=False), (9,), (4,), 36),
    (MaxPooling2D(pool_size=2), (24, 24, 32), (12, 12, 32), 0),
    (AveragePooling2D(pool_size=2), (24, 24, 32), (12, 12, 32), 0),
]


@pytest.mark.parametrize(("layer", "input_shape", "output_shape", "parameters"), LESSON)
def test_the_worked_numbers_of_the_lesson(
    layer: Layer, input_shape: Shape, output_shape: Shape, parameters: int
) -> None:
    assert layer.obstacle(input_shape) is None
    assert layer.output_shape(input_shape) == output_shape
    assert layer.parameters(input_shape) == parameters


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_the_recipe_of_its_name(name: str) -> None:
    recipe = load(RECIPES / f"{name}.yaml")

    assert template_layers(name) == recipe.layers
    assert recipe.problems(classes=10) == ()


def test_a_layer_can_be_added_behind_every_map_of_a_template() -> None:
    layers = template_layers("first_cnn")

    assert summarize((layers[0], FRESH["BatchNormalization"], *layers[1:]), (28, 28, 1)).problems == ()
