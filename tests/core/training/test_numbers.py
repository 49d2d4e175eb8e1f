"""Images with a number to predict, from the recipe to the evaluation, by real trainings."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import keras
import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from core.dataset.store import Dataset, pixels
from core.evaluation import Judged, NumberEvaluation, evaluate, open_test, stored_evaluation
from core.objective.number_scale import NumberScale
from core.recipe import Recipe, default_recipe
from core.runs import history, progress, store
from core.runs.admission import admit, checked_split
from core.runs.database import Database
from core.runs.process import Process
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.store import run_folder
from core.training import worker
from core.training.build import build, layer_output, with_answers_in_units
from core.training.data import learned_numbers, number_scale
from core.training.forecast import forecast
from core.training.job import data_for, prepare
from core.training.rate_search import search
from core.training.steps import validation_graph
from core.workspace import Workspace
from tests.core.dataset.number_images import number_dataset
from tests.core.training.nets import recipe_of
from tests.sealed import openings

IMAGES = 800


@pytest.fixture
def dataset(workspace, tmp_path: Path) -> Dataset:
    return number_dataset(tmp_path, workspace.datasets, IMAGES)


def with_training(recipe: Recipe, **training) -> Recipe:
    return recipe.model_copy(update={"training": recipe.training.model_copy(update=training)})


def trained(database, workspace, dataset: Dataset, recipe: Recipe) -> Run:
    run_id = admit(
        database, workspace, recipe, dataset.id, project_id=None, name="one", process=Process.of(os.getpid())
    )
    run = progress.begin(database, run_id, os.getpid())
    assert worker.work(database, workspace, run, Event()) is RunState.COMPLETED, store.get(database, run_id).message
    return store.get(database, run_id)


@dataclass(frozen=True)
class Learned:
    """A run of the default recipe on numbers from 0 to 100, in a workspace of its own."""

    database: Database
    workspace: Workspace
    dataset: Dataset
    run: Run


@pytest.fixture(scope="module")
def learned(tmp_path_factory) -> Iterator[Learned]:
    folder = tmp_path_factory.mktemp("learned")
    workspace = Workspace.at(folder / "workspace")
    dataset = number_dataset(folder, workspace.datasets, IMAGES)
    with closing(Database.open(workspace)) as database:
        run = trained(database, workspace, dataset, default_recipe(dataset.image_size, 0))
        yield Learned(database, workspace, dataset, run)


def test_the_default_recipe_learns_numbers(learned) -> None:
    _assert_learned(evaluate(learned.database, learned.workspace, learned.run.id), spread=100)


@pytest.mark.parametrize("number", [lambda share: 1e6 + 1e6 * share, lambda share: 1e-4 * share - 5])
def test_the_default_recipe_learns_numbers_of_any_size(database, workspace, tmp_path, number) -> None:
    dataset = number_dataset(tmp_path, workspace.datasets, IMAGES, number)
    run = trained(database, workspace, dataset, default_recipe(dataset.image_size, 0))

    _assert_learned(evaluate(database, workspace, run.id), spread=number(1) - number(0))


def _assert_learned(judged: Judged, spread: float) -> None:
    assert isinstance(judged, NumberEvaluation)
    assert judged.mean_absolute_error < 0.08 * spread, "answering the mean each time has 0.25"
    assert judged.r_squared > 0.85


def test_the_curves_are_in_the_units_of_the_numbers_and_have_no_accuracy(learned) -> None:
    database, run = learned.database, learned.run

    epochs, steps = history.epochs(database, run.id), history.steps(database, run.id)

    assert epochs[["accuracy", "val_accuracy"]].isna().all(axis=None)
    assert steps["accuracy"].isna().all()
    judged = evaluate(database, learned.workspace, run.id)
    best = epochs.loc[epochs["val_loss"].idxmin()]
    assert best["val_loss"] == pytest.approx(judged.root_mean_squared_error**2, rel=1e-3)
    assert best["val_mean_absolute_error"] == pytest.approx(judged.mean_absolute_error, rel=1e-3)
    assert (
        history.best_of(database, [run.id])["val_mean_absolute_error"].item() == epochs["val_mean_absolute_error"].min()
    )
    assert steps["mean_absolute_error"].iloc[0] == pytest.approx(25, abs=8), "a fresh net answers about the mean"


def test_the_evaluation_has_the_figures_of_scikit_learn_on_kerass_own_answers(learned) -> None:
    run, dataset = learned.run, learned.dataset

    judged = evaluate(learned.database, learned.workspace, run.id)

    model = keras.models.load_model(run_folder(learned.workspace, run.id) / "model.keras")
    rows = judged.predictions["row"].to_numpy()
    images = pixels(dataset, run.recipe.image)[rows].astype(np.float32)
    answers, truth = model.predict(images, verbose=0)[:, 0], dataset.images["value"].to_numpy()[rows]
    assert judged.mean_absolute_error == pytest.approx(mean_absolute_error(truth, answers), rel=1e-4)
    assert judged.root_mean_squared_error == pytest.approx(root_mean_squared_error(truth, answers), rel=1e-4)
    assert judged.r_squared == pytest.approx(r2_score(truth, answers), rel=1e-4)
    low, high = judged.interval
    assert low < judged.mean_absolute_error < high


def test_an_evaluation_is_kept_and_the_test_set_is_counted(database, workspace, dataset) -> None:
    recipe = with_training(default_recipe(dataset.image_size, 0), epochs=1)
    run = trained(database, workspace, dataset, recipe)

    judged = evaluate(database, workspace, run.id)
    assert judged.openings == 0
    again = stored_evaluation(database, workspace, run.id, "validation")
    assert again.to_json() == judged.to_json()
    assert again.predictions.equals(judged.predictions)

    opening = {"opened_by": "Kim", "reason": "the end"}
    assert [open_test(database, workspace, run.id, **opening).openings for _ in range(2)] == [1, 2]
    assert openings(database, workspace, run) == 2


def test_numbers_as_they_are_give_the_figures_of_kerass_own_evaluation(dataset) -> None:
    recipe = with_training(default_recipe(dataset.image_size, 0), standardize=False)
    assignment = checked_split(recipe, dataset)
    parts = prepare(recipe, number_scale(dataset, assignment, recipe.training))
    validation = data_for(parts, recipe, dataset, assignment).validation
    batch = validation.take(np.arange(len(validation))[np.newaxis])

    figures = parts.in_units_of_data(validation_graph(parts)(batch))

    parts.model.compile("adam", "mean_squared_error", metrics=["mean_absolute_error"])
    rows = assignment.rows("validation")
    images, values = pixels(dataset, recipe.image)[rows], dataset.images["value"].to_numpy()[rows]
    expected = parts.model.evaluate(images.astype(np.float32), values, verbose=0, batch_size=len(rows))
    assert figures[0].tolist() == pytest.approx(expected, rel=1e-4)


def test_only_training_images_say_how_numbers_are_standardized(dataset) -> None:
    recipe = default_recipe(dataset.image_size, 0)
    assignment = checked_split(recipe, dataset)

    scale = number_scale(dataset, assignment, recipe.training)

    values = dataset.images["value"].to_numpy()[assignment.rows("train")]
    assert (scale.mean, scale.deviation) == pytest.approx((values.mean(), values.std()))
    learned = learned_numbers(values, scale)
    assert (learned.mean(), learned.std()) == pytest.approx((0, 1), abs=1e-5)
    assert (learned.shape, learned.dtype) == ((len(values), 1), np.float32)


def test_measured_errors_are_scaled_back_as_errors_and_squares_are(dataset) -> None:
    recipe = with_training(default_recipe(dataset.image_size, 0), metrics=("mean_absolute_error", "mean_squared_error"))
    parts = prepare(recipe, NumberScale(mean=50, deviation=3))
    assert parts.figures == ("loss", "mean_absolute_error", "mean_squared_error")
    assert parts.in_units_of_data(np.ones((2, 3), np.float32)).tolist() == [[9, 3, 9]] * 2


def test_the_last_layer_of_a_saved_model_answers_in_the_units_of_the_numbers(tmp_path) -> None:
    recipe = recipe_of(default_recipe(recipe_of(()).image, 0).layers[-2:], loss="mean_squared_error")
    model = build(recipe)
    answering = with_answers_in_units(model, NumberScale(mean=50, deviation=3))
    answering.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    images = np.random.default_rng(0).uniform(0, 255, (4, 8, 8, 1)).astype(np.float32)

    answers = keras.Model(loaded.input, layer_output(loaded, (1,))).predict(images, verbose=0)

    assert answers == pytest.approx(3 * model.predict(images, verbose=0) + 50, rel=1e-5)
    assert layer_output(loaded, (0,)).shape == (None, 64)
    assert with_answers_in_units(model, None) is model


def test_a_forecast_and_a_search_for_the_learning_rate_work_on_numbers(database, dataset) -> None:
    recipe = default_recipe(dataset.image_size, 0)
    assignment = checked_split(recipe, dataset)

    assert forecast(database, recipe, 0, assignment.counts(), process_bytes=0).seconds_per_step > 0

    parts = prepare(recipe, number_scale(dataset, assignment, recipe.training))
    losses = search(recipe, parts, data_for(parts, recipe, dataset, assignment).train).losses
    assert losses[0] == pytest.approx(29**2, rel=0.5), "near the variance of the numbers, in their own units"
