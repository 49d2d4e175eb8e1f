"""Grad-CAM against Captum's, against the closed form where there is one, and on images whose answer is known."""

import os
from pathlib import Path
from threading import Event

import keras
import numpy as np
import pytest

from core.architecture import Layer, Residual
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.softmax import Softmax
from core.dataset.store import pixels
from core.errors import RecipeError
from core.objective.number_scale import NumberScale
from core.recipe import Recipe
from core.runs import control, inspection_queue, inspections, progress, store
from core.runs.admission import admit
from core.runs.epoch_weights import epoch_file, kept_epochs, weights_of
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import Inspection, InspectionError
from core.runs.process import Process
from core.runs.states import RunState
from core.runs.store import run_folder
from core.runs.tables import RunRow
from core.training import worker
from core.training.build import build, with_answers_in_units
from core.training.heat_maps import Look, resized
from core.training.inspection import inspect
from tests.core.dataset.number_images import number_dataset
from tests.core.training.nets import CLASSES, SMALL_NET, SOFTMAX, recipe_of, some_images
from tests.core.training.stored import make_dataset

REFERENCE = np.load(Path(__file__).parent / "data" / "heat_maps.npz")

RELU = {"kernel_size": 3, "activation": "relu"}
BLOCK = Residual(
    layers=(Conv2D(filters=4, padding="same", **RELU), Conv2D(filters=4, kernel_size=3, padding="same")),
    activation="relu",
)
REFERENCE_NET = (
    Conv2D(filters=4, padding="same", **RELU),
    MaxPooling2D(pool_size=2),
    BLOCK,
    Conv2D(filters=5, **RELU),
    Flatten(),
)
HEADS = {
    "three": (Dense(units=3, activation="softmax"), "categorical_crossentropy"),
    "one": (Dense(units=1, activation="sigmoid"), "binary_crossentropy"),
}
PLACES = [(0,), (1,), (2,), (2, 0), (2, 1), (3,)]


def reference_model(head: str) -> keras.Model:
    last, loss = HEADS[head]
    model = build(recipe_of((*REFERENCE_NET, last), size=REFERENCE["images"].shape[1:], loss=loss))
    model.set_weights([REFERENCE[f"{head}/weights/{i}"] for i in range(len(model.get_weights()))])
    return model


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("head", "class_index"), [("three", 0), ("three", 1), ("three", 2), ("one", 0), ("one", 1)])
def test_the_maps_are_those_of_captum(head, class_index, place):
    look = Look.of(reference_model(head), place, class_index)
    expected = {
        kind: REFERENCE[f"{head}/{kind}/{'.'.join(map(str, place))}/{class_index}"] for kind in ("weighted", "shown")
    }
    for position, image in enumerate(REFERENCE["images"]):
        answers, weighted = look.weighted(image)
        scale = np.abs(expected["weighted"][position]).max()
        np.testing.assert_allclose(weighted, expected["weighted"][position], atol=1e-4 * scale)
        np.testing.assert_allclose(answers[0], REFERENCE[f"{head}/answers"][position], rtol=1e-4)
        maps = resized(look.at(image)[1][np.newaxis], image.shape)
        shown = HeatMaps.of((1,), maps, weighted.shape, answers).maps
        np.testing.assert_allclose(shown[0], expected["shown"][position], atol=1e-3)


def fresh(layers: tuple[Layer, ...], seed: int = 0, **recipe) -> keras.Model:
    keras.utils.set_random_seed(seed)
    return build(recipe_of(layers, **recipe))


def an_image(seed: int = 0) -> np.ndarray:
    return some_images(1, seed=seed)[0][0]


def test_before_global_pooling_it_is_the_class_activation_map():
    """Zhou et al. 2016, equation 2, divided by the number of positions, over which the pooling takes the mean."""
    model = fresh((Conv2D(filters=4, **RELU), Conv2D(filters=6, **RELU), GlobalAveragePooling2D(), SOFTMAX))
    maps = keras.Model(model.input, model.get_layer("layer_1").output).predict(an_image()[np.newaxis], verbose=0)[0]
    expected = maps @ model.get_layer("layer_3").get_weights()[0] / (maps.shape[0] * maps.shape[1])

    found = [Look.of(model, (1,), class_index).weighted(an_image())[1] for class_index in range(CLASSES)]

    assert (expected < 0).any()
    assert (expected > 0).any()
    np.testing.assert_allclose(np.stack(found, axis=-1), expected, rtol=1e-4, atol=1e-7)


TRUNK = (Conv2D(filters=4, **RELU), Flatten())
LINEAR = Dense(units=CLASSES)


@pytest.mark.parametrize("ending", [(SOFTMAX,), (LINEAR, Softmax()), (LINEAR, Activation(activation="softmax"))])
def test_the_score_is_that_before_the_softmax_wherever_that_stands(ending):
    expected_answers, expected = Look.of(fresh((*TRUNK, LINEAR)), (0,), 1).weighted(an_image())
    model = fresh((*TRUNK, *ending))
    answers = model.predict(an_image()[np.newaxis], verbose=0)

    found_answers, found = Look.of(model, (0,), 1).weighted(an_image())

    np.testing.assert_allclose(found, expected, rtol=1e-5)
    np.testing.assert_allclose(found_answers, answers, rtol=1e-5)
    np.testing.assert_allclose(found_answers, keras.ops.softmax(expected_answers), rtol=1e-5)


@pytest.mark.parametrize(("weight", "is_seen"), [(1.0, True), (1e-3, True), (1e-12, False)])
def test_what_is_nothing_beside_the_scores_does_not_glow(weight, is_seen):
    """Whatever is in the image: the class is told by the bias."""
    model = fresh((*TRUNK, SOFTMAX))
    kernel, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([weight * np.abs(kernel), bias + 1])
    _, shown = Look.of(model, (0,), 1).at(an_image())
    assert shown.any() == is_seen


def test_another_activation_at_the_end_is_part_of_the_score():
    linear, bounded = (fresh((*TRUNK, Dense(units=CLASSES, activation=each))) for each in (None, "tanh"))
    scores, weighted = Look.of(linear, (0,), 2).weighted(an_image())
    found = Look.of(bounded, (0,), 2).weighted(an_image())[1]
    np.testing.assert_allclose(found, weighted * (1 - np.tanh(scores[0, 2]) ** 2), rtol=1e-4, atol=1e-9)


def test_a_net_that_predicts_numbers_is_asked_for_its_answer():
    layers = (*TRUNK, Dense(units=1))
    plain = Look.of(fresh(layers, loss="mean_squared_error"), (0,), None)
    model = with_answers_in_units(fresh(layers, loss="mean_squared_error"), NumberScale(mean=40.0, deviation=8.0))
    answers, weighted = Look.of(model, (0,), None).weighted(an_image())
    np.testing.assert_allclose(answers, 40 + 8 * plain.weighted(an_image())[0], rtol=1e-5)
    np.testing.assert_allclose(weighted, 8 * plain.weighted(an_image())[1], rtol=1e-4)


PATCH = 5


def patched_images(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grey noise, 20 × 20; in images of class 1 a bright patch with its corner anywhere."""
    random = np.random.default_rng(seed)
    labels, corners = random.integers(0, 2, count), random.integers(1, 20 - PATCH, (count, 2))
    images = random.integers(0, 128, (count, 20, 20, 1), dtype=np.uint8)
    for image, label, (row, column) in zip(images, labels, corners, strict=True):
        image[row : row + PATCH, column : column + PATCH] += np.uint8(127 * label)
    return images, labels, corners


def test_a_net_that_learned_a_patch_looks_at_the_patch():
    layers = (Conv2D(filters=8, padding="same", **RELU), Conv2D(filters=8, padding="same", **RELU))
    model = fresh((*layers, GlobalAveragePooling2D(), Dense(units=2, activation="softmax")), size=(20, 20, 1))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    images, labels, _ = patched_images(400, seed=1)
    model.fit(images, labels, epochs=20, verbose=0)
    images, labels, corners = patched_images(200, seed=2)
    assert model.evaluate(images, labels, verbose=0)[1] > 0.95
    look = Look.of(model, (1,), 1)

    shares = []
    for image, (row, column) in zip(images[labels == 1], corners[labels == 1], strict=True):
        heat = look.at(image)[1]
        shares.append(heat[row - 1 : row + PATCH + 1, column - 1 : column + PATCH + 1].sum() / heat.sum())

    assert np.mean(np.array(shares) > 0.5) >= 0.9, "an even map would have 49 / 400 there"


@pytest.mark.parametrize("place", [(1,), (2,)])
def test_a_layer_without_maps_has_none(place):
    with pytest.raises(RecipeError, match=f"Layer {place[0] + 1} gives a list of numbers"):
        Look.of(fresh((*TRUNK, SOFTMAX)), place, 0)


@pytest.mark.parametrize(("units", "class_index"), [(3, 3), (3, -1), (1, 2)])
def test_there_is_no_map_for_a_class_that_the_net_does_not_know(units, class_index):
    with pytest.raises(InspectionError, match="does not know this class"):
        Look.of(fresh((*TRUNK, Dense(units=units)), loss="mean_squared_error"), (0,), class_index)


# Through runs and inspections.

IMAGE, CLASS, PLACE = 5, 2, (1, 0)
NET = (Conv2D(filters=2, padding="same", **RELU), BLOCK, Flatten(), SOFTMAX)


@pytest.fixture
def dataset(workspace, tmp_path):
    return make_dataset(workspace, tmp_path / "rows", 30)


@pytest.fixture
def trained(database, workspace):
    def trained(recipe: Recipe, dataset, name: str = "one") -> store.Run:
        process = Process.of(os.getpid())
        admit(database, workspace, recipe, dataset.id, project_id=None, name=name, process=process)
        worker.work(database, workspace, progress.begin(database, name, os.getpid()), Event())
        return store.get(database, name)

    return trained


@pytest.fixture
def ask(database, workspace):
    """Asks and answers in this process."""

    def ask(run_id: str, image=IMAGE, place=PLACE, class_index: int = CLASS, epochs=None) -> Inspection:
        asked = inspections.ask_heat_maps(database, run_id, image, place, class_index, epochs)
        inspection_queue.claim(database, Process.of(os.getpid()))
        inspect(workspace, asked.id, process_bytes=2**40)
        return inspections.get(database, asked.id)

    return ask


def test_a_run_is_looked_into_after_each_of_its_epochs(ask, workspace, dataset, trained):
    recipe = recipe_of(NET, epochs=3)
    run = trained(recipe, dataset)
    folder = run_folder(workspace, run.id)
    image = pixels(dataset, recipe.image)[IMAGE]

    found = HeatMaps.read(ask(run.id, epochs="all"))

    assert (found.epochs, found.maps.shape, found.cells) == ((1, 2, 3), (3, 8, 8), (8, 8))
    assert found.maps.max(axis=(1, 2)).tolist() == [float(peak > 0) for peak in found.peaks]
    for epoch, heat, peak, shares in zip(found.epochs, found.maps, found.peaks, found.probabilities, strict=True):
        model = build(recipe)
        model.set_weights(list(weights_of(folder, epoch).values()))
        np.testing.assert_allclose(shares, model.predict(image[np.newaxis], verbose=0)[0], rtol=1e-4)
        np.testing.assert_allclose(heat * peak, Look.of(model, PLACE, CLASS).at(image)[1], atol=1e-3 * peak + 1e-9)

    for finished in (HeatMaps.read(ask(run.id)), HeatMaps.read(ask(run.id, image=image))):
        assert finished.epochs == (3,)
        np.testing.assert_allclose(finished.maps[0], found.maps[2], atol=1e-3)
        np.testing.assert_allclose(finished.probabilities[0], found.probabilities[2], rtol=1e-4)


def test_the_answers_of_a_net_for_numbers_are_in_their_units(ask, workspace, tmp_path, trained):
    dataset = number_dataset(tmp_path / "numbers", workspace.datasets, 60)
    size = dataset.image_size
    recipe = recipe_of(
        (*TRUNK, Dense(units=1)),
        size=(size.height, size.width, size.channels),
        loss="mean_squared_error",
        standardize=True,
        epochs=1,
    )
    run = trained(recipe, dataset)
    found = HeatMaps.read(ask(run.id, place=(0,), class_index=0, epochs="all"))
    model = keras.saving.load_model(run_folder(workspace, run.id) / "model.keras")
    expected = model.predict(pixels(dataset, recipe.image)[IMAGE : IMAGE + 1], verbose=0)
    np.testing.assert_allclose(found.probabilities, expected, rtol=1e-4)


def test_what_cannot_be_looked_at_is_told(ask, database, workspace, dataset, trained):
    run = trained(recipe_of(NET, epochs=1), dataset)
    folder = run_folder(workspace, run.id)
    process = Process.of(os.getpid())
    admit(database, workspace, recipe_of(SMALL_NET), dataset.id, project_id=None, name="young", process=process)
    [epoch] = kept_epochs(folder)
    epoch_file(folder, epoch).unlink()
    answers = {
        "There is no image 31": ask(run.id, image=30),
        "There is no layer 2.3 any more": ask(run.id, place=(1, 2)),
        "Layer 3 gives a list of numbers": ask(run.id, place=(2,)),
        "does not know this class": ask(run.id, class_index=3),
        "The image has 49 values, but the net takes 8 × 8 × 1": ask(run.id, image=np.zeros((7, 7, 1), np.uint8)),
        "Of the run one no epochs are kept": ask(run.id, epochs="all"),
        "The run young has no trained net": ask("young", place=(0,)),
        "There is no run called nobody": ask("nobody"),
    }
    for sentence, answer in answers.items():
        assert answer.state.is_trouble
        assert sentence in str(answer.message)


@pytest.mark.parametrize("state", [state for state in RunState if not state.is_trained and not state.is_paused])
def test_a_net_that_may_still_change_is_not_looked_into(ask, database, workspace, dataset, state):
    admit(database, workspace, recipe_of(NET), dataset.id, project_id=None, name="one")
    (run_folder(workspace, "one") / "model.keras").write_bytes(b"that of an earlier spell of work")
    with database.writing() as session:
        session.get_one(RunRow, "one").state = state
    assert "The run one has no trained net to look into" in str(ask("one").message)


def test_what_was_seen_is_forgotten_when_the_run_goes_on(database, workspace, dataset):
    admit(database, workspace, recipe_of(NET), dataset.id, project_id=None, name="one")
    asked = [
        inspections.ask_heat_maps(database, "one", IMAGE, PLACE, CLASS),
        inspections.ask_epoch_answers(database, "one"),
    ]
    with database.writing() as session:
        session.get_one(RunRow, "one").state = RunState.STOPPED
    control.go_on(database, "one")
    for each in asked:
        with pytest.raises(InspectionError):
            inspections.state_of(database, each.id)
