"""All screens with images that have a number each instead of a class."""

import os

import numpy as np
import pytest

from core.dataset.store import load, pixels
from core.evaluation import judge
from core.recipe import Recipe, default_recipe
from core.runs import progress, projects, queue, store
from core.runs.datasets import register_dataset
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.projects import Project
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.tables import ProjectRow
from tests.core.dataset.number_images import number_dataset
from tests.pages.worked_runs import running_with
from tests.sealed import openings

pytestmark = pytest.mark.usefixtures("nothing_in_the_background")

SCREENS = [
    "pages/data/images.py",
    "pages/data/split.py",
    "pages/model/layers.py",
    "pages/model/training.py",
    "pages/train/runs.py",
    "pages/train/tune.py",
    "pages/train/compare.py",
    "pages/judge/evaluate.py",
    "pages/judge/try_it.py",
]
IMAGES = 60
ERRORS = (20.0, 8.0, 9.0)


@pytest.fixture
def project(kept, tmp_path) -> Project:
    """A project with pictures of needles that point to 0 to 100."""
    dataset = number_dataset(tmp_path, kept.workspace.datasets, IMAGES)
    register_dataset(kept.database, dataset)
    made = projects.create(kept.database, "Needles")
    with kept.database.writing() as session:
        row = session.get(ProjectRow, made.id)
        row.dataset_id = dataset.id
        row.draft = default_recipe(dataset.image_size, 0).model_dump(mode="json")
    return projects.get(kept.database, made.id)


@pytest.fixture
def open_screen(app, project):
    def open_(page: str):
        app.query_params["project"] = project.id
        app.run()
        app.switch_page(page).run()
        assert not app.exception
        return app

    return open_


@pytest.fixture
def run(kept, project, monkeypatch) -> Run:
    """A finished run whose model is off by 5 each time."""
    run = store.enqueue(kept.database, kept.workspace, project.id, project.dataset_id, project.draft)
    assert queue.claim(kept.database, Process.of(os.getpid())) == run.id
    progress.begin(kept.database, run.id, os.getpid())
    progress.describe_model(kept.database, run.id, 35_338, 3)
    for epoch, error in enumerate(ERRORS, start=1):
        metrics = {"mean_absolute_error": error + 1, "val_mean_absolute_error": error}
        steps = [
            StepMetrics(3 * epoch - 2 + step, error**2, None, 0.001, {"mean_absolute_error": error})
            for step in range(3)
        ]
        done = EpochMetrics(epoch, error**2, None, error**2, None, seconds=2.0, metrics=metrics)
        progress.report(kept.database, run.id, steps=steps, epochs=[done])
    progress.finish(kept.database, run.id, RunState.COMPLETED, kept_epoch=2)

    dataset = load(kept.workspace.datasets, project.dataset_id)
    known = {
        image.tobytes(): value
        for image, value in zip(pixels(dataset, dataset.image_size), dataset.images["value"], strict=True)
    }
    monkeypatch.setattr(
        judge,
        "predict",
        lambda _model, images, rows: np.array([[known[image.tobytes()] + 5] for image in images[rows]]),
    )
    return store.get(kept.database, run.id)


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def draft(kept, project: Project) -> Recipe:
    return projects.get(kept.database, project.id).draft


@pytest.mark.parametrize("page", SCREENS)
def test_every_screen_opens_before_anything_was_trained(open_screen, page):
    words = texts(open_screen(page))
    assert "accuracy" not in words.lower()
    assert "60 images · a number each · 28 × 28 × 1" in words


@pytest.mark.parametrize("page", SCREENS)
def test_every_screen_opens_when_a_run_is_over(open_screen, run, page):
    words = texts(open_screen(page))
    assert "accuracy" not in words.lower()
    assert "nan" not in words.lower().split()


def test_the_images_are_called_by_their_numbers_and_their_spread_is_told(open_screen, kept, project):
    app = open_screen(SCREENS[0])
    values = load(kept.workspace.datasets, project.dataset_id).images["value"]
    captions = [caption for image in app.get("image") for caption in image.captions]
    assert captions[0].replace("\\", "") == f"{values.iloc[0]:.4g}"
    assert f"From {values.min():.4g} to {values.max():.4g}; the mean is {values.mean():.4g}" in texts(app)
    assert not app.pills, "there is no class to choose"
    (bins,) = (table.value for table in app.dataframe if "From" in table.value)
    assert bins["Images"].sum() == IMAGES


def test_the_split_deals_images_out_without_classes(open_screen):
    app = open_screen(SCREENS[1])
    assert "Images per class and part" not in texts(app)
    assert [toggle.key for toggle in app.toggle if toggle.key == "split_form_stratify"] == []
    assert "**42 images**" in texts(app)


def test_the_training_offers_what_numbers_have(open_screen, kept, project):
    app = open_screen(SCREENS[3])
    loss = app.radio[0]
    assert loss.options == ["Mean squared error"]
    toggle = next(each for each in app.toggle if each.label == "standardize")
    assert toggle.value is True
    toggle.set_value(False).run()
    assert not app.exception
    assert draft(kept, project).training.standardize is False
    assert "A fresh net answers with numbers of about −1 to 1" in texts(app)


def test_a_recipe_for_classes_is_refused_with_a_repair(open_screen, kept, project):
    other = default_recipe(draft(kept, project).image, 10)
    with kept.database.writing() as session:
        session.get(ProjectRow, project.id).draft = other.model_dump(mode="json")
    app = open_screen(SCREENS[3])
    assert "The last layer has 10 units, but each image has one number to predict" in texts(open_screen(SCREENS[2]))
    fix = next(button for button in app.button if button.label.startswith("End with Dense(1), linear"))
    fix.click().run()
    assert not app.exception
    after = draft(kept, project)
    assert (after.layers[-1].units, after.training.loss) == (1, "mean_squared_error")


def test_the_curves_and_the_table_of_runs_tell_the_error(open_screen, run):
    app = open_screen(SCREENS[4])
    words = texts(app)
    assert "After 3 of 5 epochs the answers to validation images are off by 9 on average, least 8 in epoch 2." in words
    assert "**Mean absolute error**" in words
    assert "least error" in words
    assert ":orange[8]" in words


def test_an_evaluation_tells_how_far_the_answers_are_off(open_screen, kept, run):
    app = open_screen("pages/judge/evaluate.py")
    assert [metric.value for metric in app.metric][:2] == ["5", "5"]
    assert "The answers are off by **5** on average." in texts(app)
    assert "Confusion matrix" not in texts(app)
    assert app.selectbox(key="run_choice").options == ["Run 1 · least validation error 8"]
    table, errors = (each.value for each in app.dataframe)
    assert errors["Images"].sum() == len(table)
    assert (table["Predicted number"] - table["True number"]).round(6).eq(5).all()
    captions = [caption for image in app.get("image") for caption in image.captions]
    assert len(captions) == 9
    assert " → **" in captions[0]


def test_the_test_set_is_opened_and_counted(open_screen, kept, run):
    app = open_screen("pages/judge/evaluate.py")
    app.segmented_control(key="evaluate_part").set_value("test").run()
    app.button(key="sealed_test_open").click().run()
    app.text_input(key="sealed_test_by").set_value("Kim")
    app.text_area(key="sealed_test_reason").set_value("The end")
    app.button(key="sealed_test_confirm").click().run()
    assert not app.exception
    assert "opened 1 time" in texts(app)
    assert openings(kept.database, kept.workspace, run) == 1


def test_the_card_of_the_project_tells_the_least_error(app, run):
    app.run()
    assert not app.exception
    assert "1 run · least mean absolute error on validation 8" in texts(app)


def test_two_runs_are_compared_by_their_errors(open_screen, kept, project, run):
    training = project.draft.training.model_copy(update={"batch_size": 8})
    recipe = project.draft.model_copy(update={"training": training})
    other = running_with(kept, project, [(4.0, None, 4.0, None)], recipe)
    progress.finish(kept.database, other.id, RunState.COMPLETED)
    app = open_screen("pages/train/compare.py")
    table = next(frame for frame in app.dataframe if frame.key and frame.key.startswith("compare_table"))
    assert table.value["val_mean_absolute_error"].tolist()[1] == min(ERRORS)
    app.session_state[table.key] = {"selection": {"rows": [0, 1], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    words = "\n".join(element.value for element in app.markdown)
    assert "Lowest: Run 1, with 8 in epoch 2." in words
    assert "Only one thing changed, batch size: 32 → 8." in words.replace("\\", "")
    assert "Is the difference noise?" in words
