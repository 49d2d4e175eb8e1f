"""What a spare process does ahead of time, so that a run starts at once."""

import keras
import numpy as np

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.dataset.image_size import ImageSize
from core.objective import Adam, Training
from core.recipe import Recipe
from core.training.build import assemble, build
from core.training.data import Examples, TrainingData
from core.training.loop import fit
from core.training.watcher import Nobody


def warm_up() -> None:
    """Train a tiny net for a step: what TensorFlow loads and starts for the first graph of a process is then there."""
    training = Training(loss="categorical_crossentropy", optimizer=Adam(), batch_size=2)
    layers = (Conv2D(filters=1, kernel_size=3), Flatten(), Dense(units=2, activation="softmax"))
    recipe = Recipe(image=ImageSize(height=4, width=4, channels=1), layers=layers, training=training)
    examples = Examples.of(np.zeros((2, *recipe.image.shape), np.uint8), np.eye(2, dtype=np.float32))
    fit(assemble(build(recipe), training), TrainingData(examples, examples), training, Nobody())
    keras.backend.clear_session()
