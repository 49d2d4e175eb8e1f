"""A forecast against what Keras and TensorFlow really take."""

import os
import subprocess
import sys

import numpy as np
import psutil
import pytest

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.flatten import Flatten
from core.errors import DatasetError, RecipeError
from core.runs.admission import admit
from core.runs.process import PROJECT_ROOT, Process
from core.split import Split, assign
from core.training import forecast as forecasts
from core.training.data import read
from core.training.forecast import answer_forecast
from core.training.question import Question
from tests.core.training.nets import CLASSES, SMALL_NET, SOFTMAX, parts_of, recipe_of
from tests.core.training.stored import make_dataset

IMAGES = 60
PROCESS_BYTES = 1234
WIDE_NET = (Conv2D(filters=64, kernel_size=3, padding="same", activation="relu"), Flatten(), SOFTMAX)


@pytest.fixture
def dataset(workspace, tmp_path):
    return make_dataset(workspace, tmp_path / "rows", IMAGES)


@pytest.fixture
def forecast(database, workspace, dataset):
    def forecast(recipe, dataset_id: str = dataset.id):
        payload = {"recipe": recipe.model_dump(mode="json"), "dataset_id": dataset_id}
        return answer_forecast(Question(database, workspace, payload, PROCESS_BYTES)).result

    return forecast


@pytest.fixture
def quick(monkeypatch):
    """Only the fewest batches are timed."""
    monkeypatch.setattr(forecasts, "STEPS_SECONDS", 0)
    monkeypatch.setattr(forecasts, "VALIDATION_SECONDS", 0)


def test_the_times_are_those_of_an_epoch_of_the_split(forecast):
    recipe = recipe_of(SMALL_NET, batch_size=8)
    result = forecast(recipe)
    assert result["batches_measured"] >= 3
    assert 0 < result["seconds_per_step"] < result["first_step_seconds"]
    steps, validation_batches = 6, 2  # 42 and 9 of 60 images in batches of 8
    expected = steps * result["seconds_per_step"] + validation_batches * result["validation_seconds_per_batch"]
    assert result["seconds_per_epoch"] == pytest.approx(expected)


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_the_data_are_counted_once_since_a_training_leaves_the_images_in_their_file(quick, forecast, dataset, loss):
    recipe = recipe_of(SMALL_NET, loss=loss)
    data = read(dataset, assign(recipe.split, dataset.images), recipe.image, parts_of(recipe).labels, units=CLASSES)
    examples = (data.train, data.validation)
    read_bytes = sum(part.pixels[part.rows].nbytes + part.labels.nbytes for part in examples)
    assert forecast(recipe)["data_bytes"] == read_bytes


def test_the_machine_and_the_process_are_told(quick, forecast):
    result = forecast(recipe_of(SMALL_NET))
    assert result["process_bytes"] == PROCESS_BYTES
    assert 0 < result["available_bytes"] <= psutil.virtual_memory().total
    assert result["was_busy"] is False


def test_a_run_that_is_at_work_is_told(quick, forecast, database, workspace, dataset):
    process = Process.of(os.getpid())
    admit(database, workspace, recipe_of(SMALL_NET), dataset.id, project_id=None, name="one", process=process)
    assert forecast(recipe_of(SMALL_NET))["was_busy"] is True


def test_the_memory_is_at_least_that_of_the_activations_also_for_a_second_probe(quick, workspace, tmp_path, database):
    dataset = make_dataset(workspace, tmp_path / "more rows", 1500)
    recipe = recipe_of(WIDE_NET, size=(32, 32, 1), batch_size=1000)
    payload = {"recipe": recipe.model_dump(mode="json"), "dataset_id": dataset.id}
    activations = 1000 * 32 * 32 * 64 * np.dtype(np.float32).itemsize
    for _ in range(2):
        result = answer_forecast(Question(database, workspace, payload, PROCESS_BYTES)).result
        assert activations < result["peak_bytes"] < 8 * activations


@pytest.mark.parametrize(
    ("layers", "split", "sentence"),
    [
        ((Flatten(), *SMALL_NET), Split(), "Layer 2: "),
        (SMALL_NET, Split(train=1.0, validation=0.0, test=0.0), "validation"),
        (SMALL_NET[:-1], Split(), "Layer 3: "),
    ],
)
def test_what_cannot_be_trained_is_refused_like_a_run(forecast, layers, split, sentence):
    with pytest.raises(RecipeError, match=sentence):
        forecast(recipe_of(layers).model_copy(update={"split": split}))


def test_a_dataset_that_is_gone_is_told(forecast):
    with pytest.raises(DatasetError, match="There is no dataset 0000000000000000"):
        forecast(recipe_of(SMALL_NET), "0" * 16)


def test_a_process_is_killed_before_the_memory_is_used_up():
    program = (
        "from threading import Event\n"
        "from core.training.memory import ending_before_memory_does\n"
        "with ending_before_memory_does(least_available_bytes=2**60):\n"
        "    Event().wait()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=PROJECT_ROOT, capture_output=True, check=False)
    assert ended.returncode == -9
