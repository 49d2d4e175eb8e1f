"""A run as the screens and the command line see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import Message, say
from core.recipe import Recipe, from_content
from core.runs.process import Process
from core.runs.states import RunState
from core.runs.tables import EpochRow, RunRow


@dataclass(frozen=True)
class Run:
    """One training of one recipe on one dataset, as it stood when it was read.

    ``number`` counts the runs of a project from 1. ``epoch`` and ``step`` are how many are done, steps over the whole
    run; ``steps_per_epoch`` and ``parameters`` are known once the model is built. ``epoch_seconds`` is the mean
    duration of the epochs so far. ``message`` says why a run failed or was lost.

    A run that was continued has had several spells of work: ``started_at`` and ``finished_at`` are those of the last
    one, ``worked_seconds`` is what the others took, ``resumed_at`` how many epochs and steps were done when the last
    one went on. ``parent_id`` is the run that this one trains further. ``kept_epoch`` is the epoch whose weights the
    finished model has. ``learning_rate``, ``images_per_second``, ``memory_bytes``, ``seconds_per_step`` (of training
    alone) and ``validation_seconds`` (of an epoch) are as last measured. ``threads`` is how many cores it began with;
    ``series`` is what it has in common with runs that were started together with it. ``tags``, ``note`` and
    ``is_archived`` are what people have said of it.
    """

    id: str
    number: int
    project_id: str | None
    dataset_id: str
    recipe: Recipe
    state: RunState
    epoch: int
    step: int
    steps_per_epoch: int | None
    parameters: int | None
    stop_requested: bool
    message: Message | None
    process: Process | None
    created_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None
    epoch_seconds: float | None
    pause_requested: bool = False
    learning_rate: float | None = None
    images_per_second: float | None = None
    memory_bytes: int | None = None
    seconds_per_step: float | None = None
    validation_seconds: float | None = None
    kept_epoch: int | None = None
    parent_id: str | None = None
    worked_seconds: float = 0.0
    resumed_at: tuple[int, int] | None = None
    threads: int | None = None
    series: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    is_archived: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs its recipe asks for."""
        return self.recipe.training.epochs

    @property
    def steps(self) -> int | None:
        """How many steps all its epochs take; none until the model is built."""
        return self.steps_per_epoch and self.steps_per_epoch * self.epochs

    @property
    def progress(self) -> float:
        """The share of its steps that is done, 0 to 1."""
        return min(1.0, self.step / self.steps) if self.steps else 0.0

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop and has not yet."""
        return self.stop_requested and self.state.is_active

    @property
    def is_pausing(self) -> bool:
        """Whether it was asked to pause and has not yet."""
        return self.pause_requested and self.state.is_working

    @property
    def is_resumable(self) -> bool:
        """Whether `core.runs.control.go_on` continues it."""
        return self.state.is_resumable

    @property
    def has_begun(self) -> bool:
        """Whether a process has ever worked on it."""
        return self.started_at is not None or self.worked_seconds > 0

    def elapsed_seconds(self, now: datetime) -> float:
        """How long processes have worked on it, up to its end or to ``now``; what it waited does not count."""
        if self.started_at is None:
            return self.worked_seconds
        return self.worked_seconds + max(0.0, ((self.finished_at or now) - self.started_at).total_seconds())

    def eta_seconds(self, now: datetime) -> float | None:
        """How long its remaining steps will take at the pace so far; none while there is no pace or it is not running.

        The pace is that which its process measures. Where it does not, it is that of the finished epochs, validation
        included, and within the first epoch that of its steps.
        """
        if not self.state.is_working or not self.steps or not self.steps_per_epoch:
            return None
        remaining = max(0, self.steps - self.step)
        if self.seconds_per_step is not None:
            validations = max(0, self.epochs - self.epoch)
            return remaining * self.seconds_per_step + validations * (self.validation_seconds or 0.0)
        if self.epoch_seconds is not None:
            return remaining / self.steps_per_epoch * self.epoch_seconds
        return remaining / self.step * self.elapsed_seconds(now) if self.step else None


def select_runs() -> Select[RunRow, float | None]:
    """The statement whose rows `run_of` understands; the caller adds which runs."""
    epoch_seconds = select(func.avg(EpochRow.seconds)).where(EpochRow.run_id == RunRow.id).scalar_subquery()
    return select(RunRow, epoch_seconds)


def run_of(row: RunRow, epoch_seconds: float | None) -> Run:
    """The run that a row of `select_runs` tells of."""
    return Run(
        id=row.id,
        number=row.number,
        project_id=row.project_id,
        dataset_id=row.dataset_id,
        recipe=from_content(row.recipe, row.id),
        state=row.state,
        epoch=row.epoch,
        step=row.step,
        steps_per_epoch=row.steps_per_epoch,
        parameters=row.parameters,
        stop_requested=row.stop_requested,
        message=row.message,
        process=row.process,
        created_at=row.created_at,
        started_at=row.started_at,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
        epoch_seconds=epoch_seconds,
        pause_requested=row.pause_requested,
        learning_rate=row.learning_rate,
        images_per_second=row.images_per_second,
        memory_bytes=row.memory_bytes,
        seconds_per_step=row.seconds_per_step,
        validation_seconds=row.validation_seconds,
        kept_epoch=row.kept_epoch,
        parent_id=row.parent_id,
        worked_seconds=row.worked_seconds,
        resumed_at=_resumed_at(row),
        threads=row.threads,
        series=row.series,
        tags=tuple(row.tags),
        note=row.note,
        is_archived=row.is_archived,
    )


def locked_row(session: Session, run_id: str) -> RunRow:
    """The row of a run, kept from others until the transaction ends. Raises RunError when there is none."""
    row = session.get(RunRow, run_id, with_for_update=True)
    if row is None:
        raise no_such_run(run_id)
    return row


def no_such_run(run_id: str) -> RunError:
    """The error for a run that does not exist."""
    return RunError(say("There is no run called {name}. It may have been deleted.", name=run_id))


def _resumed_at(row: RunRow) -> tuple[int, int] | None:
    if row.resumed_epoch is None or row.resumed_step is None:
        return None
    return row.resumed_epoch, row.resumed_step
