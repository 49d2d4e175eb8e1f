"""A recipe that was trained comes back from the file of its model: Keras, which builds both, is the oracle."""

import json
from pathlib import Path
from typing import Any

import keras
import pytest
from hypothesis import assume, given

from core.architecture import FRESH, Layer, Residual, Shape
from core.architecture.keras_file import read_keras_model
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.regularizers import L1L2
from core.recipe import load
from core.training.build import build
from tests.core.architecture.keras_file.models import as_file, imported, layers_of
from tests.core.architecture.stacks import image_shapes, stacks
from tests.core.training.nets import recipe_of

RECIPES = Path(__file__).parents[4] / "recipes"


def without_names(model: keras.Model) -> list[tuple[str, dict[str, Any], list[int]]]:
    """Every layer with its configuration and the positions of the layers that it is called with."""
    layers = json.loads(model.to_json())["config"]["layers"]
    positions = {layer["name"]: position for position, layer in enumerate(layers)}
    return [(*_anonymous(layer["class_name"], layer["config"]), _sources(layer, positions)) for layer in layers]


def _anonymous(kind: str, config: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A plain ReLU behind an addition comes back as the activation of the Residual."""
    arguments = {key: value for key, value in config.items() if key not in ("name", "trainable", "dtype")}
    if (kind, arguments) == ("ReLU", {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}):
        return "Activation", {"activation": "relu"}
    return kind, arguments


def _sources(layer: dict[str, Any], positions: dict[str, int]) -> list[int]:
    found = []
    for node in layer["inbound_nodes"]:
        (tensors,) = node["args"]
        tensors = tensors if isinstance(tensors, list) else [tensors]
        found += [positions[tensor["config"]["keras_history"][0]] for tensor in tensors]
    return found


@given(layers=stacks, image=image_shapes)
def test_the_layers_of_a_model_that_was_built_from_layers_build_the_same_model(
    layers: list[Layer], image: Shape
) -> None:
    recipe = recipe_of(layers, size=image)
    assume(recipe.summary().output_shape is not None and any(not layer.disabled for layer in layers))
    model = build(recipe)

    net = imported(model)
    again = build(recipe_of(net.layers, size=image))

    assert without_names(again) == without_names(model)
    assert layers_of(again) == net.layers
    assert (net.input_shape, net.notes) == (image, ())


STACKS = [
    list(FRESH.values())[:4],
    [Residual(layers=(Conv2D(filters=8, kernel_size=3, strides=2, padding="same"), FRESH["BatchNormalization"]))],
    [
        Residual(
            layers=(Residual(layers=(FRESH["Residual"], FRESH["Dropout"]), activation="gelu"), FRESH["LeakyReLU"]),
            activation="relu",
        ),
        FRESH["ReLU"],
    ],
    [Flatten(), Residual(layers=(Dense(units=8, kernel_regularizer=L1L2(l1=0.1, l2=0.003)),), activation="linear")],
]


@pytest.mark.parametrize("layers", STACKS)
def test_layers_come_back_as_they_were(layers: list[Layer]) -> None:
    assert layers_of(build(recipe_of(layers, size=(32, 32, 3)))) == tuple(layers)


@pytest.mark.parametrize("name", ["first_cnn", "lenet5", "vgg_small"])
def test_a_recipe_comes_back_from_the_file_of_its_model(name: str, tmp_path: Path) -> None:
    recipe = load(RECIPES / f"{name}.yaml")

    net = read_keras_model(as_file(build(recipe), tmp_path), "model.keras")

    assert (net.layers, net.input_shape) == (recipe.layers, recipe.image.shape)
    assert [str(note) for note in net.notes] == ["Weights are left out: a recipe has none, and training begins anew."]
