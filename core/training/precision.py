"""How exactly a training computes: in float32, or, on a graphics processor, mostly in float16."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from core.objective import Training
from core.training.devices import graphics_processors


def policy_of(training: Training) -> str:
    """Keras's policy for ``training``. A processor gains nothing by float16, so there it is float32 in any case."""
    return "mixed_float16" if training.mixed_precision and graphics_processors() else "float32"


@contextmanager
def using(policy: str) -> Iterator[None]:
    """Layers that are made while entered compute by ``policy``."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
