"""How often a test set was opened, for the tests."""

from core.dataset.store import load
from core.evaluation import record_of
from core.runs.database import Database
from core.runs.run import Run
from core.runs.store import run_folder
from core.split import read_assignment
from core.workspace import Workspace


def openings(database: Database, workspace: Workspace, run: Run) -> int:
    """Of the test images of ``run``."""
    assignment = read_assignment(run_folder(workspace, run.id) / "split.csv")
    return record_of(database, run, load(workspace.datasets, run.dataset_id), assignment).count
