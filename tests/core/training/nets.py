"""Small recipes and images for the tests, and trainings that keep what they reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from core.architecture import Layer
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.dataset.image_size import ImageSize
from core.objective import Training
from core.recipe import Recipe
from core.runs.progress import EpochMetrics, StepMetrics
from core.training.build import Parts, assemble, build
from core.training.data import Examples, TrainingData, encode
from core.training.loop import Outcome, fit

CLASSES = 3
SOFTMAX = Dense(units=CLASSES, activation="softmax")
SMALL_NET = (Conv2D(filters=4, kernel_size=3, activation="relu"), AveragePooling2D(), Flatten(), SOFTMAX)
NORMALIZED_NET = (Conv2D(filters=4, kernel_size=3), BatchNormalization(momentum=0.9), Flatten(), SOFTMAX)
RANDOM_NET = (Conv2D(filters=4, kernel_size=3), BatchNormalization(), Flatten(), Dropout(rate=0.5), SOFTMAX)


def recipe_of(
    layers: Sequence[Layer],
    size: tuple[int, int, int] = (8, 8, 1),
    loss: str = "categorical_crossentropy",
    **training: Any,
) -> Recipe:
    height, width, channels = size
    settings = {"loss": loss, "optimizer": {"kind": "Adam"}, "batch_size": 8, "epochs": 2} | training
    image = ImageSize(height=height, width=width, channels=channels)
    return Recipe(image=image, layers=tuple(layers), training=Training.model_validate(settings))


def parts_of(recipe: Recipe) -> Parts:
    keras.utils.set_random_seed(recipe.training.seed)
    return assemble(build(recipe), recipe.training)


def some_images(count: int, size: tuple[int, int, int] = (8, 8, 1), seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Noise with one brighter row for each class, and the classes: something that can be learned in a few steps."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, CLASSES, count)
    images = random.integers(0, 128, (count, *size), dtype=np.uint8)
    images[np.arange(count), 2 * labels + 1] += 100
    return images, labels


def some_data(
    parts: Parts, size: tuple[int, int, int] = (8, 8, 1), images: int = 44, classes: int = CLASSES
) -> TrainingData:
    """44 training images make batches of 8 with one smaller batch behind them; 21 validation images as well."""

    def examples(count: int, seed: int) -> Examples:
        pixels, labels = some_images(count, size, seed)
        return Examples(pixels, encode(labels % classes, parts.labels, parts.model.output_shape[-1]))

    return TrainingData(examples(images, seed=1), examples(21, seed=2))


@dataclass(frozen=True)
class Report:
    """What a training told while it ran."""

    outcome: Outcome
    steps: list[StepMetrics]
    epochs: list[EpochMetrics]
    calls: int

    @property
    def history(self) -> list[tuple[float | None, ...]]:
        """Loss, accuracy, validation loss and validation accuracy of each epoch."""
        return [(epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy) for epoch in self.epochs]


def train(
    recipe: Recipe, parts: Parts, data: TrainingData, stop_after_calls: int | None = None, **options: Any
) -> Report:
    calls: list[list[StepMetrics]] = []
    epochs: list[EpochMetrics] = []
    outcome = fit(
        parts,
        data,
        recipe.training,
        on_steps=calls.append,
        on_epoch=epochs.append,
        should_stop=lambda: len(calls) == stop_after_calls,
        **options,
    )
    return Report(outcome, [step for call in calls for step in call], epochs, len(calls))
