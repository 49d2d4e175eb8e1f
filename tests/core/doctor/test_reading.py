"""What a diagnosis goes by, of runs that have not been trained: for the others see test_real_recipes.py."""

import os

import numpy as np
import pytest

from core.doctor import diagnose
from core.doctor.reading import case_of
from core.recipe import parse
from core.runs import progress, store
from core.runs.admission import admit
from core.runs.breakdown import breakdown
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress import EpochMetrics
from core.runs.states import RunState
from core.workspace import Workspace
from tests.core.dataset.number_images import number_dataset

RECIPE = parse(
    """
    image: {height: 8, width: 8, channels: 1}
    layers: [{kind: Flatten}, {kind: Dense, units: 1}]
    training: {loss: mean_squared_error, optimizer: {kind: Adam}, epochs: 8}
    """
)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.from_environment()


@pytest.fixture
def database(workspace):
    database = Database.open(workspace)
    yield database
    database.close()


@pytest.fixture
def run_id(database, workspace, tmp_path):
    """A run that learns numbers, and is being worked on."""
    dataset = number_dataset(tmp_path, workspace.datasets, 40)
    process = Process.of(os.getpid())
    run_id = admit(database, workspace, RECIPE, dataset.id, project_id=None, name="needles", process=process)
    progress.begin(database, run_id, os.getpid())
    return run_id


def measured(database, run_id, losses, val_losses):
    epochs = [
        EpochMetrics(epoch, loss, None, val_loss, None, seconds=1.0)
        for epoch, (loss, val_loss) in enumerate(zip(losses, val_losses, strict=True), start=1)
    ]
    progress.report(database, run_id, steps=[], epochs=epochs)


def test_of_numbers_the_loss_alone_speaks(database, workspace, run_id):
    measured(database, run_id, np.linspace(9, 0.1, 8).tolist(), [8.0, 4.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    case = case_of(database, workspace, store.get(database, run_id))
    assert (case.validation_counts, case.predicted_counts, case.has_accuracy) == ((), None, False)
    assert not case.is_over
    assert [finding.kind for finding in diagnose(case)] == ["overfitting"]


@pytest.mark.parametrize(("message", "expected"), [(breakdown(1, float("inf"), 2.0), ["divergence"]), (None, [])])
def test_a_failure_is_divergence_where_its_message_says_so(database, workspace, run_id, message, expected):
    progress.finish(database, run_id, RunState.FAILED, message)
    case = case_of(database, workspace, store.get(database, run_id))
    assert case.is_over
    assert [finding.kind for finding in diagnose(case)] == expected
