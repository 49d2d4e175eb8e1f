"""The learning rate of each step: the schedule's, times a factor that a plateau or a person changes."""

from collections.abc import Sequence

import numpy as np

from core.objective import Training
from core.runs.progress import RateChange


class LearningRate:
    """Steps are counted over the whole run from 1. ``factor`` is 1 until something changes it."""

    def __init__(self, training: Training, steps_per_epoch: int, factor: float = 1.0) -> None:
        self._training = training
        self._steps_per_epoch = steps_per_epoch
        self.factor = factor

    def at(self, step: int) -> float:
        """The rate of ``step`` as things stand."""
        return self.factor * self._scheduled(step)

    def set(self, step: int, rate: float) -> None:
        """From ``step`` on the schedule runs on in proportion, so that ``step`` itself has ``rate``.

        Where the schedule gives 0 at that step, as at the start of a warm-up, its full rate is taken instead.
        """
        self.factor = rate / (self._scheduled(step) or self._training.optimizer.learning_rate)

    def of(self, first: int, count: int, changes: Sequence[RateChange]) -> np.ndarray:
        """The rates of ``count`` steps from ``first`` on, float32, with the ``changes`` that fall on them applied."""
        due = {change.step + 1: change.learning_rate for change in changes if change.step is not None}
        rates = []
        for step in range(first, first + count):
            if step in due:
                self.set(step, due[step])
            rates.append(self.at(step))
        return np.array(rates, np.float32)

    def _scheduled(self, step: int) -> float:
        training = self._training
        return training.schedule.rate(
            step - 1, training.optimizer.learning_rate, self._steps_per_epoch, training.epochs
        )
