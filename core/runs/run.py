"""A run as the screens and the command line see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

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

    def elapsed_seconds(self, now: datetime) -> float:
        """Since its process began to work, up to its end or to ``now``; 0 while it waits in the queue."""
        if self.started_at is None:
            return 0.0
        return max(0.0, ((self.finished_at or now) - self.started_at).total_seconds())

    def eta_seconds(self, now: datetime) -> float | None:
        """How long its remaining steps will take at the pace so far; none while there is no pace or it is not running.

        The pace is that of the finished epochs, validation included; within the first epoch that of its steps.
        """
        if not self.state.is_working or not self.steps or not self.steps_per_epoch:
            return None
        remaining = max(0, self.steps - self.step)
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
    )


def no_such_run(run_id: str) -> RunError:
    """The error for a run that does not exist."""
    return RunError(say("There is no run called {name}. It may have been deleted.", name=run_id))
