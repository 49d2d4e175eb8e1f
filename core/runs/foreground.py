"""A run in front of the person who started it: the commands ``train`` and ``resume``."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import fields

from sqlalchemy import select

from core.recipe import Recipe
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.going_on import take_over
from core.runs.lost import ended_message
from core.runs.process import Process, python, start
from core.runs.progress import EpochMetrics
from core.runs.queue import write_lost
from core.runs.run import Run
from core.runs.store import get, request_stop, run_folder
from core.runs.tables import EpochRow
from core.runs.threads import Threads
from core.workspace import Workspace

WORKER = tuple(python("core.training.worker"))
POLL_SECONDS = 0.1


def train(
    database: Database,
    workspace: Workspace,
    recipe: Recipe,
    dataset_id: str,
    name: str | None,
    on_epoch: Callable[[EpochMetrics], None],
    worker: Sequence[str] = WORKER,
) -> Run:
    """Trains without the queue and returns the finished run, whatever became of it.

    ``on_epoch`` is called after each epoch. Ctrl-C asks the run to stop; a second one ends its process. Raises
    RunError, RecipeError and DatasetError as `core.runs.store.enqueue` does.
    """
    this_process = Process.of(os.getpid())
    run_id = admit(database, workspace, recipe, dataset_id, project_id=None, name=name, process=this_process)
    return _work(database, workspace, run_id, _Follower(database, run_id, on_epoch), worker)


def resume(
    database: Database,
    workspace: Workspace,
    run_id: str,
    on_epoch: Callable[[EpochMetrics], None],
    worker: Sequence[str] = WORKER,
) -> Run:
    """Continues a run without the queue, as `train` trains one; ``resumed_at`` of what it returns says from where.

    ``on_epoch`` is called after each epoch that is done now. Raises RunError for a run that cannot be continued: one
    that is completed, or that is queued or running.
    """
    follower = _Follower(database, run_id, on_epoch, is_resumed=get(database, run_id).step > 0)
    take_over(database, run_id, Process.of(os.getpid()))
    return _work(database, workspace, run_id, follower, worker)


class _Follower:
    """Reports each epoch of a run once; of one that is resumed, those that follow the checkpoint."""

    def __init__(
        self,
        database: Database,
        run_id: str,
        on_epoch: Callable[[EpochMetrics], None],
        *,
        is_resumed: bool = False,
    ) -> None:
        self._database = database
        self._run_id = run_id
        self._on_epoch = on_epoch
        self._reported = None if is_resumed else 0

    def follow(self, process: subprocess.Popen[bytes]) -> None:
        """Reports until the process has ended."""
        while process.poll() is None:
            self.report()
            time.sleep(POLL_SECONDS)

    def report(self) -> None:
        """Reports what was not reported yet."""
        if self._reported is None:
            resumed_at = get(self._database, self._run_id).resumed_at
            self._reported = resumed_at and resumed_at[0]
        for metrics in self._new_epochs():
            self._reported = metrics.epoch
            self._on_epoch(metrics)

    def _new_epochs(self) -> list[EpochMetrics]:
        """None as long as the process has not said from where it goes on."""
        if self._reported is None:
            return []
        statement = (
            select(EpochRow)
            .where(EpochRow.run_id == self._run_id, EpochRow.epoch > self._reported)
            .order_by(EpochRow.epoch)
        )
        return [_metrics(row) for (row,) in self._database.rows(statement)]


def _metrics(row: EpochRow) -> EpochMetrics:
    figures = {field.name: getattr(row, field.name) for field in fields(EpochMetrics)}
    return EpochMetrics(**figures | {"metrics": row.metrics or {}})


def _work(database: Database, workspace: Workspace, run_id: str, follower: _Follower, worker: Sequence[str]) -> Run:
    """Has a process of its own work on the run until it ends, and returns what became of it."""
    run = get(database, run_id)
    threads = Threads.for_recipe(run.recipe, run.threads or Threads.from_environment().count)
    log = run_folder(workspace, run_id) / "worker.log"
    process = start([*worker, run_id], workspace, log, environment=threads.environment)
    try:
        follower.follow(process)
    except KeyboardInterrupt:
        request_stop(database, run_id)
        _wait_for_stop(follower, process)
    follower.report()
    write_lost(database, run_id, ended_message(workspace, run_id, process.returncode))
    return get(database, run_id)


def _wait_for_stop(follower: _Follower, process: subprocess.Popen[bytes]) -> None:
    try:
        follower.follow(process)
    except KeyboardInterrupt:
        process.kill()
        process.wait()
