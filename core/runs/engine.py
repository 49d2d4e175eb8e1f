"""The engine: takes queued runs in order and sees to it that no run is called running that is not, and that each search
which runs has a process.

``LAYERLAB_SLOTS`` says how many runs are trained at once, one unless it does; each has its share of the cores. While no
run waits to begin, a spare worker answers inspections. ``LAYERLAB_SPARE=off`` saves its memory: then a worker is
started for each run and each inspection, and none is kept.

``python -m core.runs.engine`` works until nobody needs it; with ``--stop`` it ends the engine and all work in progress.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta

from core.message import Message
from core.runs.conductors import CONDUCTOR, Conductors, unsettled
from core.runs.database import Database
from core.runs.liveness import SILENCE_SECONDS, Sign, sign_of_life
from core.runs.locks import FileLock, engine_lock, is_web_alive
from core.runs.lost import ended_message, silent_message
from core.runs.machine import cores
from core.runs.process import Process, python, start_detached
from core.runs.queue import ActiveRun, active_runs, claim, likely_recipe, write_lost
from core.runs.readiness import forget_dead
from core.runs.settings import Settings, SettingsError
from core.runs.shutdown import shut_down
from core.runs.spare import SPARE_WORKER
from core.runs.standby import IMPORT_SECONDS, KILL_SECONDS, Standby
from core.runs.threads import Threads
from core.workspace import Workspace

ENGINE = tuple(python("core.runs.engine"))
DEFAULT_SETTINGS = Settings()
TURN_SECONDS = 0.2
LONGEST_TURN = timedelta(seconds=10)
ALONE = timedelta(seconds=10)


class Engine:
    """The engine's memory between two turns: its spare worker and the workers it has given a run.

    What must survive it is in the database, so that the next engine goes on with the runs that this one started.
    """

    def __init__(
        self,
        workspace: Workspace,
        database: Database,
        worker: Sequence[str] = SPARE_WORKER,
        settings: Settings = DEFAULT_SETTINGS,
        conductor: Sequence[str] = CONDUCTOR,
    ) -> None:
        self._workspace = workspace
        self._database = database
        self._settings = settings
        self._standby = Standby(workspace, database, worker, self._environment)
        self._conductors = Conductors(workspace, database, conductor)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._turned_at = self._awake_since = database.now()

    @property
    def spare(self) -> Process | None:
        """The process of the worker that waits for the next run."""
        return self._standby.process

    def turn(self) -> bool:
        """Does all that is to be done now; returns whether another turn is needed."""
        self._notice_sleep()
        forget_dead(self._database)
        is_asked = self._standby.look_after(self._turned_at, self._awake_since)
        exit_codes = self._reap()
        active = active_runs(self._database)
        working = [run for run in active if run.state.is_working and not self._is_given_up(run, exit_codes)]
        waiting = [run for run in active if run.state.is_waiting]
        if waiting and len(working) < self._settings.slots:
            self._start_next()
        else:
            self._stand_by(working, is_asked)
        is_searching = self._conductors.look_after(self._turned_at)
        return bool(active) or is_searching or is_web_alive(self._workspace)

    def run(self, lock: FileLock) -> None:
        """Turns until nobody needs it. ``lock`` is the engine's lock, held; it is released at the end."""
        try:
            while lock.is_held:
                if self.turn():
                    time.sleep(TURN_SECONDS)
                    continue
                self.close()
                lock.release()
                if self._is_needed():  # by someone who saw the lock held a moment ago and therefore started no engine
                    lock.acquire()
        finally:
            self.close()
            lock.release()

    def close(self) -> None:
        """Ends the spare worker. Runs and searches in progress go on."""
        self._standby.close()

    def _is_needed(self) -> bool:
        database = self._database
        return bool(active_runs(database)) or bool(unsettled(database)) or is_web_alive(self._workspace)

    def _environment(self) -> dict[str, str]:
        """A worker's threads, right for the run that will probably come; for another, it starts itself anew."""
        count, recipe = self._settings.threads(cores()), likely_recipe(self._database)
        return (Threads.for_recipe(recipe, count) if recipe else Threads(count, shares=count)).environment

    def _notice_sleep(self) -> None:
        """After the machine slept, every heartbeat is old. The workers get the time to be heard again."""
        now = self._database.now()
        if now - self._turned_at > LONGEST_TURN:
            self._awake_since = now
        self._turned_at = now

    def _reap(self) -> dict[str, int]:
        """The exit codes of the workers that have ended since the last turn, by run."""
        codes = {run_id: child.poll() for run_id, child in self._children.items()}
        ended = {run_id: code for run_id, code in codes.items() if code is not None}
        for run_id in ended:
            del self._children[run_id]
        return ended

    def _is_given_up(self, run: ActiveRun, exit_codes: dict[str, int]) -> bool:
        """Makes a run lost whose process is gone, or was silent for too long; the latter is ended too."""
        message = self._why_lost(run, exit_codes)
        if message is None:
            return False
        if run.process is not None:
            run.process.end(KILL_SECONDS)
        write_lost(self._database, run.id, message)
        return True

    def _why_lost(self, run: ActiveRun, exit_codes: dict[str, int]) -> Message | None:
        """Why a run that is running in name is lost; none for one that lives."""
        heard_at = max(run.heard_at, self._awake_since)
        silence_seconds = SILENCE_SECONDS if run.has_begun else IMPORT_SECONDS
        sign = sign_of_life(run.process, heard_at, self._turned_at, silence_seconds)
        if sign is Sign.GONE and run.id not in self._children:  # a child's end is known when it is reaped
            return ended_message(self._workspace, run.id, exit_codes.get(run.id))
        if sign is Sign.SILENT:
            return silent_message(self._workspace, run.id, silence_seconds)
        return None

    def _start_next(self) -> None:
        spare = self._standby.take()
        if spare is None:
            return
        run_id = claim(self._database, spare.process)
        if run_id is None:
            self._standby.put_back(spare)
            return
        self._children[run_id] = spare.hand_over(run_id)

    def _stand_by(self, working: Sequence[ActiveRun], is_asked: bool) -> None:
        """Has a spare worker ready, if one is wanted, and answers what is asked."""
        if is_asked or (self._settings.has_spare and all(self._has_settled(run) for run in working)):
            self._standby.keep(self._turned_at)
        elif not self._settings.has_spare:
            self._standby.dismiss()
        if is_asked:
            self._standby.inspect_next(self._turned_at)

    def _has_settled(self, run: ActiveRun) -> bool:
        """A run has the cores to itself at first: a short one is over before a spare worker imports TensorFlow."""
        return run.started_at is not None and self._turned_at - run.started_at >= ALONE


def ensure_engine(workspace: Workspace, command: Sequence[str] = ENGINE) -> None:
    """Starts the engine where none is alive. Costs next to nothing where one is.

    The new engine inherits the lock, so that of several that ask at once only one starts it.
    """
    lock = engine_lock(workspace)
    if not lock.acquire():
        return
    try:
        descriptor = lock.fileno()
        log = workspace.logs / "engine.log"
        start_detached([*command, "--lock", str(descriptor)], workspace, log, pass_fds=[descriptor])
    finally:
        lock.release()


def is_engine_gone(workspace: Workspace) -> bool:
    """Whether the engine that was there last has ended and none has followed it; false where there never was one.

    The lock is only read, not tried: an engine that is just starting gets it.
    """
    holder = engine_lock(workspace).read()
    if not holder:
        return False
    process = Process.parse(holder)
    return process.is_here and not process.is_alive


def serve(
    workspace: Workspace,
    lock: FileLock,
    worker: Sequence[str] = SPARE_WORKER,
    settings: Settings = DEFAULT_SETTINGS,
    conductor: Sequence[str] = CONDUCTOR,
) -> None:
    """Runs an engine in this process until it is not needed or gets SIGTERM. Does nothing where another one lives."""
    if not lock.is_held and not lock.acquire():
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    lock.write(str(Process.of(os.getpid())))
    Engine(workspace, Database.open(workspace), worker, settings, conductor).run(lock)


def main() -> None:
    """The command line of this module."""
    parser = ArgumentParser(prog="python -m core.runs.engine", description="Works off the queue of runs.")
    parser.add_argument("--stop", action="store_true", help="end the engine, running trainings, searches and intakes")
    parser.add_argument("--lock", type=int, metavar="DESCRIPTOR", help="the engine's lock, taken by the parent process")
    arguments = parser.parse_args()
    workspace = Workspace.from_environment()
    if arguments.stop:
        shut_down(workspace)
        return
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        parser.exit(2, f"layerlab: {error}\n")
    serve(workspace, engine_lock(workspace, arguments.lock), settings=settings)


if __name__ == "__main__":
    main()
