"""The files that a trained model leaves in its run's folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

import keras

from core.architecture import Layer
from core.training.build import layer_output

KERAS_FILE = "model.keras"
LITERT_FILE = "model.tflite"


def save_model(model: keras.Model, layers: Sequence[Layer], folder: Path) -> None:
    """Write ``model``, built from the ``layers`` of a recipe, as `KERAS_FILE` and `LITERT_FILE` into ``folder``.

    Both take float32 images of 0–255, (images, height, width, channels), any number at a time. The LiteRT file has the
    signature ``serving_default`` with the outputs ``output_0``, ``output_1``, …: one for each layer of the recipe that
    is not disabled. The last is the prediction, a number to predict in its own units.
    """
    enabled = (position for position, layer in enumerate(layers) if not layer.disabled)
    model_with_maps = keras.Model(model.input, [layer_output(model, (position,)) for position in enabled])
    _write(folder / KERAS_FILE, model.save)
    _write(folder / LITERT_FILE, lambda path: model_with_maps.export(path, format="litert", verbose=False))


def _write(path: Path, write: Callable[[Path], None]) -> None:
    """``path`` is there as a whole or not at all. Keras wants the suffix, so the temporary name has it too."""
    unfinished = path.with_name(f".unfinished-{path.name}")
    write(unfinished)
    unfinished.replace(path)
