"""Checking the images of a dataset in the background; what is found is in the dataset's folder."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.dataset.store import load
from core.message import Message
from core.quality.store import is_checked
from core.runs import analyses
from core.runs.analyses import Analysis, AnalysisKind, Ending, Task
from core.runs.database import Database
from core.runs.states import IntakeState
from core.workspace import Workspace


@dataclass(frozen=True)
class Check:
    """A check as it stood when it was read: ``done`` of ``total`` images; 0 of 0 before they are counted.

    ``message`` says why it failed or was lost. What it found is in the dataset's folder, see `core.quality.store`.
    """

    dataset_id: str
    state: IntakeState
    done: int
    total: int
    message: Message | None

    @property
    def progress(self) -> float:
        """The share of the images that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def start(database: Database, workspace: Workspace, dataset_id: str, worker: Sequence[str] | None = None) -> Check:
    """Begins to check a dataset that was registered, and returns at once.

    Does nothing when it is being checked, or was, by the command line too: two who start it at once start one process.
    One that failed or was lost begins anew. Raises DatasetError when the dataset is not in the workspace.
    """
    dataset = load(workspace.datasets, dataset_id)
    if is_checked(dataset):
        analyses.keep(database, task(dataset_id), Ending(IntakeState.COMPLETED, total=len(dataset.images)))
    return _check(analyses.start(database, workspace, task(dataset_id), worker, is_done_anew=not is_checked(dataset)))


def state(database: Database, dataset_id: str) -> Check | None:
    """The check of a dataset, made lost first if its process is gone; None when nobody has started one."""
    found = analyses.state(database, task(dataset_id))
    return None if found is None else _check(found)


def task(dataset_id: str) -> Task:
    """What is to be worked on when a dataset is checked."""
    return Task(AnalysisKind.CHECK, dataset_id)


def _check(found: Analysis) -> Check:
    return Check(found.task.dataset_id, found.state, found.done, found.total, found.message)
