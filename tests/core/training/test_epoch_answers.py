"""What a net answered after each epoch, against what the training measured and what LiteRT answers."""

import os
from threading import Event

import numpy as np
import pytest

from core.dataset.store import pixels
from core.evaluation.predict import predict
from core.runs import inspection_queue, inspections, progress, store
from core.runs.admission import admit
from core.runs.epoch_answers import EpochAnswers
from core.runs.epoch_weights import epoch_file, kept_epochs
from core.runs.inspections import Inspection
from core.runs.process import Process
from core.runs.store import run_folder
from core.runs.tables import InspectionRow
from core.split import read_assignment
from core.training import epoch_answers, worker
from core.training.epoch_answers import coarse_to_fine
from core.training.inspection import inspect
from tests.core.training.nets import NORMALIZED_NET, recipe_of
from tests.core.training.stored import make_dataset

RECIPE = recipe_of(NORMALIZED_NET, epochs=4, batch_size=4, keep_best="val_loss")


@pytest.fixture
def dataset(workspace, tmp_path):
    return make_dataset(workspace, tmp_path / "rows", 60)


@pytest.fixture
def run(database, workspace, dataset):
    process = Process.of(os.getpid())
    admit(database, workspace, RECIPE, dataset.id, project_id=None, name="one", process=process)
    worker.work(database, workspace, progress.begin(database, "one", os.getpid()), Event())
    return store.get(database, "one")


@pytest.fixture
def ask(database, workspace):
    """Asks and answers in this process, also where it was asked before."""

    def ask(run_id: str) -> Inspection:
        with database.writing() as session:
            session.query(InspectionRow).delete()
        asked = inspections.ask_epoch_answers(database, run_id)
        inspection_queue.claim(database, Process.of(os.getpid()))
        inspect(workspace, asked.id, process_bytes=2**40)
        return inspections.get(database, asked.id)

    return ask


class Watched:
    """An array that keeps which of its rows were read."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        self.read: set[int] = set()

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        self.read |= set(rows.tolist())
        return self.array[rows]


def test_the_answers_are_those_that_the_training_was_judged_by(ask, database, workspace, dataset, run, monkeypatch):
    folder = run_folder(workspace, run.id)
    rows = read_assignment(folder / "split.csv").rows("validation")
    images = Watched(pixels(dataset, RECIPE.image))
    monkeypatch.setattr(epoch_answers, "pixels", lambda *_: images)

    answered = ask(run.id)

    assert (answered.result, answered.data) == ({"epochs": [1, 2, 3, 4]}, None), "they are in the file only"
    found = EpochAnswers.stored(folder)
    assert images.read == set(rows.tolist()), "and none of the test images"
    assert found.epochs == (1, 2, 3, 4)
    answers = np.stack([found.after(epoch) for epoch in found.epochs])
    assert (answers.dtype, answers.shape) == (np.float32, (4, len(rows), 3))
    right = answers.argmax(axis=2) == dataset.images["label"].to_numpy()[rows]
    measured = store.epochs(database, run.id)["val_accuracy"]
    np.testing.assert_allclose(right.mean(axis=1), measured, rtol=1e-6)
    by_lite_rt = predict(folder / "model.tflite", images.array, rows)
    np.testing.assert_allclose(found.after(run.kept_epoch), by_lite_rt, atol=1e-5)


def test_they_are_computed_once_for_a_run(ask, workspace, run, monkeypatch):
    first = ask(run.id)
    monkeypatch.setattr(epoch_answers, "finished_model", lambda *_: 1 / 0)
    again = ask(run.id)
    assert (again.state, again.result) == (first.state, first.result)


def test_where_time_is_short_some_epochs_are_answered_for(ask, run, monkeypatch):
    monkeypatch.setattr(epoch_answers, "SECONDS", 0.0)
    assert ask(run.id).result == {"epochs": [run.kept_epoch]}


def test_a_run_without_epochs_is_told(ask, workspace, run):
    folder = run_folder(workspace, run.id)
    for epoch in kept_epochs(folder):
        epoch_file(folder, epoch).unlink()
    assert "Of the run one no epochs are kept" in str(ask(run.id).message)


@pytest.mark.parametrize(
    ("epochs", "kept_epoch", "order"),
    [
        ([7], None, [7]),
        ([7], 7, [7]),
        ([1, 2, 3, 4, 5], None, [5, 1, 3, 4, 2]),
        ([1, 2, 3, 4, 5], 2, [2, 5, 1, 3, 4]),
        ([1, 2, 3], 9, [3, 1, 2]),
    ],
)
def test_epochs_are_taken_spread_over_all_of_them(epochs, kept_epoch, order):
    assert coarse_to_fine(epochs, kept_epoch) == order
