"""Runs of Layerlab as a person starts them, without the screens: intake, queue, engine, worker, files of the model."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from bench import spare
from bench.trained import Trained
from bench.work import recipe
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.runs import history, projects, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.engine import ensure_engine
from core.runs.locks import hold_web_lock
from core.runs.run import Run
from core.runs.shutdown import shut_down
from core.workspace import Workspace

POLL_SECONDS = 0.02


class LayerlabRuns:
    """The runs of one project, one after the other, in a workspace with an engine."""

    def __init__(self, workspace: Workspace, database: Database) -> None:
        self._workspace = workspace
        self._database = database
        self._project_id = projects.create(database, "Benchmark").id

    def train(self, archive: Path, epochs: int) -> Trained:
        """From the archive to the completed run. The time counts once a spare worker is ready.

        Returns when the next one is ready, too, which would disturb whoever comes next.
        """
        spare.wait_until_ready(self._database)
        began = perf_counter()
        run = self._enqueue(archive, epochs)
        intake_seconds = perf_counter() - began
        run = self._completed(run)
        seconds = perf_counter() - began
        spare.wait_until_ready(self._database)
        return self._trained(run, seconds, intake_seconds)

    def _enqueue(self, archive: Path, epochs: int) -> Run:
        dataset = take_in(open_source(archive), self._workspace.datasets, lambda done, total: None)
        register_dataset(self._database, dataset)
        return store.enqueue(self._database, self._workspace, self._project_id, dataset.id, recipe(epochs))

    def _completed(self, run: Run) -> Run:
        while not run.state.is_finished:
            time.sleep(POLL_SECONDS)
            run = store.get(self._database, run.id)
        if not run.state.is_trained:
            sys.exit(f"The run is {run.state}: {run.message}")
        return run

    def _trained(self, run: Run, seconds: float, intake_seconds: float) -> Trained:
        epochs = history.epochs(self._database, run.id)
        training_seconds = float(epochs["seconds"].sum())
        phases = {
            "intake and split": intake_seconds,
            "until the run began": (run.started_at - run.created_at).total_seconds(),
            "epochs": training_seconds,
            "building the net and its files": run.elapsed_seconds(run.finished_at) - training_seconds,
        }
        return Trained(seconds, float(epochs["val_accuracy"].iloc[-1]), phases)


@contextmanager
def layerlab_runs(workspace: Workspace) -> Iterator[LayerlabRuns]:
    """Runs in ``workspace``, whose engine lives as long as the context."""
    database = Database.open(workspace)
    lock = hold_web_lock(workspace)
    ensure_engine(workspace)
    try:
        yield LayerlabRuns(workspace, database)
    finally:
        lock.release()
        shut_down(workspace)
        database.close()
