"""The course of a training: epochs of shuffled batches, each followed by a look at the validation images."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from math import isfinite
from time import perf_counter
from typing import Any

import numpy as np

from core.errors import RunError
from core.objective import Training
from core.runs.breakdown import breakdown
from core.runs.progress import EpochMetrics, Live, RateChange, StepMetrics
from core.training.batches import Pace, chunks, read_ahead, shuffled
from core.training.build import Parts
from core.training.checkpoint import Checkpoints, Snapshot
from core.training.data import Batches, Examples, TrainingData
from core.training.epoch_files import EpochFiles
from core.training.figures import Figures
from core.training.learning_rate import LearningRate
from core.training.memory import resident_bytes
from core.training.monitors import Monitors
from core.training.speed import Speed
from core.training.steps import Graph, training_graph, validation_graph
from core.training.watcher import Watcher

CHUNK_SECONDS = 0.1


class Outcome(Enum):
    """How a training ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    PAUSED = "paused"


@dataclass(frozen=True)
class Result:
    """``kept_epoch``: the epoch whose weights the model has now, where they are not the last ones."""

    outcome: Outcome
    kept_epoch: int | None = None


def fit(
    parts: Parts,
    data: TrainingData,
    training: Training,
    watcher: Watcher,
    checkpoints: Checkpoints | None = None,
    chunk_seconds: float = CHUNK_SECONDS,
    epoch_files: EpochFiles | None = None,
) -> Result:
    """Train ``parts.model`` on ``data.train`` as Keras's ``fit`` does, for all epochs or as long as it is wanted.

    Batches are run in chunks of about ``chunk_seconds``, but at least one batch; what is learned does not depend on it.
    Before each chunk the ``watcher`` is asked for orders; after each chunk of training it gets the figures. With
    ``checkpoints`` it goes on from the last one, and leaves one where it ends; ``epoch_files`` keep the weights of
    epochs. A training that was interrupted, or that is to keep the best epoch, leaves the model with the weights of
    that. RunError as soon as a loss is not a finite number.
    """
    course = Course(parts, data, training, watcher, checkpoints, chunk_seconds, epoch_files)
    try:
        course.run()
    except _Interrupted as interruption:
        outcome = interruption.outcome
    else:
        outcome = Outcome.COMPLETED
    course.save()
    keeps_best = outcome is not Outcome.COMPLETED or training.keep_best is not None
    kept_epoch = course.monitors.best_epoch if keeps_best else None
    if epoch_files is not None:
        epoch_files.on_end(course.epoch, kept_epoch, course.monitors.best_weights)
    if keeps_best:
        course.monitors.restore_best()
    return Result(outcome, kept_epoch)


class _Interrupted(Exception):  # noqa: N818 (it is no error)
    """Somebody asked to stop or to pause."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Course:
    """One training on its way: ``epoch`` and ``step`` are how many are done, steps over the whole run."""

    def __init__(
        self,
        parts: Parts,
        data: TrainingData,
        training: Training,
        watcher: Watcher,
        checkpoints: Checkpoints | None,
        chunk_seconds: float,
        epoch_files: EpochFiles | None,
    ) -> None:
        self.epoch = self.step = 0
        self.monitors = Monitors(parts, training)
        self._parts, self._data, self._training = parts, data, training
        self._watcher, self._checkpoints, self._epoch_files = watcher, checkpoints, epoch_files
        self._steps_per_epoch = training.updates_per_epoch(len(data.train))
        self._rate = LearningRate(training, self._steps_per_epoch)
        self._changes: dict[int, RateChange] = {}
        self._learned = self._judged = Figures.none(parts.figures)
        self._seconds = 0.0
        self._validation_seconds: float | None = None
        self._speed, self._judging_speed = Speed(), Speed()
        most = checkpoints.interval.steps if checkpoints else None
        self._learning = _Pass(training_graph(parts, data.train.weights is not None), Pace(chunk_seconds, most))
        self._judging = _Pass(validation_graph(parts), Pace(chunk_seconds))
        self._resume()

    def run(self) -> None:
        """To the end of the last epoch, or until early stopping ends it."""
        while self.epoch < self._training.epochs and not self.monitors.is_over:
            self._learn()
            self._judge()
            self._end_epoch()

    def save(self) -> None:
        """Leaves a checkpoint of what is done."""
        if self._checkpoints is not None:
            self._watcher.on_checkpoint()
            self._checkpoints.write(self._snapshot())
            self._secure_weights()

    def _learn(self) -> None:
        training, done = self._training, self.step - self.epoch * self._steps_per_epoch
        order = shuffled(training.seed, self.epoch + 1, len(self._data.train))
        chunks = self._learning.chunks(self._data.train, order, training.batch_size, done)
        for batches in chunks:
            self._obey()
            count = batches["images"].shape[0]
            rates = self._rate.of(self.step + 1, count, list(self._changes.values()))
            figures, seconds = self._learning.run({**batches, "rates": rates}, self._parts)
            self._refuse_divergence(figures, float(rates[-1]))
            self._learned = self._learned.followed_by([figures])
            self._speed.learn(count, int(figures.images.sum()), seconds)
            self._seconds += seconds
            self._tell(figures, rates)
            self.step += count
            self._save_if_due()

    def _judge(self) -> None:
        examples = self._data.validation
        order = np.arange(len(examples), dtype=np.int32)
        for batches in self._judging.chunks(examples, order, self._training.batch_size, len(self._judged)):
            self._obey()
            figures, seconds = self._judging.run(batches, self._parts)
            self._refuse_divergence(figures, self._rate.at(self.step))
            self._judged = self._judged.followed_by([figures])
            self._judging_speed.learn(len(batches["images"]), int(figures.images.sum()), seconds)
            self._seconds += seconds
            self._save_if_due()
        seconds_per_batch = self._judging_speed.seconds_per_step
        if seconds_per_batch is not None:  # the first look makes the graph, which later ones need not
            self._validation_seconds = seconds_per_batch * self._training.updates_per_epoch(len(examples))

    def _end_epoch(self) -> None:
        learned, judged = self._learned.means(), self._judged.means()
        self.epoch += 1
        self._watcher.on_epoch(
            EpochMetrics(
                epoch=self.epoch,
                loss=learned.pop("loss"),
                accuracy=learned.pop("accuracy", None),
                val_loss=judged["loss"],
                val_accuracy=judged.get("accuracy"),
                seconds=self._seconds,
                step=self.step,
                learning_rate=self._rate.at(self.step),
                images_per_second=self._speed.images_per_second,
                memory_bytes=resident_bytes(),
                metrics=learned | {f"val_{name}": judged[name] for name in learned},
            )
        )
        self._rate.factor *= self.monitors.on_epoch(self.epoch, {f"val_{name}": judged[name] for name in judged})
        self._learned = self._judged = Figures.none(self._parts.figures)
        self._seconds = 0.0
        if self._epoch_files is not None:
            self._epoch_files.on_epoch(self.epoch, self._parts.model.get_weights())
        self._save_if_due()

    def _obey(self) -> None:
        """Raises _Interrupted where a person wants that; takes note of changed learning rates."""
        orders = self._watcher.orders()
        if orders.stop or orders.pause:
            raise _Interrupted(Outcome.STOPPED if orders.stop else Outcome.PAUSED)
        for change in orders.rate_changes:
            if change.id in self._changes:
                continue
            is_new = change.step is None
            self._changes[change.id] = replace(change, step=self.step) if is_new else change
            if is_new:
                self._watcher.on_rate_change(self._changes[change.id])

    def _tell(self, figures: Figures, rates: np.ndarray) -> None:
        steps = [
            StepMetrics(self.step + i, each.pop("loss"), each.pop("accuracy", None), rate, each)
            for i, (each, rate) in enumerate(zip(figures.per_batch(), rates.tolist(), strict=True), start=1)
        ]
        live = Live(
            learning_rate=float(rates[-1]),
            images_per_second=self._speed.images_per_second,
            memory_bytes=resident_bytes(),
            seconds_per_step=self._speed.seconds_per_step,
            validation_seconds=self._validation_seconds,
        )
        self._watcher.on_steps(steps, live)

    def _save_if_due(self) -> None:
        if self._checkpoints is not None and self._checkpoints.is_due(self.step):
            self.save()

    def _secure_weights(self) -> None:
        """What is written is where a training that goes on begins, so the weights of that epoch stay."""
        if self._epoch_files is not None:
            self._epoch_files.on_checkpoint(self.epoch)

    def _snapshot(self) -> Snapshot:
        arrays = {f"variable_{i}": _array(variable) for i, variable in enumerate(self._parts.variables)}
        arrays |= {f"best_{i}": weights for i, weights in enumerate(self.monitors.best_weights)}
        for name, figures in (("learned", self._learned), ("judged", self._judged)):
            arrays |= {name: figures.values, f"{name}_images": figures.images}
        content = {
            "epoch": self.epoch,
            "step": self.step,
            "epochs": self._training.epochs,
            "seconds": self._seconds,
            "factor": self._rate.factor,
            "monitors": self.monitors.content(),
        }
        return Snapshot(content, arrays)

    def _resume(self) -> None:
        snapshot = self._checkpoints.read() if self._checkpoints is not None else None
        if snapshot is None:
            return
        content, arrays = snapshot.content, snapshot.arrays
        self.epoch, self.step = content["epoch"], content["step"]
        self._seconds, self._rate.factor = content["seconds"], content["factor"]
        for i, variable in enumerate(self._parts.variables):
            variable.assign(arrays[f"variable_{i}"])
        self._learned, self._judged = (
            Figures(self._parts.figures, arrays[name], arrays[f"{name}_images"]) for name in ("learned", "judged")
        )
        best = [arrays[f"best_{i}"] for i in range(sum(name.startswith("best_") for name in arrays))]
        self.monitors.recall(content["monitors"], best)
        if self.monitors.is_over and self._training.epochs > content["epochs"]:
            self.monitors.go_further()
        self._secure_weights()

    def _refuse_divergence(self, figures: Figures, rate: float) -> None:
        loss = next((loss for loss in figures.column("loss").tolist() if not isfinite(loss)), None)
        if loss is not None:
            raise RunError(breakdown(self.epoch + 1, loss, rate))


@dataclass(frozen=True)
class _Pass:
    """A way of going through images, a chunk of batches at a time."""

    graph: Graph
    pace: Pace

    def chunks(self, examples: Examples, order: np.ndarray, batch_size: int, done: int) -> Iterator[Batches]:
        """The examples at the positions ``order``, from batch ``done`` on; the next chunk is read ahead."""
        return read_ahead(examples.take(chunk) for chunk in chunks(order, batch_size, self.pace, done))

    def run(self, batches: Batches, parts: Parts) -> tuple[Figures, float]:
        """The figures of a chunk, in the units of the data, and the seconds that it took."""
        started = perf_counter()
        values = self.graph(batches)
        count, images = batches["images"].shape[:2]
        seconds = perf_counter() - started
        self.pace.learn(count, seconds)
        return Figures(parts.figures, parts.in_units_of_data(values), np.full(count, images)), seconds


def _array(variable: Any) -> np.ndarray:
    return np.asarray(variable.numpy())
