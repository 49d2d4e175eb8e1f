"""Stands in for core.training.worker: ``python -m tests.core.runs.fake_worker BEHAVIOUR [RUN_ID]``.

Without RUN_ID it is a spare, and waits for one on its stdin. It notes its process in the workspace's file ``workers``.
"""

import os
import signal
import sys
import time
from collections.abc import Callable

from core.runs import progress
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.run import Run
from core.runs.states import RunState
from core.workspace import Workspace

STEPS_PER_EPOCH = 2


def train(database: Database, run: Run) -> None:
    """All epochs at once."""
    for epoch in range(1, run.epochs + 1):
        _record(database, run, epoch)
    progress.finish(database, run.id, RunState.COMPLETED)


def crash(database: Database, run: Run) -> None:
    _record(database, run, 1)
    sys.exit(3)


def be_killed(database: Database, run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(database: Database, run: Run) -> None:
    """Alive, and silent."""
    time.sleep(600)


def obey(database: Database, run: Run) -> None:
    """One epoch, then alive until it is asked to stop."""
    _record(database, run, 1)
    while not progress.heartbeat(database, run.id):
        time.sleep(0.05)
    progress.finish(database, run.id, RunState.STOPPED)


def _record(database: Database, run: Run, epoch: int) -> None:
    first = (epoch - 1) * STEPS_PER_EPOCH + 1
    progress.describe_model(database, run.id, 34, STEPS_PER_EPOCH)
    progress.record_steps(database, run.id, [StepMetrics(step, 1 / step, 0.5) for step in (first, first + 1)])
    progress.record_epoch(database, run.id, EpochMetrics(epoch, 1 / epoch, 0.5, 1 / epoch, 0.6, 0.1))


BEHAVIOURS: dict[str, Callable[[Database, Run], None]] = {
    behaviour.__name__: behaviour for behaviour in (train, crash, be_killed, hang, obey)
}


def main() -> None:
    behaviour, *given = sys.argv[1:]
    if behaviour == "cannot_start":
        sys.exit(1)
    workspace = Workspace.from_environment()
    with (workspace.home / "workers").open("a") as workers:
        workers.write(f"{Process.of(os.getpid())}\n")
    run_id = given[0] if given else sys.stdin.readline().strip()
    if not run_id:
        return
    database = Database.open(workspace)
    BEHAVIOURS[behaviour](database, progress.begin(database, run_id, os.getpid()))


if __name__ == "__main__":
    main()
