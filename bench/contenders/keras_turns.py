"""Has Keras's ``fit`` wait for its turn before each epoch."""

from typing import Any

import keras

from bench.contenders.turns import Turns


class KerasTurns(keras.callbacks.Callback):
    """A turn is an epoch of ``fit``, its validation included."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._turns.wait()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self._turns.done(logs["val_accuracy"])
