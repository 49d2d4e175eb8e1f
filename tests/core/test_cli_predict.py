"""``predict RUN IMAGE…``, on a run whose model was exported without a training."""

import json
import os
import shutil
from argparse import Namespace

import keras
import numpy as np
import pytest
from PIL import Image

from core.cli import predict
from core.dataset.store import original, pixels
from core.errors import LayerlabError, RunError
from core.runs import progress, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.decisions import Decision, save_decision
from core.runs.going_on import go_on
from core.runs.process import Process
from core.runs.queue import claim
from core.runs.states import RunState
from core.training.build import build
from core.training.export_files import save_model
from core.workspace import Workspace
from tests.core.dataset.number_images import number_dataset
from tests.core.runs.builders import make_dataset, make_recipe
from tests.core.training.nets import SMALL_NET, recipe_of


@pytest.fixture
def kept():
    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    yield workspace, database
    database.close()


def exported(kept, dataset, recipe) -> tuple[str, keras.Model]:
    """The name of a run of ``recipe`` with a model of random weights, and that model."""
    workspace, database = kept
    register_dataset(database, dataset)
    run = store.enqueue(database, workspace, None, dataset.id, recipe)
    keras.utils.set_random_seed(1)
    model = build(recipe)
    save_model(model, recipe.layers, store.run_folder(workspace, run.id))
    assert claim(database, Process.of(os.getpid())) == run.id
    progress.begin(database, run.id, os.getpid())
    progress.finish(database, run.id, RunState.STOPPED)
    return run.id, model


@pytest.fixture
def pets(kept, tmp_path):
    """A dataset of two classes, a run on it and its model."""
    dataset = make_dataset(kept[0], tmp_path / "images")
    return dataset, *exported(kept, dataset, make_recipe())


def predicted(capsys, run_id, *images, as_json=True):
    assert predict.run(Namespace(run=run_id, images=list(images), json=as_json)) == 0
    printed = capsys.readouterr().out
    return json.loads(printed) if as_json else printed


def files(dataset, folder, rows) -> list:
    """Copies of some originals, under names that tell nothing."""
    return [shutil.copy(original(dataset, row), folder / f"{row}.bin") for row in rows]


def test_the_answers_are_those_of_keras_on_the_training_arrays(capsys, pets, tmp_path):
    dataset, run_id, model = pets
    rows = [0, 7, 15]
    found = predicted(capsys, run_id, *files(dataset, tmp_path, rows))
    expected = model.predict(pixels(dataset, dataset.image_size)[rows].astype(np.float32), verbose=0)
    assert found["run"] == run_id
    for each, row, shares in zip(found["predictions"], rows, expected, strict=True):
        assert each["path"] == str(tmp_path / f"{row}.bin")
        assert list(each["probabilities"]) == list(dataset.class_names)
        assert list(each["probabilities"].values()) == pytest.approx(shares.tolist(), abs=1e-5)
        assert each["class"] == dataset.class_names[shares.argmax()]
        assert each["probability"] == pytest.approx(shares.max(), abs=1e-5)
        assert each["unsure"] is False


def test_an_answer_below_the_least_confidence_is_unsure(capsys, kept, pets, tmp_path):
    dataset, run_id, _ = pets
    save_decision(kept[1], run_id, Decision(temperature=1000.0, least_confidence=0.9))
    images = files(dataset, tmp_path, [0])
    (found,) = predicted(capsys, run_id, *images)["predictions"]
    assert found["unsure"] is True
    assert found["probability"] < 0.9
    assert "unsure, perhaps" in predicted(capsys, run_id, *images, as_json=False)


def test_a_run_on_numbers_gives_values(capsys, kept, tmp_path):
    dataset = number_dataset(tmp_path, kept[0].datasets, 12)
    layers = (*SMALL_NET[:-1], SMALL_NET[-1].changed(units=1, activation="linear"))
    recipe = recipe_of(layers, dataset.image_size.shape, loss="mean_squared_error", metrics=("mean_absolute_error",))
    run_id, model = exported(kept, dataset, recipe)
    found = predicted(capsys, run_id, *files(dataset, tmp_path, [3]))
    expected = model.predict(pixels(dataset, dataset.image_size)[[3]].astype(np.float32), verbose=0)
    assert found["predictions"] == [
        {"path": str(tmp_path / "3.bin"), "value": pytest.approx(float(expected[0, 0]), rel=1e-4)}
    ]


@pytest.mark.parametrize(("name", "reason"), [("notes.txt", "kind .txt cannot be used"), ("gone.png", "No such file")])
def test_a_file_that_cannot_be_used_is_named(pets, tmp_path, name, reason):
    (tmp_path / "notes.txt").write_text("no image")
    Image.new("L", (4, 4)).save(tmp_path / "good.png")
    with pytest.raises(LayerlabError, match=reason) as refused:
        predict.run(Namespace(run=pets[1], images=[tmp_path / "good.png", tmp_path / name], json=True))
    assert name in str(refused.value)


def test_a_run_that_goes_on_is_not_asked_although_its_last_model_is_still_there(pets, kept, tmp_path):
    dataset, run_id, _ = pets
    images = files(dataset, tmp_path, [0])
    go_on(kept[1], run_id)
    with pytest.raises(RunError, match="is queued, so it has no model to judge"):
        predict.run(Namespace(run=run_id, images=images, json=True))
