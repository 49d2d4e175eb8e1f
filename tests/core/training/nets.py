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
from core.augmentation import Augmentation
from core.dataset.image_size import ImageSize
from core.objective import Training
from core.recipe import Recipe
from core.runs.progress import EpochMetrics, Live, Orders, RateChange, StepMetrics
from core.training.build import Parts, assemble, build
from core.training.data import Examples, TrainingData, encode
from core.training.loop import Outcome, Result, fit
from core.training.watcher import Nobody

CLASSES = 3
SOFTMAX = Dense(units=CLASSES, activation="softmax")
SMALL_NET = (Conv2D(filters=4, kernel_size=3, activation="relu"), AveragePooling2D(), Flatten(), SOFTMAX)
NORMALIZED_NET = (Conv2D(filters=4, kernel_size=3), BatchNormalization(momentum=0.9), Flatten(), SOFTMAX)
RANDOM_NET = (Conv2D(filters=4, kernel_size=3), BatchNormalization(), Flatten(), Dropout(rate=0.5), SOFTMAX)


def recipe_of(
    layers: Sequence[Layer],
    size: tuple[int, int, int] = (8, 8, 1),
    loss: str = "categorical_crossentropy",
    augmentation: Sequence[Augmentation] = (),
    **training: Any,
) -> Recipe:
    height, width, channels = size
    settings = {"loss": loss, "optimizer": {"kind": "Adam"}, "batch_size": 8, "epochs": 2} | training
    image = ImageSize(height=height, width=width, channels=channels)
    return Recipe(
        image=image,
        layers=tuple(layers),
        augmentation=tuple(augmentation),
        training=Training.model_validate(settings),
    )


def parts_of(recipe: Recipe) -> Parts:
    keras.utils.set_random_seed(recipe.training.seed)
    return assemble(build(recipe), recipe.training, recipe.augmentation)


def some_images(count: int, size: tuple[int, int, int] = (8, 8, 1), seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Noise with one brighter row for each class, and the classes: something that can be learned in a few steps."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, CLASSES, count)
    images = random.integers(0, 128, (count, *size), dtype=np.uint8)
    images[np.arange(count), 2 * labels + 1] += 100
    return images, labels


def some_data(
    parts: Parts,
    size: tuple[int, int, int] = (8, 8, 1),
    images: int = 44,
    classes: int = CLASSES,
    class_weights: Sequence[float] | None = None,
) -> TrainingData:
    """44 training images make batches of 8 with one smaller batch behind them; 21 validation images as well."""

    def examples(count: int, seed: int, class_weights: Sequence[float] | None = None) -> Examples:
        pixels, labels = some_images(count, size, seed)
        weights = None if class_weights is None else np.array(class_weights, np.float32)[labels % classes]
        encoded = encode(labels % classes, parts.labels, parts.model.output_shape[-1])
        return Examples.of(pixels, encoded, weights)

    return TrainingData(examples(images, 1, class_weights), examples(21, seed=2))


@dataclass(frozen=True)
class Report:
    """What a training told while it ran."""

    outcome: Outcome
    kept_epoch: int | None
    steps: list[StepMetrics]
    epochs: list[EpochMetrics]
    calls: int

    @property
    def history(self) -> list[tuple[float | None, ...]]:
        """Loss, accuracy, validation loss and validation accuracy of each epoch."""
        return [(epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy) for epoch in self.epochs]


class Recorder(Nobody):
    """Keeps what it is told, and wants a stop or a pause after so many calls, and other learning rates."""

    def __init__(
        self,
        stop_after_calls: int | None = None,
        pause_after_calls: int | None = None,
        rate_changes: Sequence[RateChange] = (),
    ) -> None:
        self.calls: list[Sequence[StepMetrics]] = []
        self.epochs: list[EpochMetrics] = []
        self.applied: list[RateChange] = []
        self._rate_changes = tuple(rate_changes)
        self._stop_after_calls = stop_after_calls
        self._pause_after_calls = pause_after_calls

    def on_steps(self, steps: Sequence[StepMetrics], live: Live) -> None:
        self.calls.append(steps)

    def on_epoch(self, epoch: EpochMetrics) -> None:
        self.epochs.append(epoch)

    def on_rate_change(self, change: RateChange) -> None:
        self.applied.append(change)

    def orders(self) -> Orders:
        calls = len(self.calls)
        return Orders(calls == self._stop_after_calls, calls == self._pause_after_calls, self._rate_changes)

    def report(self, result: Result) -> Report:
        steps = [step for call in self.calls for step in call]
        return Report(result.outcome, result.kept_epoch, steps, self.epochs, len(self.calls))


def train(
    recipe: Recipe,
    parts: Parts,
    data: TrainingData,
    stop_after_calls: int | None = None,
    pause_after_calls: int | None = None,
    **options: Any,
) -> Report:
    recorder = Recorder(stop_after_calls, pause_after_calls)
    return recorder.report(fit(parts, data, recipe.training, recorder, **options))
