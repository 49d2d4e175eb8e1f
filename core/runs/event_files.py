"""What a run measured, as event files for TensorBoard, in one zip. TensorFlow is not needed to write them."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pandas as pd
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

from core.runs.curves import validation_column
from core.runs.run import Run

TRAIN, VALIDATION = "train", "validation"
"""The two runs that TensorBoard shows for one of ours."""

_FIRST_RECORD = "brain.Event:2"
_OF_TRAINING_ALONE = ("epoch", "learning_rate", "images_per_second", "memory_bytes", "seconds")


def event_files(run: Run, history: pd.DataFrame, steps: pd.DataFrame) -> bytes:
    """A zip with the folders ``run-N/train`` and ``run-N/validation``, for ``tensorboard --logdir``.

    ``history`` and ``steps`` are what `core.runs.history` gives of ``run``. Tags are named as Keras's callback names
    them: ``epoch_loss`` of each epoch (from 1) in both folders, ``batch_loss`` of each recorded step (over the whole
    run, from 1) in ``train``; likewise for every metric and the learning rate. Of the epochs there are also their pace,
    memory and seconds. What is not known is left out. Moments are those of the work alone: pauses take no time.
    """
    begin = run.created_at.timestamp()
    clock = _Clock(begin, history["seconds"].cumsum(), run.steps_per_epoch)
    events = {
        TRAIN: [*_of_steps(steps, clock), *_of_epochs(_training(history), clock)],
        VALIDATION: list(_of_epochs(_validation(history), clock)),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for folder, of_folder in events.items():
            path = PurePosixPath(f"run-{run.number}", folder, f"events.out.tfevents.{int(begin)}.layerlab")
            archive.writestr(ZipInfo(str(path), run.created_at.timetuple()[:6]), _file(begin, of_folder))
    return packed.getvalue()


class _Clock:
    """When, in seconds since 1970, an epoch or a step was done: by the durations of the epochs, evenly within each."""

    def __init__(self, begin: float, ends: pd.Series, steps_per_epoch: int | None) -> None:
        self._begin = begin
        self._seconds = [0.0, *ends]
        self._steps_per_epoch = steps_per_epoch or 1

    def at_epoch(self, epoch: float) -> float:
        return self._begin + float(np.interp(epoch, range(len(self._seconds)), self._seconds))

    def at_step(self, step: int) -> float:
        return self.at_epoch(step / self._steps_per_epoch)


def _training(history: pd.DataFrame) -> pd.DataFrame:
    return history[[name for name in history if validation_column(name) in history or name in _OF_TRAINING_ALONE]]


def _validation(history: pd.DataFrame) -> pd.DataFrame:
    of_validation = {validation_column(name): name for name in history if validation_column(name) in history}
    return history[["epoch", *of_validation]].rename(columns=of_validation)


def _of_epochs(table: pd.DataFrame, clock: _Clock) -> Iterator[Event]:
    for row in table.to_dict("records"):
        epoch = int(row.pop("epoch"))
        yield _event(clock.at_epoch(epoch), epoch, {f"epoch_{name}": value for name, value in row.items()})


def _of_steps(table: pd.DataFrame, clock: _Clock) -> Iterator[Event]:
    for row in table.to_dict("records"):
        step = int(row.pop("step"))
        yield _event(clock.at_step(step), step, {f"batch_{name}": value for name, value in row.items()})


def _event(moment: float, step: int, figures: Mapping[str, float]) -> Event:
    known = [Summary.Value(tag=tag, simple_value=value) for tag, value in figures.items() if not pd.isna(value)]
    return Event(wall_time=moment, step=step, summary=Summary(value=known))


def _file(begin: float, events: list[Event]) -> bytes:
    content = BytesIO()
    records = RecordWriter(content)
    for event in [Event(wall_time=begin, file_version=_FIRST_RECORD), *events]:
        records.write(event.SerializeToString())
    return content.getvalue()
