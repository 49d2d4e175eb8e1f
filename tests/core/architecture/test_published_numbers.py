"""Numbers from papers and from the lesson that Layerlab teaches."""

from pathlib import Path

import keras
import pytest

from core.architecture import FRESH, Layer, Residual, Shape, summarize
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.templates import TEMPLATES, template_layers
from core.objective import with_fitting_output
from core.recipe import load

RECIPES = Path(__file__).parents[3] / "recipes"

NETS = [
    ("lenet5", 61_706, 416_520),
    ("vgg16", 138_357_544, 15_470_264_320),
    ("vgg19", 143_667_240, 19_632_062_464),
]


@pytest.mark.parametrize(("name", "parameters", "multiply_adds"), NETS)
def test_famous_nets_have_their_published_size(name: str, parameters: int, multiply_adds: int) -> None:
    summary = load(RECIPES / f"{name}.yaml").summary()

    assert summary.parameters == parameters
    assert summary.multiply_adds == multiply_adds


def test_the_layers_of_lenet5_have_their_published_parameters() -> None:
    readouts = load(RECIPES / "lenet5.yaml").summary().readouts

    assert [readout.parameters for readout in readouts if readout.parameters] == [156, 2_416, 48_120, 10_164, 850]


VGG = {"vgg16": keras.applications.VGG16, "vgg19": keras.applications.VGG19}


@pytest.mark.parametrize("name", VGG)
def test_vgg_is_that_of_keras_layer_by_layer(name: str) -> None:
    with keras.StatelessScope():  # the layers without their half gigabyte of weights
        _, *layers = VGG[name](weights=None).layers

    readouts = load(RECIPES / f"{name}.yaml").summary().readouts

    assert [readout.layer.kind for readout in readouts] == [type(layer).__name__ for layer in layers]
    assert [readout.output_shape for readout in readouts] == [layer.output.shape[1:] for layer in layers]
    assert [readout.parameters for readout in readouts] == [layer.count_params() for layer in layers]


def conv(filters: int, strides: int = 1) -> Conv2D:
    return Conv2D(filters=filters, kernel_size=3, strides=strides, padding="same", use_bias=False)


def basic_block(filters: int, strides: int = 1) -> Residual:
    """He et al. (2015), figure 5, left."""
    norm = BatchNormalization()
    layers = (conv(filters, strides), norm, ReLU(), conv(filters), norm)
    return Residual(layers=layers, activation="relu")


def test_a_block_of_resnet_has_its_published_parameters() -> None:
    block, strided_block = basic_block(64), basic_block(128, strides=2)

    assert block.trained_parameters((56, 56, 64)) == 2 * 9 * 64 * 64 + 2 * 2 * 64 == 73_984
    assert block.parameters((56, 56, 64)) == 73_984 + 2 * 2 * 64
    assert block.multiply_adds((56, 56, 64)) == 56 * 56 * 2 * 9 * 64 * 64
    assert strided_block.output_shape((56, 56, 64)) == (28, 28, 128)
    convolutions = 9 * 64 * 128 + 9 * 128 * 128 + 64 * 128
    assert strided_block.trained_parameters((56, 56, 64)) == convolutions + 2 * 2 * 128 == 229_888
    assert strided_block.multiply_adds((56, 56, 64)) == 28 * 28 * convolutions


def test_resnet18_has_its_published_size() -> None:
    """torchvision's resnet18 has 11,689,512 parameters, 2 × (128 + 256 + 512) of which normalize the projections, and
    1.81 × 10⁹ multiply-adds: https://pytorch.org/vision/stable/models/generated/torchvision.models.resnet18.html"""
    stages = [
        basic_block(filters, strides) for filters in (64, 128, 256, 512) for strides in (1 if filters == 64 else 2, 1)
    ]
    stem = (
        ZeroPadding2D(padding=3),
        Conv2D(filters=64, kernel_size=7, strides=2, use_bias=False),
        BatchNormalization(),
        ReLU(),
        ZeroPadding2D(),
        MaxPooling2D(pool_size=3, strides=2),
    )
    summary = summarize([*stem, *stages, GlobalAveragePooling2D(), Dense(units=1000)], (224, 224, 3))

    assert summary.problems == ()
    assert summary.readouts[-3].output_shape == (7, 7, 512)
    assert summary.trained_parameters == 11_689_512 - 2 * (128 + 256 + 512)
    assert summary.multiply_adds == 1_814_073_344


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
    assert template_layers(name) == load(RECIPES / f"{name}.yaml").layers


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_problem_at_its_own_image_size(name: str) -> None:
    recipe = load(RECIPES / f"{name}.yaml")
    layers = with_fitting_output(recipe.layers, recipe.training.loss, classes=10)

    problems = recipe.model_copy(update={"layers": layers}).problems(classes=10)

    assert [problem for problem in problems if problem.forbids_training or name != "vgg16"] == []


SIDES = {"alexnet_small": (28, 64), "vgg16": (32, 64), "resnet_small": (16, 96), "fully_convolutional": (1, 96)}


@pytest.mark.parametrize(("name", "side"), [(name, side) for name, sides in SIDES.items() for side in sides])
def test_a_template_takes_the_images_that_its_summary_names(name: str, side: int) -> None:
    summary = summarize(template_layers(name), (side, side, 3))

    assert [problem for problem in summary.problems if problem.forbids_training] == []


def test_vgg16_on_smaller_images_is_stopped_at_the_layer_that_finds_nothing_left() -> None:
    (problem,) = summarize(template_layers("vgg16"), (28, 28, 1)).problems

    assert problem.place == (17,)
    assert isinstance(template_layers("vgg16")[17], MaxPooling2D)
    assert "larger than the input of 1 × 1" in str(problem.message)


def test_a_layer_can_be_added_behind_every_map_of_a_template() -> None:
    layers = template_layers("first_cnn")

    assert summarize((layers[0], FRESH["BatchNormalization"], *layers[1:]), (28, 28, 1)).problems == ()
