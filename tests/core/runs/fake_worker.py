"""Stands in for core.training.worker: ``python -m tests.core.runs.fake_worker BEHAVIOUR [RUN_ID]``.

Without RUN_ID it is a spare, and waits for one on its stdin; inspections that come before it are answered as BEHAVIOUR
says. It notes its process in the workspace's file ``workers``.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable

from core.runs import inspection_queue, progress
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.threads import THREADS
from core.workspace import Workspace

STEPS_PER_EPOCH = 2


def train(database: Database, run: Run) -> None:
    """All epochs at once; of a run that was worked on before, those that were not done then."""
    if run.step:
        progress.rewind(database, run.id, run.epoch, run.epoch * STEPS_PER_EPOCH)
    for epoch in range(run.epoch + 1, run.epochs + 1):
        _record(database, run, epoch)
    progress.finish(database, run.id, RunState.COMPLETED)


def fault(database: Database, run: Run) -> None:
    """As native code that reaches for memory that is not its own."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.kill(os.getpid(), signal.SIGSEGV)


def crash(database: Database, run: Run) -> None:
    _record(database, run, 1)
    sys.exit(3)


def be_killed(database: Database, run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(database: Database, run: Run) -> None:
    """Alive, and silent."""
    time.sleep(600)


def obey(database: Database, run: Run) -> None:
    """The next epoch, then alive until it is asked to stop or to pause."""
    _record(database, run, run.epoch + 1)
    while not (orders := progress.report(database, run.id)).stop:
        if orders.pause:
            progress.pause(database, run.id)
            return
        time.sleep(0.05)
    progress.finish(database, run.id, RunState.STOPPED)


def show_threads(database: Database, run: Run) -> None:
    """Says on how many threads it was told to work, as the number of its parameters."""
    progress.describe_model(database, run.id, int(os.environ[THREADS]), STEPS_PER_EPOCH)
    progress.finish(database, run.id, RunState.COMPLETED)


def answer(database: Database, inspection_id: str) -> bool:
    """Begins, answers and is free again."""
    leave(database, inspection_id)
    inspection_queue.release(database, inspection_id)
    return True


def leave(database: Database, inspection_id: str) -> bool:
    """Answers and ends: it has grown too much."""
    inspection_queue.begin(database, inspection_id)
    inspection_queue.finish(database, inspection_id, {"pid": os.getpid()})
    return False


def run_out_of_memory(database: Database, inspection_id: str) -> bool:
    inspection_queue.begin(database, inspection_id)
    os.kill(os.getpid(), signal.SIGKILL)
    return False


def ponder(database: Database, inspection_id: str) -> bool:
    """Begins and comes to no end."""
    inspection_queue.begin(database, inspection_id)
    time.sleep(600)
    return False


def wait_to_be_told(database: Database, inspection_id: str) -> bool:
    """Begins, and answers when the file ``go`` is in the workspace."""
    inspection_queue.begin(database, inspection_id)
    while not (Workspace.from_environment().home / "go").exists():
        time.sleep(0.05)
    return answer(database, inspection_id)


def break_down_first(database: Database, inspection_id: str) -> bool:
    """Ends before it begins, as where TensorFlow cannot be imported."""
    sys.exit(1)


def _record(database: Database, run: Run, epoch: int) -> None:
    first = (epoch - 1) * STEPS_PER_EPOCH + 1
    progress.describe_model(database, run.id, 34, STEPS_PER_EPOCH)
    steps = [StepMetrics(step, 1 / step, 0.5) for step in (first, first + 1)]
    progress.report(database, run.id, steps=steps)
    progress.report(database, run.id, epochs=[EpochMetrics(epoch, 1 / epoch, 0.5, 1 / epoch, 0.6, 0.1)])


BEHAVIOURS: dict[str, Callable[[Database, Run], None]] = {
    behaviour.__name__: behaviour for behaviour in (train, crash, fault, be_killed, hang, obey, show_threads)
}

INSPECTING: dict[str, Callable[[Database, str], bool]] = {
    behaviour.__name__: behaviour for behaviour in (leave, run_out_of_memory, ponder, wait_to_be_told, break_down_first)
}
"""How a worker of that behaviour answers; it says whether it waits on. The others answer at once."""


def main() -> None:
    behaviour, *given = sys.argv[1:]
    if behaviour == "cannot_start":
        sys.exit(1)
    workspace = Workspace.from_environment()
    with (workspace.home / "workers").open("a") as workers:
        workers.write(f"{Process.of(os.getpid())}\n")
    database = Database.open(workspace)
    run_id = given[0] if given else wait_as_spare(database, INSPECTING.get(behaviour, answer))
    if run_id:
        BEHAVIOURS.get(behaviour, train)(database, progress.begin(database, run_id, os.getpid()))


def wait_as_spare(database: Database, inspect: Callable[[Database, str], bool]) -> str:
    for line in sys.stdin:
        words = line.split()
        if len(words) == 1:
            return words[0]
        if not inspect(database, words[1]):
            break
    return ""


if __name__ == "__main__":
    main()
