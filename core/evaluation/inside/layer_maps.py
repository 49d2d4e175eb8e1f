"""What every layer of a trained model makes of one image, without TensorFlow."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from core.architecture import Layer, Place


def layer_outputs(model: Path, layers: Sequence[Layer], image: np.ndarray) -> dict[Place, np.ndarray]:
    """The output of each layer that is on, float32, (height, width, channels) or (units,), by its place, in order.

    ``model`` is the exported file (``.tflite``) of a net with the ``layers`` of a recipe, which has an output for each
    of them and none for those inside a Residual. ``image``: uint8, (height, width, channels), 0–255.
    """
    signature = Interpreter(str(model)).get_signature_runner("serving_default")
    (entry,) = signature.get_input_details()
    outputs = signature(**{entry: image[np.newaxis].astype(np.float32)})
    on = (position for position, layer in enumerate(layers) if not layer.disabled)
    return {(position,): outputs[f"output_{number}"][0] for number, position in enumerate(on)}
