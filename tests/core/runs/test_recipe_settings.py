"""Settings by their paths, read from recipes as JSON."""

import pytest

from core.recipe import parse
from core.runs.recipe_settings import setting_title, settings_of

RECIPE = parse(
    """
    image: {height: 8, width: 8, channels: 1}
    augmentation: [{kind: RandomFlip}]
    layers:
      - {kind: Conv2D, filters: 4, kernel_size: [3, 5], padding: same}
      - kind: Residual
        layers: [{kind: Conv2D, filters: 4, kernel_size: 3, padding: same}]
      - {kind: Flatten}
      - {kind: Dense, units: 2, activation: softmax}
    training:
      loss: categorical_crossentropy
      optimizer: {kind: SGD, learning_rate: 0.1}
      class_weights: {a.b: 1.5, c: 2}
      metrics: [mean_absolute_error, mean_squared_error]
    """
)


@pytest.mark.parametrize(
    ("path", "value", "title"),
    [
        ("image.height", 8, "image height"),
        ("augmentation.0", "RandomFlip", "augmentation 1"),
        ("layers", 4, "number of layers"),
        ("layers.0", "Conv2D", "layer 1"),
        ("layers.0.filters", 4, "filters of layer 1"),
        ("layers.0.kernel_size", "3 × 5", "kernel size of layer 1"),
        ("layers.1.layers.0.filters", 4, "filters of layer 2.1"),
        ("training.optimizer", "SGD", "optimizer"),
        ("training.optimizer.learning_rate", 0.1, "learning rate"),
        ("training.class_weights", "a.b 1.5, c 2.0", "class weights"),
        ("training.metrics", "mean_absolute_error, mean_squared_error", "further metrics"),
        ("training.mixed_precision", False, "mixed precision"),
    ],
)
def test_a_setting_is_found_by_its_path_and_has_a_title(path, value, title):
    settings = settings_of(RECIPE.model_dump(mode="json"))
    assert settings[path] == value
    assert str(setting_title(path)) == title


@pytest.mark.parametrize("path", ["version", "training.early_stopping", "training.optimizer.kind"])
def test_what_is_none_and_what_is_no_setting_is_left_out(path):
    assert path not in settings_of(RECIPE.model_dump(mode="json"))


def test_every_setting_holds_a_plain_value():
    assert {type(value) for value in settings_of(RECIPE.model_dump(mode="json")).values()} <= {str, int, float, bool}
