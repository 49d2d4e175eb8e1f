"""Work on the images of a dataset in the background, each in a process of its own."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from core.dataset.store import load
from core.message import Message, mark, say
from core.runs.database import Database
from core.runs.liveness import Sign, sign_of_life
from core.runs.process import Process, python, start_detached
from core.runs.states import IntakeState
from core.runs.tables import AnalysisRow
from core.workspace import Workspace

KILL_SECONDS = 3.0
MOST_AT_WORK = 2
"""Each may take much memory, and a core."""

ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""The environment of a process whose sums leave the other cores to a training beside it."""


class AnalysisKind(StrEnum):
    """What is to be found out."""

    CHECK = "check"
    BASELINES = "baselines"
    SHORTCUTS = "shortcuts"
    FLATTERY = "flattery"


@dataclass(frozen=True)
class Way:
    """How one kind is worked on: ``module`` is what its process runs, with the id of the analysis. ``lost`` says that
    the process is gone, ``broken`` that it met an error in Layerlab, described in {log}."""

    module: str
    lost: str
    broken: str


WAYS: Final[Mapping[AnalysisKind, Way]] = {
    AnalysisKind.CHECK: Way(
        "core.runs.check_worker",
        mark("The process that checked the images is gone. Check them again."),
        mark(
            "The images could not be checked: something went wrong in Layerlab itself. Try again; {log} says what it "
            "was."
        ),
    ),
    AnalysisKind.BASELINES: Way(
        "core.evaluation.simple_methods.analysis_worker",
        mark("The process that trained the baselines is gone. Train them again."),
        mark(
            "The baselines could not be trained: something went wrong in Layerlab itself. Try again; {log} says what "
            "it was."
        ),
    ),
    AnalysisKind.SHORTCUTS: Way(
        "core.evaluation.simple_methods.analysis_worker",
        mark("The process that looked for shortcuts is gone. Look again."),
        mark(
            "The search for shortcuts was broken off: something went wrong in Layerlab itself. Try again; {log} says "
            "what it was."
        ),
    ),
    AnalysisKind.FLATTERY: Way(
        "core.evaluation.best_of_search.measuring_worker",
        mark("The process that judged the trials is gone. Measure again."),
        mark(
            "The trials could not be judged: something went wrong in Layerlab itself. Try again; {log} says what it "
            "was."
        ),
    ),
}


@dataclass(frozen=True)
class Task:
    """What is to be worked on. ``payload`` is JSON; the same dataset and payload are the same work."""

    kind: AnalysisKind
    dataset_id: str
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """64 hexadecimal digits made from all of it."""
        content = json.dumps([self.kind, self.dataset_id, dict(self.payload)], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class Analysis:
    """An analysis as it stood when it was read: ``done`` of ``total``; 0 of 0 before it is known how much there is.

    ``message`` says why it failed or was lost. ``result`` is what was found, as JSON; the bytes beside it, which may be
    many, are read by `data_of`.
    """

    id: str
    task: Task
    state: IntakeState
    done: int
    total: int
    message: Message | None
    result: dict[str, Any] | None

    @property
    def progress(self) -> float:
        """The share that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True)
class Ending:
    """How an analysis ends. ``total`` is how much there was to do, where all of it is done."""

    state: IntakeState
    message: Message | None = None
    total: int | None = None
    result: dict[str, Any] | None = None
    data: bytes | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What becomes of the columns of the row."""
        told = {"state": self.state, "message": self.message, "result": self.result, "data": self.data}
        return told if self.total is None else told | {"done": self.total, "total": self.total}


def start(
    database: Database,
    workspace: Workspace,
    task: Task,
    worker: Sequence[str] | None = None,
    *,
    is_done_anew: bool = False,
) -> Analysis:
    """Queues ``task`` on a dataset that was registered, begins what can begin of all that waits, and returns at once.

    While ``MOST_AT_WORK`` are at work the others wait; whoever starts one then, or this one again, begins them. Does
    nothing with ``task`` when it is being worked on, or was: two who start it at once start one process. One that
    failed or was lost begins anew, and with ``is_done_anew`` one that was completed too. ``worker`` is the command line
    to which the id is added. Raises DatasetError when the dataset is not in the workspace.
    """
    load(workspace.datasets, task.dataset_id)
    with suppress(IntegrityError):  # somebody else was quicker
        _queue(database, task, is_done_anew)
    while (claimed := _claim(database)) is not None:
        analysis_id, kind = claimed
        command = [*(worker or python(WAYS[kind].module)), analysis_id]
        process = start_detached(command, workspace, analysis_log(workspace, kind), environment=ONE_THREAD)
        _set_process(database, analysis_id, process)
    return _get(database, task)


def keep(database: Database, task: Task, found: Ending) -> None:
    """Notes that ``task`` was done elsewhere, by the command line; not while a process works on it."""
    with suppress(IntegrityError), database.writing() as session:  # somebody else may be quicker
        row = _free_row(database, session, task)
        if row is not None:
            _set(row, found.values | {"process": None, "finished_at": database.now()})


def state(database: Database, task: Task) -> Analysis | None:
    """How far ``task`` is, made lost first if its process is gone; None when nobody has started it."""
    with database.reading() as session:
        row = session.scalar(_without_data(task))
    if row is None:
        return None
    if _is_given_up(database, row):
        end(database, row.id, _lost(row.kind), row.process)
        return _get(database, task)
    return analysis_of(row)


def data_of(database: Database, task: Task) -> bytes | None:
    """The bytes that were found beside the result; None where there are none."""
    with database.reading() as session:
        return session.scalar(select(AnalysisRow.data).where(AnalysisRow.key == task.key))


def end_all(database: Database) -> None:
    """Ends everything that is at work; it becomes lost."""
    with database.reading() as session:
        working = select(AnalysisRow.id, AnalysisRow.kind, AnalysisRow.process)
        rows = session.execute(working.where(AnalysisRow.state == IntakeState.WORKING)).all()
    for analysis_id, kind, process in rows:
        if process is not None:
            process.end(KILL_SECONDS)
        end(database, analysis_id, _lost(kind), process)


def end(database: Database, analysis_id: str, ending: Ending, process: Process | None) -> None:
    """Ends the analysis that ``process`` works on, if it still does."""
    statement = (
        update(AnalysisRow)
        .where(AnalysisRow.id == analysis_id, AnalysisRow.state == IntakeState.WORKING, AnalysisRow.process == process)
        .values(finished_at=database.now(), **ending.values)
    )
    with database.writing() as session:
        session.execute(statement)


def analysis_of(row: AnalysisRow) -> Analysis:
    """The analysis that a row tells of."""
    task = Task(AnalysisKind(row.kind), row.dataset_id, row.payload)
    return Analysis(row.id, task, row.state, row.done, row.total, row.message, row.result)


def analysis_log(workspace: Workspace, kind: AnalysisKind) -> Path:
    """Where the processes of a kind write their troubles to."""
    return workspace.logs / f"{kind}.log"


def _queue(database: Database, task: Task, is_done_anew: bool) -> None:
    """Has ``task`` wait for its turn, unless it does already, is worked on, or was done."""
    with database.writing() as session:
        row = _free_row(database, session, task)
        if row is None or row.state.is_waiting or (row.state is IntakeState.COMPLETED and not is_done_anew):
            return
        _set(row, Ending(IntakeState.QUEUED, total=0).values | {"process": None, "finished_at": None})
        row.created_at = database.now()


def _claim(database: Database) -> tuple[str, AnalysisKind] | None:
    """The oldest that waits, if it is to begin now: its id and its kind."""
    oldest = select(AnalysisRow).where(AnalysisRow.state == IntakeState.QUEUED).order_by(AnalysisRow.created_at)
    with database.writing() as session:
        row = session.scalar(oldest.options(defer(AnalysisRow.data)).limit(1).with_for_update())
        if row is None or _at_work(database, session) >= MOST_AT_WORK:
            return None
        row.state, row.heartbeat_at = IntakeState.WORKING, database.now()
        return row.id, AnalysisKind(row.kind)


def _at_work(database: Database, session: Session) -> int:
    """How many there are, without those whose process is gone."""
    working = select(AnalysisRow).where(AnalysisRow.state == IntakeState.WORKING).options(defer(AnalysisRow.data))
    return sum(not _is_given_up(database, row) for row in session.scalars(working))


def _free_row(database: Database, session: Session, task: Task) -> AnalysisRow | None:
    """The row of ``task``, kept from others until the transaction ends, or a new one that waits; None while a process
    works on it."""
    row = session.scalar(select(AnalysisRow).where(AnalysisRow.key == task.key).with_for_update())
    if row is not None:
        return None if row.state.is_working and not _is_given_up(database, row) else row
    now = database.now()
    row = AnalysisRow(
        id=secrets.token_hex(8),
        kind=task.kind.value,
        key=task.key,
        dataset_id=task.dataset_id,
        payload=dict(task.payload),
        state=IntakeState.QUEUED,
        created_at=now,
        heartbeat_at=now,
    )
    session.add(row)
    return row


def _set(row: AnalysisRow, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _set_process(database: Database, analysis_id: str, process: Process) -> None:
    """Unless the process has done so itself."""
    statement = update(AnalysisRow).where(
        AnalysisRow.id == analysis_id, AnalysisRow.state == IntakeState.WORKING, AnalysisRow.process.is_(None)
    )
    with database.writing() as session:
        session.execute(statement.values(process=process))


def _get(database: Database, task: Task) -> Analysis:
    with database.reading() as session:
        return analysis_of(session.scalars(_without_data(task)).one())


def _without_data(task: Task) -> Select[AnalysisRow]:
    return select(AnalysisRow).where(AnalysisRow.key == task.key).options(defer(AnalysisRow.data))


def _is_given_up(database: Database, row: AnalysisRow) -> bool:
    return row.state.is_working and sign_of_life(row.process, row.heartbeat_at, database.now()) is not Sign.ALIVE


def _lost(kind: str) -> Ending:
    return Ending(IntakeState.LOST, say(WAYS[AnalysisKind(kind)].lost))
