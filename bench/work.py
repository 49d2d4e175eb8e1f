"""The work that all contenders do: the net, how many images it learns from, and what an epoch of that costs."""

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.dataset.image_size import ImageSize
from core.objective import Adam, Training
from core.recipe import Recipe

TRAINING_IMAGES = 4_200
VALIDATION_IMAGES = 900
CLASSES = 10
BATCH_SIZE = 32

LAYERS = (
    Conv2D(filters=32, kernel_size=5, activation="relu"),
    MaxPooling2D(pool_size=2),
    Conv2D(filters=64, kernel_size=3, activation="relu"),
    MaxPooling2D(pool_size=2),
    Flatten(),
    Dense(units=CLASSES, activation="softmax"),
)

FORWARD, FORWARD_AND_BACKWARD = 1, 3
"""Passes over the net, by their cost: the gradients of the weights and of the maps cost a forward pass each."""

OPERATIONS_PER_MULTIPLY_ADD = 2


def recipe(epochs: int, seed: int = 0) -> Recipe:
    """The net and its training, for images that are divided into 70 % training, 15 % validation and 15 % test."""
    training = Training(
        loss="categorical_crossentropy", optimizer=Adam(), batch_size=BATCH_SIZE, epochs=epochs, seed=seed
    )
    return Recipe(image=ImageSize(height=28, width=28, channels=1), layers=LAYERS, training=training)


def operations_per_epoch() -> int:
    """Floating-point operations of the multiply-adds of an epoch, validation included; all else is left out."""
    passes = TRAINING_IMAGES * FORWARD_AND_BACKWARD + VALIDATION_IMAGES * FORWARD
    return recipe(epochs=1).summary().multiply_adds * OPERATIONS_PER_MULTIPLY_ADD * passes
