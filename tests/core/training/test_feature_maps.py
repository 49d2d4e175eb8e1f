"""Feature maps against Keras's own output of the same layer with the same weights."""

import os
from threading import Event

import keras
import numpy as np
import pytest

from core.architecture import Residual
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.dataset.store import pixels
from core.runs import inspection_queue, inspections, progress
from core.runs.admission import admit
from core.runs.feature_maps import FeatureMaps
from core.runs.process import Process
from core.runs.store import run_folder
from core.training import worker
from core.training.build import build
from core.training.inspection import inspect
from tests.core.training.nets import CLASSES, SMALL_NET, SOFTMAX, recipe_of
from tests.core.training.stored import make_dataset

IMAGE = 5
CONV = Conv2D(filters=4, kernel_size=3, padding="same", activation="relu")
BLOCK = Residual(layers=(CONV, Conv2D(filters=2, kernel_size=3, padding="same")))
RESIDUAL_NET = (CONV, BLOCK, CONV.changed(disabled=True), Flatten(), SOFTMAX)
WIDE_NET = (Conv2D(filters=70, kernel_size=1), Flatten(), Dense(units=600), SOFTMAX)


@pytest.fixture
def dataset(workspace, tmp_path):
    return make_dataset(workspace, tmp_path / "rows", 30)


@pytest.fixture
def ask(database, workspace, dataset):
    """Asks and answers in this process."""

    def ask(recipe, place, run_id=None, image: int = IMAGE, dataset_id: str = dataset.id):
        asked = inspections.ask_feature_maps(database, recipe, dataset_id, image, place, run_id)
        inspection_queue.claim(database, Process.of(os.getpid()))
        inspect(workspace, asked.id, process_bytes=2**40)
        return inspections.get(database, asked.id)

    return ask


@pytest.fixture
def trained(database, workspace, dataset):
    def trained(recipe, name: str = "one") -> str:
        process = Process.of(os.getpid())
        admit(database, workspace, recipe, dataset.id, project_id=None, name=name, process=process)
        worker.work(database, workspace, progress.begin(database, name, os.getpid()), Event())
        return name

    return trained


def layer_output(model: keras.Model, name: str, dataset, recipe) -> np.ndarray:
    """By Keras alone, from the array that a training reads."""
    images = pixels(dataset, recipe.image)[IMAGE : IMAGE + 1].astype(np.float32)
    return keras.Model(model.input, model.get_layer(name).output).predict(images, verbose=0)[0]


def assert_shows(maps: FeatureMaps, output: np.ndarray) -> None:
    """Within what 256 levels between each channel's lowest and highest value can tell."""
    assert maps.shape == output.shape
    if output.ndim == 1:
        np.testing.assert_allclose(maps.shown, output[:512], rtol=1e-5, atol=1e-6)
        return
    low, high = np.array(maps.low), np.array(maps.high)
    restored = low + maps.shown / 255 * (high - low)
    np.testing.assert_allclose(restored, output[..., :64], atol=(high - low).max() / 255 / 2 + 1e-5)
    np.testing.assert_allclose(high, output[..., :64].max(axis=(0, 1)), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("layers", "place", "name", "seed"),
    [
        (SMALL_NET, (0,), "layer_0", 0),
        (SMALL_NET, (1,), "layer_1", 3),
        (SMALL_NET, (2,), "layer_2", 0),
        (SMALL_NET, (3,), "layer_3", 3),
        (WIDE_NET, (0,), "layer_0", 3),
        (WIDE_NET, (2,), "layer_2", 0),
        (RESIDUAL_NET, (1,), "layer_1", 0),
        (RESIDUAL_NET, (1, 0), "layer_1_0", 3),
        (RESIDUAL_NET, (1, 1), "layer_1_1", 0),
        (RESIDUAL_NET, (4,), "layer_4", 3),
    ],
)
def test_an_untrained_net_has_the_weights_that_its_run_begins_with(ask, dataset, layers, place, name, seed):
    recipe = recipe_of(layers, seed=seed)
    keras.utils.set_random_seed(seed)
    expected = layer_output(build(recipe), name, dataset, recipe)

    maps = FeatureMaps.read(ask(recipe, place))

    assert_shows(maps, expected)


@pytest.mark.parametrize(("place", "name"), [((0,), "layer_0"), ((1, 1), "layer_1_1"), ((4,), "layer_4")])
def test_a_trained_run_is_looked_into_through_its_model(ask, workspace, dataset, trained, place, name):
    recipe = recipe_of(RESIDUAL_NET, epochs=1)
    run_id = trained(recipe)
    model = keras.saving.load_model(run_folder(workspace, run_id) / "model.keras")

    maps = FeatureMaps.read(ask(recipe, place, run_id))

    assert_shows(maps, layer_output(model, name, dataset, recipe))
    assert not np.array_equal(maps.high, FeatureMaps.read(ask(recipe, place)).high), "the training changed the weights"


def test_a_layer_before_a_problem_is_shown(ask):
    wrong_units = recipe_of((*SMALL_NET[:-1], Dense(units=CLASSES + 2), Conv2D(filters=1, kernel_size=3)))
    assert ask(wrong_units, (3,)).result
    assert str(ask(wrong_units, (4,)).message).startswith("Layer 5: ")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((9,), "There is no layer 10 any more"),
        ((0, 0), "There is no layer 1.1 any more"),
        ((1, 2), "There is no layer 2.3 any more"),
        ((2,), "Layer 3 is switched off"),
    ],
)
def test_a_place_without_an_output_is_told(ask, trained, place, sentence):
    recipe = recipe_of(RESIDUAL_NET, epochs=1)
    assert sentence in str(ask(recipe, place).message)


def test_what_is_gone_is_told(ask, database, workspace, dataset, trained):
    recipe = recipe_of(SMALL_NET)
    process = Process.of(os.getpid())
    admit(database, workspace, recipe, dataset.id, project_id=None, name="young", process=process)
    answers = [
        ask(recipe, (0,), dataset_id="0" * 16),
        ask(recipe, (0,), image=30),
        ask(recipe, (0,), run_id="nobody"),
        ask(recipe, (0,), run_id="young"),
    ]
    assert all(answer.state.is_trouble for answer in answers)
    for answer, sentence in zip(
        answers,
        ["There is no dataset 0000000000000000", "There is no image 31", "no run called nobody", "no trained net"],
        strict=True,
    ):
        assert sentence in str(answer.message)


def test_a_bug_is_told_with_its_log(ask, monkeypatch, capfd):
    monkeypatch.setattr("core.training.feature_maps.build", lambda _recipe: 1 / 0)
    failed = ask(recipe_of(SMALL_NET), (0,))
    assert "error in Layerlab: ZeroDivisionError: division by zero" in str(failed.message)
    assert "engine.log" in str(failed.message)
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize("error", [MemoryError(), type("ResourceExhaustedError", (Exception,), {})()])
def test_a_lack_of_memory_is_told(ask, monkeypatch, error):
    def fail(_recipe):
        raise error

    monkeypatch.setattr("core.training.feature_maps.build", fail)
    assert "all the memory" in str(ask(recipe_of(SMALL_NET), (0,)).message)


@pytest.mark.parametrize(("process_bytes", "is_fit"), [(2**40, True), (0, False)])
def test_a_process_that_has_grown_too_much_is_not_free_again(database, workspace, dataset, process_bytes, is_fit):
    process = Process.of(os.getpid())
    asked = inspections.ask_feature_maps(database, recipe_of(SMALL_NET), dataset.id, IMAGE, (0,))
    inspection_queue.claim(database, process)
    assert inspect(workspace, asked.id, process_bytes) is is_fit
    assert bool(inspection_queue.open_inspections(database, process)) is not is_fit
    assert inspections.get(database, asked.id).result
