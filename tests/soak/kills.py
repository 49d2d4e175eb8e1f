"""Kills web processes, engines and workers at random while they work off a queue, and looks at what is left of it.

``python -m tests.soak.kills --kills 100 --seed 0`` prints how it went; with ``--seconds`` it kills no longer than that.
The seed decides what is to be killed and at which moments of the work; how far each process is
by then is up to the machine.
"""

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from PIL import Image

from core.dataset.store import Dataset
from core.recipe import Recipe, parse
from core.runs import projects, store
from core.runs.control import go_on
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.foreground import WORKER, train
from core.runs.locks import engine_lock
from core.runs.machine import cores
from core.runs.process import Process, python, start
from core.runs.queue import active_runs
from core.runs.run import Run
from core.runs.settings import Settings
from core.runs.shutdown import shut_down
from core.runs.states import RunState
from core.training import checkpoint
from core.workspace import Workspace
from tests.core.dataset.builders import folder_of, image_bytes, noise, take

SLOTS = 2
ENVIRONMENT = {"LAYERLAB_SLOTS": str(SLOTS), "LAYERLAB_CHECKPOINT_SECONDS": "0.2"}
THREADS = Settings(SLOTS).threads(cores())
PROJECTS = ("one", "another")
IMAGES_PER_CLASS, SIZE, CLASSES = 500, 16, 2

LOOK_SECONDS = 0.05
MOMENT_SECONDS = 20.0
"""A moment to kill that does not come is given up after so long."""
MOST_PAUSE_SECONDS = 0.4
END_SECONDS = 240.0
GONE_SECONDS = 60.0
"""A spare worker whose engine was killed ends when it has imported TensorFlow, which takes a while."""

KINDS = ("web", "engine", "worker", "worker")
FIGURES = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"]


@dataclass
class Soak:
    """What the driver knows: the queue, what it killed, and which processes ever answered for a run."""

    workspace: Workspace
    database: Database
    dataset: Dataset
    random: np.random.Generator
    references: dict[int, str]
    project_ids: list[str]
    web: subprocess.Popen[bytes] | None = None
    killed: list[tuple[str, Process]] = field(default_factory=list)
    seen: defaultdict[str, set[Process]] = field(default_factory=lambda: defaultdict(set))
    continued: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Outcome:
    """``kills`` by kind, ``states`` of all runs; of those that were continued, how many went on from a checkpoint.

    ``equal`` is how many runs have the weights, to the last bit, and the curves of an uninterrupted one.
    """

    kills: Counter[str]
    states: Counter[str]
    continuations: int
    continued: int
    resumed: int
    equal: int
    seconds: float


def soak(folder: Path, kills: int, seed: int, recipes: int = 3, seconds: float = float("inf")) -> Outcome:
    """Works off a queue among ``kills`` kills, or as many as fit into ``seconds``. AssertionError where it is amiss."""
    started = time.monotonic()
    it = prepare(folder, seed, recipes)
    try:
        deadline = time.monotonic() + seconds
        while len(it.killed) < kills and time.monotonic() < deadline:
            fill_queue(it)
            kill_one(it)
        look_until(it, lambda: all(run.state is RunState.COMPLETED for run in all_runs(it)), END_SECONDS, "all to end")
    finally:
        end(it)
    look_for_leftovers(it)
    outcome = compare(it, time.monotonic() - started)
    it.database.close()
    return outcome


def prepare(folder: Path, seed: int, recipes: int) -> Soak:
    """A workspace with a dataset, two projects, and each of the recipes trained once without interruption."""
    workspace = Workspace.at(folder / "home")
    workspace.home.mkdir(parents=True)
    database = Database.open(workspace)
    dataset = take(folder_of(folder / "images", images()), workspace.datasets)
    register_dataset(database, dataset)
    project_ids = [projects.create(database, name).id for name in PROJECTS]
    references = {number: trained(database, workspace, dataset, number) for number in range(recipes)}
    return Soak(workspace, database, dataset, np.random.default_rng(seed), references, project_ids)


def images() -> dict[str, bytes]:
    """Noise, brighter in one class than in the other."""
    return {
        f"class {label}/{number}.png": image_bytes(
            Image.fromarray(noise(SIZE, SIZE, 1, seed=CLASSES * number + label) // 2 + 40 * np.uint8(label))
        )
        for label in range(CLASSES)
        for number in range(IMAGES_PER_CLASS)
    }


def recipe_of(number: int) -> Recipe:
    """A net with all that goes by chance: first weights, order, Dropout, augmentation. ``number`` is its seed."""
    return parse(
        f"""
        image: {{height: {SIZE}, width: {SIZE}, channels: 1}}
        split: {{train: 0.8, validation: 0.1, test: 0.1}}
        augmentation: [{{kind: RandomFlip}}]
        layers:
          - {{kind: Conv2D, filters: 128, kernel_size: 3, activation: relu}}
          - {{kind: Conv2D, filters: 128, kernel_size: 3, activation: relu}}
          - {{kind: Flatten}}
          - {{kind: Dropout, rate: 0.5}}
          - {{kind: Dense, units: {CLASSES}, activation: softmax}}
        training: {{loss: categorical_crossentropy, optimizer: {{kind: Adam}}, batch_size: 8, epochs: 3,
                   seed: {number}}}
        """
    )


def trained(database: Database, workspace: Workspace, dataset: Dataset, number: int) -> str:
    """The run that the others are compared with. It has as many threads as they: sums are rounded by their order."""
    worker = ["env", f"LAYERLAB_THREADS={THREADS}", *WORKER]
    run = train(database, workspace, recipe_of(number), dataset.id, f"reference-{number}", lambda metrics: None, worker)
    assert run.state is RunState.COMPLETED, f"the reference is {run.state}: {run.message}"
    return run.id


def fill_queue(it: Soak) -> None:
    """Each project has each recipe queued or running; one that is so already is not queued again."""
    for number in it.references:
        for project_id in it.project_ids:
            store.enqueue(it.database, it.workspace, project_id, it.dataset.id, recipe_of(number))


def all_runs(it: Soak) -> list[Run]:
    return [run for project_id in it.project_ids for run in store.of_project(it.database, project_id)]


def kill_one(it: Soak) -> None:
    """Waits for a moment in the work and a little longer, then kills something."""
    kind = str(it.random.choice(KINDS))
    moment = MOMENTS[it.random.integers(len(MOMENTS))](it)
    look_until(it, moment, MOMENT_SECONDS)
    pause_ends = time.monotonic() + it.random.uniform(0, MOST_PAUSE_SECONDS)
    look_until(it, lambda: time.monotonic() >= pause_ends, MOMENT_SECONDS)
    if is_queue_empty(it):
        return
    look_until(it, lambda: strike(it, kind), END_SECONDS, f"a living {kind}")


def is_queue_empty(it: Soak) -> bool:
    return not active_runs(it.database)


def at_once(it: Soak) -> Callable[[], bool]:
    return lambda: True


def after_more_steps(it: Soak) -> Callable[[], bool]:
    """When some run is some steps further than the furthest it has been when somebody waited for this."""
    more = int(it.random.integers(1, 120))
    goals = {run.id: run.step + more for run in all_runs(it)}
    return lambda: any(run.step >= goals.get(run.id, more) for run in all_runs(it) if run.state.is_working)


def after_an_epoch(it: Soak) -> Callable[[], bool]:
    goals = {run.id: run.epoch + 1 for run in all_runs(it)}
    return lambda: any(run.epoch >= goals.get(run.id, 1) for run in all_runs(it))


def while_one_begins(it: Soak) -> Callable[[], bool]:
    """A run was claimed; its process has not reported for work yet."""
    return lambda: any(run.state.is_working and not run.has_begun for run in active_runs(it.database))


def while_both_train(it: Soak) -> Callable[[], bool]:
    return lambda: sum(run.state.is_working and run.has_begun for run in active_runs(it.database)) == SLOTS


MOMENTS = (at_once, after_more_steps, after_more_steps, after_an_epoch, while_one_begins, while_both_train)


def web_process(it: Soak) -> Process | None:
    return None if it.web is None else Process.of(it.web.pid)


def engine_process(it: Soak) -> Process | None:
    holder = engine_lock(it.workspace).read()
    return Process.parse(holder) if holder else None


def worker_process(it: Soak) -> Process | None:
    workers = [run.process for run in active_runs(it.database) if run.state.is_working and run.process]
    return workers[it.random.integers(len(workers))] if workers else None


VICTIMS = {"web": web_process, "engine": engine_process, "worker": worker_process}


def strike(it: Soak, kind: str) -> bool:
    """Kills such a process, where one is alive. Without runs there will be no worker, which is as good."""
    victim = VICTIMS[kind](it)
    if victim is None or not victim.is_alive:
        return is_queue_empty(it)
    it.killed.append((kind, victim))
    os.kill(victim.pid, signal.SIGKILL)
    return True


def look_until(it: Soak, condition: Callable[[], bool], seconds: float, wanted: str | None = None) -> None:
    """Looks after everything until the condition holds, or for so long; fails then where that was ``wanted``."""
    deadline = time.monotonic() + seconds
    while True:
        look_after(it)
        if condition():
            return
        if time.monotonic() >= deadline:
            assert wanted is None, f"waited in vain for {wanted}: {[(r.id, r.state, r.step) for r in all_runs(it)]}"
            return
        time.sleep(LOOK_SECONDS)


def look_after(it: Soak) -> None:
    """What people do: start Layerlab again, and continue what was lost. All that must hold is checked meanwhile."""
    if it.web is None or it.web.poll() is not None:
        it.web = start(python("tests.soak.web"), it.workspace, it.workspace.logs / "web.log", environment=ENVIRONMENT)
    workers = processes(it, "core.training.worker")  # before the runs are read: who is a spare worker then was one now
    runs = all_runs(it)
    for run in runs:
        if run.process is not None:
            it.seen[run.id].add(run.process)
    check_runs(it, runs)
    check_workers(it, workers)
    for run in runs:
        if run.state is RunState.LOST:
            go_on(it.database, run.id)
            it.continued[run.id] += 1


def check_runs(it: Soak, runs: list[Run]) -> None:
    """No run has two processes, no more train than may, and only what was killed is lost."""
    working = [run.id for run in active_runs(it.database) if run.state.is_working]
    assert len(working) <= SLOTS, f"these train at once: {working}"
    killed = {process for _, process in it.killed}
    for run in runs:
        alive = [process for process in it.seen[run.id] if process.is_alive]
        assert len(alive) <= 1, f"{run.id} has several processes: {alive}"
        assert run.state.is_active or run.state in (RunState.LOST, RunState.COMPLETED), f"{run.id}: {run.message}"
        if run.state is RunState.LOST:
            was_given = run.started_at is not None
            assert run.process in killed or not was_given, f"{run.id} is lost, and nobody killed it: {run.message}"


def check_workers(it: Soak, workers: list[psutil.Process]) -> None:
    """Besides the workers that have, or had, a run, no engine has more than one."""
    with_run = {process.pid for seen in it.seen.values() for process in seen}
    engines = {engine.pid for engine in processes(it, "core.runs.engine")}
    spares = Counter(parent for pid, parent in map(pid_and_parent, workers) if pid not in with_run)
    assert all(spares[engine] <= 1 for engine in engines), f"spare workers by parent: {spares}"


def pid_and_parent(process: psutil.Process) -> tuple[int, int]:
    try:
        return process.pid, process.ppid()
    except psutil.NoSuchProcess:
        return process.pid, 0


def processes(it: Soak, module: str = "") -> list[psutil.Process]:
    """The living processes of this workspace that run ``module``."""
    return [process for process in psutil.process_iter() if is_of(process, it.workspace, module)]


def is_of(process: psutil.Process, workspace: Workspace, module: str) -> bool:
    try:
        if module and module not in process.cmdline():
            return False
        return process.environ().get("LAYERLAB_HOME") == str(workspace.home)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def end(it: Soak) -> None:
    """Ends Layerlab as `make stop` does."""
    if it.web is not None:
        it.web.kill()
        it.web.wait()
    shut_down(it.workspace)


def look_for_leftovers(it: Soak) -> None:
    deadline = time.monotonic() + GONE_SECONDS
    while left := processes(it):
        assert time.monotonic() < deadline, f"left behind: {left}"
        time.sleep(LOOK_SECONDS)


def compare(it: Soak, seconds: float) -> Outcome:
    """Each run with the uninterrupted one of its recipe."""
    runs = all_runs(it)
    for run in runs:
        assert_equal(it, run.id, it.references[run.recipe.training.seed])
    return Outcome(
        kills=Counter(kind for kind, _ in it.killed),
        states=Counter(run.state.value for run in runs),
        continuations=it.continued.total(),
        continued=len(it.continued),
        resumed=sum(bool(run.resumed_at and run.resumed_at[1]) for run in runs),
        equal=len(runs),
        seconds=seconds,
    )


def assert_equal(it: Soak, run_id: str, reference_id: str) -> None:
    """In weights, slots and counters of chance to the last bit, and in the curves."""
    ours, theirs = variables(it, run_id), variables(it, reference_id)
    assert ours.keys() == theirs.keys()
    assert theirs
    for name in theirs:
        np.testing.assert_array_equal(ours[name], theirs[name], err_msg=f"{run_id}: {name}")
    for table, columns in ((store.epochs, FIGURES), (store.steps, ["step", "loss", "accuracy"])):
        pd.testing.assert_frame_equal(*(table(it.database, each)[columns] for each in (run_id, reference_id)))


def variables(it: Soak, run_id: str) -> dict[str, np.ndarray]:
    snapshot = checkpoint.read(store.run_folder(it.workspace, run_id) / checkpoint.FOLDER)
    assert snapshot is not None, f"{run_id} left no checkpoint"
    return {name: array for name, array in snapshot.arrays.items() if name.startswith("variable_")}


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.kills", description="Kills what Layerlab runs on.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="kill no longer than that")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = soak(Path(folder), arguments.kills, arguments.seed, seconds=arguments.seconds)
    for name, value in vars(outcome).items():
        print(f"{name:14}", dict(value) if isinstance(value, Counter) else value)  # noqa: T201 (it is what it is for)


if __name__ == "__main__":
    main()
