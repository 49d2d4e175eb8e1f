"""A run from its row in the database to its files: in this process, and once in one of its own."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from core.dataset.store import Dataset, pixels
from core.recipe import Recipe
from core.runs import progress
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.process import PROJECT_ROOT, Process
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.store import epochs, get, request_stop, run_folder, steps
from core.training import job, worker
from core.workspace import Workspace
from tests.core.dataset.builders import folder_of, image_bytes, take
from tests.core.training.nets import CLASSES, SMALL_NET, recipe_of, some_images

IMAGES = 60
PATIENCE_SECONDS = 120


@pytest.fixture
def dataset(workspace: Workspace, tmp_path: Path) -> Dataset:
    images, labels = some_images(IMAGES)
    labels[:CLASSES] = range(CLASSES)
    files = {
        f"class {label}/{position}.png": image_bytes(Image.fromarray(image[:, :, 0]))
        for position, (image, label) in enumerate(zip(images, labels, strict=True))
    }
    return take(folder_of(tmp_path / "rows", files), workspace.datasets)


def admitted(database: Database, workspace: Workspace, dataset: Dataset, recipe: Recipe) -> str:
    process = Process.of(os.getpid())
    return admit(database, workspace, recipe, dataset.id, project_id=None, name="one", process=process)


def begun(database: Database, workspace: Workspace, dataset: Dataset, recipe: Recipe) -> Run:
    return progress.begin(database, admitted(database, workspace, dataset, recipe), os.getpid())


def test_a_run_is_trained_recorded_and_saved(database, workspace, dataset) -> None:
    recipe = recipe_of(SMALL_NET, epochs=2)
    run = begun(database, workspace, dataset, recipe)

    state = worker.work(database, workspace, run, Event())

    assert state is RunState.COMPLETED
    found = get(database, run.id)
    assert (found.state, found.epoch, found.message) == (RunState.COMPLETED, 2, None)
    assert found.parameters == recipe.summary().parameters
    training_images = round(IMAGES * recipe.split.train)
    assert found.steps_per_epoch == recipe.training.updates_per_epoch(training_images)
    assert steps(database, run.id)["step"].tolist() == list(range(1, 2 * found.steps_per_epoch + 1))
    assert epochs(database, run.id).notna().all(axis=None)
    folder = run_folder(workspace, run.id)
    images = pixels(dataset, recipe.image).astype(np.float32)
    litert = Interpreter(str(folder / "model.tflite")).get_signature_runner("serving_default")
    expected = keras.models.load_model(folder / "model.keras").predict(images, verbose=0)
    np.testing.assert_allclose(litert(images=images)["output_3"], expected, atol=1e-5)


def test_a_stop_request_ends_the_run_and_keeps_what_was_learned(database, workspace, dataset) -> None:
    run = begun(database, workspace, dataset, recipe_of(SMALL_NET, epochs=10_000))
    request_stop(database, run.id)

    state = worker.work(database, workspace, run, Event())

    assert state is RunState.STOPPED
    assert get(database, run.id).state is RunState.STOPPED
    assert (run_folder(workspace, run.id) / "model.tflite").exists()


def test_a_run_that_diverges_fails_with_its_sentence(database, workspace, dataset, capfd) -> None:
    optimizer = {"kind": "SGD", "learning_rate": 100.0}
    recipe = recipe_of(SMALL_NET, loss="mean_squared_error", optimizer=optimizer, epochs=100)
    diverging = recipe.model_copy(update={"layers": (*SMALL_NET[:-1], SMALL_NET[-1].changed(activation=None))})
    run = begun(database, workspace, dataset, diverging)

    worker.work(database, workspace, run, Event())

    found = get(database, run.id)
    assert found.state is RunState.FAILED
    assert "learning rate of 100 is probably too high" in str(found.message)


def test_a_bug_is_told_with_its_log(database, workspace, dataset, capfd, monkeypatch) -> None:
    run = begun(database, workspace, dataset, recipe_of(SMALL_NET))
    monkeypatch.setattr(job, "read_assignment", lambda _path: 1 / 0)

    worker.work(database, workspace, run, Event())

    found = get(database, run.id)
    assert found.state is RunState.FAILED
    assert "error in Layerlab: ZeroDivisionError: division by zero" in str(found.message)
    assert "worker.log" in str(found.message)
    assert "Traceback" in capfd.readouterr().err


def test_a_spare_process_without_a_run_ends(monkeypatch, capfd) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setattr(sys, "argv", ["worker", "--spare"])

    assert worker.main() == 0
    assert capfd.readouterr().out == "ready\n"


def test_a_run_that_does_not_wait_for_a_process_is_refused_in_one_line(database, workspace) -> None:
    refused = subprocess.run(_worker("nobody"), capture_output=True, text=True, check=False, cwd=PROJECT_ROOT)

    assert refused.returncode == 1
    assert refused.stderr.strip() == "There is no run called nobody. It may have been deleted."


def test_a_spare_process_takes_a_run_and_stops_it_when_told_to_end(database, workspace, dataset) -> None:
    run_id = admitted(database, workspace, dataset, recipe_of(SMALL_NET, epochs=10_000))
    log = run_folder(workspace, run_id) / "worker.log"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(_worker("--spare"), text=True, cwd=PROJECT_ROOT, **pipes) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            process.stdin.write(f"{run_id}\n")
            process.stdin.close()
            _wait_for(lambda: get(database, run_id).epoch > 0)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()

    assert get(database, run_id).state is RunState.STOPPED
    assert (log.parent / "model.tflite").exists()
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _worker(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "core.training.worker", *arguments]


def _wait_for(is_so) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
