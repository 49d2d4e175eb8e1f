"""A run in front of the person who started it: the command ``train``."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence

from sqlalchemy import select

from core.recipe import Recipe
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.lost import ended_message
from core.runs.process import Process, python, start
from core.runs.progress import EpochMetrics
from core.runs.queue import write_lost
from core.runs.run import Run
from core.runs.store import get, request_stop, run_folder
from core.runs.tables import EpochRow
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
    process = start([*worker, run_id], workspace, run_folder(workspace, run_id) / "worker.log")
    follower = _Follower(database, run_id, on_epoch)
    try:
        follower.follow(process)
    except KeyboardInterrupt:
        request_stop(database, run_id)
        _wait_for_stop(follower, process)
    follower.report()
    write_lost(database, run_id, ended_message(workspace, run_id, process.returncode))
    return get(database, run_id)


class _Follower:
    """Reports each epoch of a run once."""

    def __init__(self, database: Database, run_id: str, on_epoch: Callable[[EpochMetrics], None]) -> None:
        self._database = database
        self._run_id = run_id
        self._on_epoch = on_epoch
        self._reported = 0

    def follow(self, process: subprocess.Popen[bytes]) -> None:
        """Reports until the process has ended."""
        while process.poll() is None:
            self.report()
            time.sleep(POLL_SECONDS)

    def report(self) -> None:
        """Reports what was not reported yet."""
        for metrics in self._new_epochs():
            self._reported = metrics.epoch
            self._on_epoch(metrics)

    def _new_epochs(self) -> list[EpochMetrics]:
        columns = (
            EpochRow.epoch,
            EpochRow.loss,
            EpochRow.accuracy,
            EpochRow.val_loss,
            EpochRow.val_accuracy,
            EpochRow.seconds,
        )
        statement = (
            select(*columns)
            .where(EpochRow.run_id == self._run_id, EpochRow.epoch > self._reported)
            .order_by(EpochRow.epoch)
        )
        return [EpochMetrics(*row) for row in self._database.rows(statement)]


def _wait_for_stop(follower: _Follower, process: subprocess.Popen[bytes]) -> None:
    try:
        follower.follow(process)
    except KeyboardInterrupt:
        process.kill()
        process.wait()
