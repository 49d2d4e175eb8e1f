"""The answers of a trained model, without TensorFlow: the exported file run by LiteRT."""

from math import prod
from pathlib import Path
from threading import Lock

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from core.errors import RunError
from core.message import say

WORKING_BYTES = 64 * 2**20
"""About how much memory the maps of one batch may take."""


def predict(model: Path, images: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """What the model in the file ``model`` (``.tflite``) answers for ``images``, as `Predictor.predict` says."""
    return Predictor(model).predict(images, rows)


class Predictor:
    """The model in a file (``.tflite``), loaded once. Threads may share it: they are answered one after the other."""

    def __init__(self, model: Path) -> None:
        """Raises RunError where there is no such file."""
        if not model.exists():
            raise RunError(say("There is no trained model at {path}. Train the run to its end first.", path=str(model)))
        self._interpreter = Interpreter(str(model))
        self._output = _last_output(self._interpreter)
        self._batch_size = _batch_size(self._interpreter)
        self._interpreter.allocate_tensors()  # for one image, which is what the file is made for
        self._lock = Lock()

    def predict(self, images: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """What the model answers for ``images``, uint8, (images, height, width, channels), 0–255, at least one.

        With ``rows`` for those at these positions, in that order. Of an array in a file, a batch at a time is read into
        memory, and nothing else. Returns float32, (images, units).
        """
        batches = self._slices(len(images)) if rows is None else [rows[each] for each in self._slices(len(rows))]
        with self._lock:
            return np.concatenate([self._answer(images[batch]) for batch in batches])

    def _slices(self, images: int) -> list[slice]:
        return [slice(start, start + self._batch_size) for start in range(0, images, self._batch_size)]

    def _answer(self, images: np.ndarray) -> np.ndarray:
        entry = self._interpreter.get_input_details()[0]
        if tuple(entry["shape"]) != images.shape:
            self._interpreter.resize_tensor_input(entry["index"], images.shape)
            self._interpreter.allocate_tensors()
        self._interpreter.set_tensor(entry["index"], images.astype(np.float32))
        self._interpreter.invoke()
        return self._interpreter.get_tensor(self._output).copy()


def _last_output(interpreter: Interpreter) -> int:
    """The tensor of the last layer: the exported model gives the output of every layer, in order, by numbered names."""
    outputs = interpreter.get_signature_runner("serving_default").get_output_details()
    last = max(outputs, key=lambda name: int(name.removeprefix("output_")))
    return outputs[last]["index"]


def _batch_size(interpreter: Interpreter) -> int:
    numbers_per_image = sum(prod(details["shape"][1:]) for details in interpreter.get_tensor_details())
    return int(np.clip(WORKING_BYTES // (4 * max(numbers_per_image, 1)), 1, 256))
