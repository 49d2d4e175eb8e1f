"""A batch that cores compute in shares teaches what the whole batch teaches."""

from typing import Any

import keras
import numpy as np
import pytest

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.regularizers import L2
from core.augmentation.random_translation import RandomTranslation
from core.recipe import Recipe
from core.training.build import assemble, build
from core.training.data import TrainingData
from tests.core.training.nets import SMALL_NET, SOFTMAX, Report, recipe_of, some_data, train

ONE_LEFT_OVER = 41
"""Training images: five batches of 8, and one of a single image."""
SGD = {"kind": "SGD", "learning_rate": 0.05, "momentum": 0.9}
REGULARIZED = (Conv2D(filters=4, kernel_size=3, kernel_regularizer=L2(l2=0.01)), Flatten(), SOFTMAX)
RANDOM = (Conv2D(filters=4, kernel_size=3), Dropout(rate=0.5), Flatten(), SOFTMAX)


@pytest.mark.parametrize(
    ("layers", "weights", "shares"),
    [(SMALL_NET, None, 8), (SMALL_NET, (1.0, 0.2, 3.0), 3), (REGULARIZED, None, 2)],
    ids=["plain", "weighted classes", "regularized"],
)
def test_shares_learn_what_the_whole_learns(layers, weights, shares):
    recipe = recipe_of(layers, optimizer=SGD)
    data = {"images": ONE_LEFT_OVER, "class_weights": weights}
    (whole, whole_weights), (shared, shared_weights) = learned(recipe, 1, **data), learned(recipe, shares, **data)
    np.testing.assert_allclose(shared.history, whole.history, rtol=1e-4)
    np.testing.assert_allclose([step.loss for step in shared.steps], [step.loss for step in whole.steps], rtol=1e-4)
    for array, of_whole in zip(shared_weights, whole_weights, strict=True):
        np.testing.assert_allclose(array, of_whole, atol=1e-5)


def test_random_layers_and_augmentation_draw_the_same_numbers_each_time():
    recipe = recipe_of(RANDOM, augmentation=[RandomTranslation(height_factor=0.2, width_factor=0.2)])
    (once, weights), (again, same_weights) = learned(recipe, 2), learned(recipe, 2)
    assert again.history == once.history
    assert all(np.array_equal(array, same) for array, same in zip(weights, same_weights, strict=True))


def learned(recipe: Recipe, shares: int, **data: Any) -> tuple[Report, list[np.ndarray]]:
    keras.utils.set_random_seed(recipe.training.seed)
    parts = assemble(build(recipe), recipe.training, recipe.augmentation, shares=shares)
    examples: TrainingData = some_data(parts, **data)
    return train(recipe, parts, examples), parts.model.get_weights()
