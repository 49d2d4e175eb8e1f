"""The course of a training: epochs of shuffled batches, each followed by a look at the validation images."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from time import perf_counter

import numpy as np

from core.errors import RunError
from core.message import say
from core.objective import Training
from core.runs.progress import EpochMetrics, StepMetrics
from core.training.batches import Pace, chunks, shuffled
from core.training.build import Parts
from core.training.data import TrainingData
from core.training.figures import Figures
from core.training.steps import Graph, training_graph, validation_graph


class Outcome(Enum):
    """How a training ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"


def fit(
    parts: Parts,
    data: TrainingData,
    training: Training,
    on_steps: Callable[[list[StepMetrics]], None],
    on_epoch: Callable[[EpochMetrics], None],
    should_stop: Callable[[], bool],
    chunk_seconds: float = 0.25,
) -> Outcome:
    """Train ``parts.model`` on ``data.train`` as Keras's ``fit`` does, for all epochs or until ``should_stop()``.

    Batches are run in chunks of about ``chunk_seconds``, but at least one batch; what is learned does not depend on it.
    Before each chunk ``should_stop`` is asked; after each chunk of training ``on_steps`` gets its figures. An epoch
    that was stopped is not reported to ``on_epoch``. RunError as soon as a loss is not a finite number.
    """
    course = _Course(
        training,
        _Pass(training_graph(parts, data.train), training.batch_size, Pace(chunk_seconds), should_stop),
        _Pass(validation_graph(parts, data.validation), training.batch_size, Pace(chunk_seconds), should_stop),
        images=len(data.train),
        validation_images=len(data.validation),
        on_steps=on_steps,
    )
    try:
        for epoch in range(1, training.epochs + 1):
            on_epoch(course.epoch(epoch))
    except _Stopped:
        return Outcome.STOPPED
    return Outcome.COMPLETED


class _Stopped(Exception):  # noqa: N818 (it is no error)
    """Somebody asked to stop."""


@dataclass(frozen=True)
class _Pass:
    """A way of going through images, a chunk of batches at a time."""

    graph: Graph
    batch_size: int
    pace: Pace
    should_stop: Callable[[], bool]

    def over(self, order: np.ndarray) -> Iterator[Figures]:
        """The figures of each chunk of the images at the positions ``order``."""
        for chunk in chunks(order, self.batch_size, self.pace):
            if self.should_stop():
                raise _Stopped
            started = perf_counter()
            losses, accuracies = self.graph(chunk)
            figures = Figures(losses.numpy(), accuracies.numpy(), np.full(len(chunk), chunk.shape[1]))
            self.pace.learn(len(chunk), perf_counter() - started)
            yield figures


@dataclass(frozen=True)
class _Course:
    """One training, epoch by epoch."""

    training: Training
    learning: _Pass
    judging: _Pass
    images: int
    validation_images: int
    on_steps: Callable[[list[StepMetrics]], None]

    def epoch(self, epoch: int) -> EpochMetrics:
        """Learn from every training image once, then judge the net on the validation images."""
        started = perf_counter()
        loss, accuracy = self._learn(epoch)
        val_loss, val_accuracy = self._judge(epoch)
        return EpochMetrics(epoch, loss, accuracy, val_loss, val_accuracy, seconds=perf_counter() - started)

    def _learn(self, epoch: int) -> tuple[float, float]:
        done: list[Figures] = []
        step = (epoch - 1) * self.training.updates_per_epoch(self.images)
        for figures in self.learning.over(shuffled(self.training.seed, epoch, self.images)):
            self._refuse_divergence(figures, epoch)
            self.on_steps([StepMetrics(step + i, *means) for i, means in enumerate(figures.per_batch(), start=1)])
            step += len(figures)
            done.append(figures)
        return Figures.joined(done).means()

    def _judge(self, epoch: int) -> tuple[float, float]:
        figures = Figures.joined(list(self.judging.over(np.arange(self.validation_images, dtype=np.int32))))
        self._refuse_divergence(figures, epoch)
        return figures.means()

    def _refuse_divergence(self, figures: Figures, epoch: int) -> None:
        loss = next((loss for loss, _ in figures.per_batch() if not isfinite(loss)), None)
        if loss is None:
            return
        rate = self.training.optimizer.learning_rate
        raise RunError(
            say(
                "The training broke down in epoch {epoch}: the loss is not a finite number any more (received {loss}). "
                "The learning rate of {rate:g} is probably too high: try {lower:g}.",
                epoch=epoch,
                loss=str(loss),
                rate=rate,
                lower=rate / 10,
            )
        )
