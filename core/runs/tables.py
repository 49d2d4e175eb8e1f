"""The tables of the database. A change here needs a migration in core/runs/migrations; a test compares the two."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from core.message import Message
from core.runs.process import Process
from core.runs.states import InspectionState, IntakeState, RunState, SearchState


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, also where the database itself knows no time zones (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class MessageText(TypeDecorator[Message]):
    """A message as JSON text, so that it can be read in any language later."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Message | None, dialect: Dialect) -> str | None:
        return None if value is None else value.to_json()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Message | None:
        return None if value is None else Message.from_json(value)


class ProcessText(TypeDecorator[Process]):
    """A process as the text that names it."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Process | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Process | None:
        return None if value is None else Process.parse(value)


def _state(states: type[StrEnum]) -> Enum:
    return Enum(states, native_enum=False, length=16, values_callable=lambda names: [state.value for state in names])


class Table(DeclarativeBase):
    """The base of all tables; constraints get names, so that later migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Message: MessageText,
        Process: ProcessText,
        RunState: _state(RunState),
        IntakeState: _state(IntakeState),
        InspectionState: _state(InspectionState),
        SearchState: _state(SearchState),
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


class DatasetRow(Table):
    """What the screens say of a dataset without opening its folder."""

    __tablename__ = "datasets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    images: Mapped[int]
    refused: Mapped[int]
    class_names: Mapped[list[str]]
    height: Mapped[int]
    width: Mapped[int]
    channels: Mapped[int]
    created_at: Mapped[datetime]


class ProjectRow(Table):
    """A project: its dataset and its draft recipe. ``version`` numbers the dataset among the project's versions."""

    __tablename__ = "projects"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)


class VersionRow(Table):
    """A dataset that a project has had. ``change`` is what made it from the version before, in words."""

    __tablename__ = "dataset_versions"

    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    change: Mapped[Message | None]
    created_at: Mapped[datetime]


class IntakeRow(Table):
    """One taking-in of images for a project. ``upload`` is the spooled folder that goes when the intake is over.

    The images are added to those of the dataset ``base_id``, if there is one, and those that know no class of their own
    to the class ``into_class``.
    """

    __tablename__ = "intakes"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(Text)
    upload: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[IntakeState]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[Message | None]
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"))
    process: Mapped[Process | None]
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    base_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"))
    into_class: Mapped[str | None] = mapped_column(Text)
    cancel_requested: Mapped[bool] = mapped_column(default=False)


class RunRow(Table):
    """One training of one recipe on one dataset. A run from the command line has no project.

    ``epoch`` and ``step`` count what is done; ``process`` is who works on it. ``position`` orders the runs of a project
    that wait; ``claimed_at`` is when a process last took the run. ``started_at`` and ``finished_at`` are those of its
    last spell of work, ``worked_seconds`` is what the spells before it took. ``learning_rate`` to
    ``validation_seconds`` are as last measured. ``resumed_epoch`` and ``resumed_step`` say from where it last went on,
    ``parent_id`` which run it trains further, and ``kept_epoch`` which epoch's weights the finished model has. Runs of
    one ``series`` were started together, such as the folds of a split. ``threads`` is how many it computes with, since
    the last digits depend on that; it is set when the run first begins. ``tags``, ``note`` and ``is_archived`` are what
    people have said of it.
    """

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index("ix_runs_state_created_at", "state", "created_at"),
        Index("ix_runs_project_id_state_claimed_at", "project_id", "state", "claimed_at"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    number: Mapped[int]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    recipe: Mapped[dict[str, Any]]
    state: Mapped[RunState]
    epoch: Mapped[int] = mapped_column(default=0)
    step: Mapped[int] = mapped_column(default=0)
    steps_per_epoch: Mapped[int | None]
    parameters: Mapped[int | None] = mapped_column(BigInteger)
    stop_requested: Mapped[bool] = mapped_column(default=False)
    message: Mapped[Message | None]
    process: Mapped[Process | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    pause_requested: Mapped[bool] = mapped_column(default=False)
    learning_rate: Mapped[float | None]
    images_per_second: Mapped[float | None]
    memory_bytes: Mapped[int | None] = mapped_column(BigInteger)
    seconds_per_step: Mapped[float | None]
    validation_seconds: Mapped[float | None]
    kept_epoch: Mapped[int | None]
    resumed_epoch: Mapped[int | None]
    resumed_step: Mapped[int | None]
    worked_seconds: Mapped[float] = mapped_column(default=0.0)
    claimed_at: Mapped[datetime | None]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"), index=True)
    series: Mapped[str | None] = mapped_column(String(16), index=True)
    threads: Mapped[int | None]
    tags: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    is_archived: Mapped[bool] = mapped_column(default=False)

    def spell_seconds(self, now: datetime) -> float:
        """How long its last spell of work took, up to ``now`` where it goes on; 0 while none has begun."""
        if self.started_at is None:
            return 0.0
        return max(0.0, ((self.finished_at or now) - self.started_at).total_seconds())


class EpochRow(Table):
    """The metrics of one epoch. A loss that is not a number is kept as null.

    ``metrics`` are those besides loss and accuracy by their names, on the validation images with ``val_`` before them.
    """

    __tablename__ = "epochs"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[int]
    loss: Mapped[float | None]
    accuracy: Mapped[float | None]
    val_loss: Mapped[float | None]
    val_accuracy: Mapped[float | None]
    seconds: Mapped[float]
    learning_rate: Mapped[float | None]
    images_per_second: Mapped[float | None]
    memory_bytes: Mapped[int | None] = mapped_column(BigInteger)
    metrics: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class StepRow(Table):
    """The metrics of one step, counted over the whole run. Of a long run not every step is kept: core.runs.thinning."""

    __tablename__ = "steps"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loss: Mapped[float | None]
    accuracy: Mapped[float | None]
    learning_rate: Mapped[float | None]
    metrics: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RateChangeRow(Table):
    """A learning rate that somebody asked for. ``step`` is how many steps were done when it was applied, if it was."""

    __tablename__ = "rate_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    learning_rate: Mapped[float]
    requested_at: Mapped[datetime]
    step: Mapped[int | None]


class SpareRow(Table):
    """A worker that is ready for a run, and what it takes while it waits."""

    __tablename__ = "spares"

    process: Mapped[Process] = mapped_column(primary_key=True)
    memory_bytes: Mapped[int] = mapped_column(BigInteger)
    ready_at: Mapped[datetime]


class OpeningRow(Table):
    """One opening of a sealed test set, written before the first test image is read.

    It outlives its run: deleting runs must not make a test set look unseen. ``result`` is what was found, and null
    where the opening came to nothing. ``pixel_hashes`` are those of the images that were opened, see
    `core.runs.openings`.
    """

    __tablename__ = "openings"
    __table_args__ = (Index("ix_openings_dataset_id_split_key", "dataset_id", "split_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    split_key: Mapped[str] = mapped_column(String(64))
    accuracy: Mapped[float | None]
    images: Mapped[int]
    opened_at: Mapped[datetime]
    run_name: Mapped[str] = mapped_column(Text, default="")
    opened_by: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    pixel_hashes: Mapped[bytes | None] = mapped_column(LargeBinary)


class EvaluationRow(Table):
    """One judgement of a run on one part of its split."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(16))
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class DecisionRow(Table):
    """How a person wants the answers of a run to be used: `core.runs.decisions.Decision` says what each means."""

    __tablename__ = "decisions"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    temperature: Mapped[float]
    least_confidence: Mapped[float]
    threshold: Mapped[float]
    cost_of_miss: Mapped[float]
    cost_of_false_alarm: Mapped[float]


class AnalysisRow(Table):
    """Work on a dataset that a process of its own does in the background, and what came of it.

    ``key`` is the same for the same work. What may be large stands last, so that SQLite reads the rest without it.
    """

    __tablename__ = "analyses"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    state: Mapped[IntakeState]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[Message | None]
    process: Mapped[Process | None]
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)


class SearchRow(Table):
    """A search for good settings: which ones, how, and how far it may go.

    Its trials are runs, whose ``series`` is its id; what became of them is in Optuna's own tables, in the study of that
    name. ``number`` counts the searches of a project from 1; ``worked_seconds`` is what the spells of work before the
    last one took. ``lesson`` names the lesson that it is, if it is one, and ``guess`` what somebody expected of it.
    """

    __tablename__ = "searches"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    number: Mapped[int]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"))
    recipe: Mapped[dict[str, Any]]
    space: Mapped[dict[str, Any]]
    trials: Mapped[int]
    minutes: Mapped[float | None]
    state: Mapped[SearchState]
    message: Mapped[Message | None]
    process: Mapped[Process | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    worked_seconds: Mapped[float] = mapped_column(default=0.0)
    lesson: Mapped[str | None] = mapped_column(String(32))
    guess: Mapped[str | None] = mapped_column(String(32))

    def end_spell(self, at: datetime | None) -> None:
        """Nobody works on it any more since ``at``, which is None where nothing was ever heard of its process."""
        if self.started_at is not None and at is not None:
            self.worked_seconds += max(0.0, (at - self.started_at).total_seconds())
        self.process = self.started_at = None


class GuessRow(Table):
    """What somebody guessed of a run before it began: one answer to one question."""

    __tablename__ = "guesses"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(32))
    guess: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]


class InspectionRow(Table):
    """A question to a process that has TensorFlow, and its answer.

    ``process`` is the one that has it in hand; that stays so after the answer until the process is free for other
    work, and for good where it ended instead. What may be large stands last, so that SQLite reads the rest without it.
    """

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_state_created_at", "state", "created_at"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[InspectionState]
    message: Mapped[Message | None]
    process: Mapped[Process | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
