"""The process that carries out one run: ``python -m core.training.worker RUN_ID``.

With ``--spare`` it gets ready ahead of time, prints the line ``ready`` and waits for the run's id on standard input.
Lines ``inspect ID`` that come before it are answered first.
"""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from core.errors import LayerlabError
from core.message import Message
from core.runs import progress
from core.runs.database import Database
from core.runs.process import Process, python
from core.runs.readiness import announce, withdraw
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.store import get, run_folder
from core.runs.threads import Threads
from core.training.checkpoint import Interval
from core.training.failure import explain
from core.workspace import Workspace

if TYPE_CHECKING:
    from core.training.loop import Result


def main() -> int:
    """0 when the run completed, was stopped or paused, or no run came for a spare process; 1 when the run failed."""
    parser = argparse.ArgumentParser(prog="python -m core.training.worker", description="Carries out one run.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("run_id", nargs="?", help="the run, which has to be in the state running")
    which.add_argument("--spare", action="store_true", help="get ready, then wait for the run's id on standard input")
    arguments = parser.parse_args()
    run_id = wait_as_spare() if arguments.spare else arguments.run_id
    return _begin(run_id) if run_id else 0


def wait_as_spare() -> str:
    """The run's id, once it is known.

    Empty when standard input was closed because no run will come, or when an inspection left this process too large.
    """
    from core.training.inspection import inspect  # imports TensorFlow, which a usage error need not wait for
    from core.training.memory import resident_bytes
    from core.training.warm_up import warm_up

    workspace = Workspace.from_environment()
    warm_up()
    process_bytes = resident_bytes()
    with _announced(workspace, process_bytes):
        print("ready", flush=True)  # noqa: T201 (whoever started the spare process waits for this line)
        for line in iter(sys.stdin.readline, ""):
            first, _, inspection_id = line.strip().partition(" ")
            if not inspection_id:
                return first
            if not inspect(workspace, inspection_id, process_bytes):
                break
    return ""


def work(database: Database, workspace: Workspace, run: Run, stop: Event, interval: Interval | None = None) -> RunState:
    """Carry out ``run``, which this process has begun, until it is done or ``stop`` is set; gives its state then."""
    result, message = _carry_out(database, workspace, run, stop, interval or Interval.from_environment())
    if result is None:
        progress.finish(database, run.id, RunState.FAILED, message)
        return RunState.FAILED
    return _say_how_it_ended(database, run.id, result)


def log_file(workspace: Workspace, run_id: str) -> Path:
    """Where the output of the process that works on a run goes."""
    return run_folder(workspace, run_id) / "worker.log"


def _begin(run_id: str) -> int:
    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    try:
        wanted = _wanted_threads(get(database, run_id))
        if not Threads.from_environment().serves(wanted):
            _start_anew(run_id, wanted)
        stop = _stop_on_signals()
        run = progress.begin(database, run_id, os.getpid(), wanted.count)
    except LayerlabError as error:
        sys.exit(str(error))
    _redirect_output(log_file(workspace, run_id))
    return 1 if work(database, workspace, run, stop).is_trouble else 0


def _wanted_threads(run: Run) -> Threads:
    """Those that it began with, so that it ends as if it had never been interrupted; else those of this process."""
    return Threads.for_recipe(run.recipe, run.threads or Threads.from_environment().count)


def _start_anew(run_id: str, threads: Threads) -> NoReturn:
    """The same process from the beginning, with other threads: TensorFlow makes them once, when it is imported."""
    command = python("core.training.worker", run_id)
    os.execve(command[0], command, {**os.environ, **threads.environment})


def _stop_on_signals() -> Event:
    """An event that is set when the process is asked to end; the run is then stopped, with its model saved."""
    stop = Event()

    def request_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, request_stop)
    signal.signal(signal.SIGINT, request_stop)
    return stop


def _redirect_output(log: Path) -> None:
    """From now on standard output and error, also those of native code, are appended to ``log``."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(descriptor, stream.fileno())
    os.close(descriptor)


def _carry_out(
    database: Database, workspace: Workspace, run: Run, stop: Event, interval: Interval
) -> "tuple[Result | None, Message | None]":
    """How the run ended. Whatever goes wrong becomes a sentence, and a traceback in the log."""
    try:
        from core.training.job import carry_out  # imports TensorFlow, which can fail as well

        return carry_out(database, workspace, run, stop, interval), None
    except Exception as error:  # noqa: BLE001 (a process's edge)
        traceback.print_exc()
        return None, explain(error, log_file(workspace, run.id))


def _say_how_it_ended(database: Database, run_id: str, result: "Result") -> RunState:
    from core.training.loop import Outcome

    if result.outcome is Outcome.PAUSED:
        progress.pause(database, run_id, result.kept_epoch)
        return RunState.PAUSED
    state = RunState.STOPPED if result.outcome is Outcome.STOPPED else RunState.COMPLETED
    progress.finish(database, run_id, state, kept_epoch=result.kept_epoch)
    return state


@contextmanager
def _announced(workspace: Workspace, process_bytes: int) -> Iterator[None]:
    """While entered, the database says that this process is ready."""
    database, process = Database.open(workspace), Process.of(os.getpid())
    announce(database, process, process_bytes)
    try:
        yield
    finally:
        withdraw(database, process)
        database.close()


if __name__ == "__main__":
    sys.exit(main())
