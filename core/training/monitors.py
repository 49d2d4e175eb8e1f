"""Keras's own callbacks that look at the figures of each epoch: the best epoch, early stopping, plateaus."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from core.objective import Training
from core.training.build import Parts

MODES = {"val_loss": "min", "val_accuracy": "max"}
FOR_EVER = 10**9

MEMORY: dict[type[keras.callbacks.Callback], tuple[str, ...]] = {
    keras.callbacks.EarlyStopping: ("wait", "stopped_epoch", "best", "best_epoch"),
    keras.callbacks.ReduceLROnPlateau: ("wait", "cooldown_counter", "best"),
}
"""What each of them remembers from one epoch to the next, besides the best weights."""


class Monitors:
    """To be told the figures of each epoch. ``is_over``: the training should end early."""

    def __init__(self, parts: Parts, training: Training) -> None:
        self._watched = _Watched(parts)
        monitor = training.keep_best or "val_loss"
        self._best = keras.callbacks.EarlyStopping(
            monitor, mode=MODES[monitor], patience=FOR_EVER, restore_best_weights=True
        )
        self._callbacks: dict[str, keras.callbacks.Callback] = {"best": self._best}
        if training.early_stopping:
            arguments = training.early_stopping.keras_arguments()
            mode = MODES[training.early_stopping.monitor]
            self._callbacks["early_stopping"] = keras.callbacks.EarlyStopping(**arguments, mode=mode)
        if training.reduce_on_plateau:
            arguments = training.reduce_on_plateau.keras_arguments()
            mode = MODES[training.reduce_on_plateau.monitor]
            self._callbacks["reduce_on_plateau"] = keras.callbacks.ReduceLROnPlateau(**arguments, mode=mode)
        for callback in self._callbacks.values():
            callback.set_model(self._watched)
            callback.on_train_begin()

    @property
    def is_over(self) -> bool:
        return self._watched.stop_training

    @property
    def best_epoch(self) -> int | None:
        """The epoch, from 1, with the best figure so far on the validation images."""
        return None if self._best.best_weights is None else self._best.best_epoch + 1

    def on_epoch(self, epoch: int, figures: Mapping[str, float]) -> float:
        """Looks at the figures of ``epoch``, from 1; returns what the learning rate is to be multiplied with."""
        rate = self._watched.optimizer.learning_rate
        before = float(rate.numpy())
        for callback in self._callbacks.values():
            callback.on_epoch_end(epoch - 1, dict(figures))
        after = float(rate.numpy())
        return after / before if before else 1.0

    def restore_best(self) -> None:
        """Gives the model the weights of the best epoch; leaves it as it is before the first."""
        self._best.on_train_end()

    def go_further(self) -> None:
        """For a training that is to go on beyond its end: patience begins anew."""
        self._watched.stop_training = False
        for name in ("early_stopping", "reduce_on_plateau"):
            if name in self._callbacks:
                self._callbacks[name].wait = 0

    def content(self) -> dict[str, Any]:
        """What they remember, as JSON values; `best_weights` is the rest."""
        memories = {
            name: {word: _plain(getattr(callback, word)) for word in MEMORY[type(callback)]}
            for name, callback in self._callbacks.items()
        }
        return {"is_over": self.is_over, "callbacks": memories}

    @property
    def best_weights(self) -> list[np.ndarray]:
        """The weights of the best epoch; none before the first."""
        return self._best.best_weights or []

    def recall(self, content: Mapping[str, Any], best_weights: list[np.ndarray]) -> None:
        """Has them remember what `content` and `best_weights` gave."""
        self._watched.stop_training = content["is_over"]
        for name, memory in content["callbacks"].items():
            for word, value in memory.items():
                setattr(self._callbacks[name], word, value)
        self._best.best_weights = best_weights or None


@dataclass
class _Watched:
    """What the callbacks want of a model: it is not compiled, since the loop is our own."""

    parts: Parts
    stop_training: bool = False

    @property
    def optimizer(self) -> keras.optimizers.Optimizer:
        return getattr(self.parts.optimizer, "inner_optimizer", self.parts.optimizer)

    def get_weights(self) -> list[np.ndarray]:
        return self.parts.model.get_weights()

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.parts.model.set_weights(weights)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
