"""The answers of a trained model, without TensorFlow: the exported file run by LiteRT."""

from math import prod
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from core.errors import RunError
from core.message import say

WORKING_BYTES = 64 * 2**20
"""About how much memory the maps of one batch may take."""


def predict(model: Path, images: np.ndarray) -> np.ndarray:
    """What the model in the file ``model`` (``.tflite``) answers for ``images``.

    ``images``: uint8, (images, height, width, channels), 0–255, at least one. Returns float32, (images, units).
    Raises RunError where there is no such file.
    """
    if not model.exists():
        raise RunError(say("There is no trained model at {path}. Train the run to its end first.", path=str(model)))
    interpreter = Interpreter(str(model))
    output = _last_output(interpreter)
    batch_size = _batch_size(interpreter)
    batches = [images[start : start + batch_size] for start in range(0, len(images), batch_size)]
    answers = [_answer(interpreter, batch, output) for batch in batches]
    return np.concatenate(answers)


def _answer(interpreter: Interpreter, images: np.ndarray, output: int) -> np.ndarray:
    entry = interpreter.get_input_details()[0]
    if tuple(entry["shape"]) != images.shape:
        interpreter.resize_tensor_input(entry["index"], images.shape)
        interpreter.allocate_tensors()
    interpreter.set_tensor(entry["index"], images.astype(np.float32))
    interpreter.invoke()
    return interpreter.get_tensor(output).copy()


def _last_output(interpreter: Interpreter) -> int:
    """The tensor of the last layer: the exported model gives the output of every layer, in order, by numbered names."""
    outputs = interpreter.get_signature_runner("serving_default").get_output_details()
    last = max(outputs, key=lambda name: int(name.removeprefix("output_")))
    return outputs[last]["index"]


def _batch_size(interpreter: Interpreter) -> int:
    numbers_per_image = sum(prod(details["shape"][1:]) for details in interpreter.get_tensor_details())
    return int(np.clip(WORKING_BYTES // (4 * max(numbers_per_image, 1)), 1, 256))
