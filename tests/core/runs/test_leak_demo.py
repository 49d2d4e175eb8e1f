import os
from dataclasses import replace

import pytest

from core.errors import DatasetError, RecipeError
from core.recipe import Recipe
from core.runs import leak_demo, progress, projects, queue, series, store
from core.runs.leak_demo import SCATTERED, TOGETHER, honest_split
from core.runs.progress import EpochMetrics
from core.runs.states import RunState
from core.split import Split, read_assignment
from tests.core.runs.builders import ELSEWHERE, make_recipe

SHARES = "train: 0.6, validation: 0.2, test: 0.2, seed: 4"
BY_NAME = f"{SHARES}, keep_together: group, group_pattern: '{{group}}.png'"  # a cat and a dog of each number
IN_FOLDS = f"{BY_NAME}, folds: 3, fold: 1"


@pytest.fixture
def start(database, workspace, project, dataset):
    def start(recipe: Recipe | None = None) -> leak_demo.Demonstration:
        return leak_demo.start(database, workspace, recipe or make_recipe(split=BY_NAME), dataset.id, project.id)

    return start


@pytest.fixture
def finish(database):
    def finish(accuracy: float, error: float | None = None) -> str:
        """The next run of the queue is done; with an ``error``, on numbers instead of classes."""
        run_id = queue.claim(database, ELSEWHERE)
        progress.begin(database, run_id, os.getpid())
        metrics = {} if error is None else {"val_mean_absolute_error": error}
        shares = (None, None) if error is not None else (0.5, accuracy)
        epoch = EpochMetrics(1, 1.0, shares[0], 1.0, shares[1], 2.0, step=1, metrics=metrics)
        progress.report(database, run_id, epochs=[epoch])
        progress.finish(database, run_id, RunState.COMPLETED, kept_epoch=1)
        return run_id

    return finish


def test_one_recipe_is_trained_on_two_splits(database, start):
    found = start(make_recipe(split=IN_FOLDS))
    recipe = make_recipe(split=BY_NAME)
    scattered = recipe.model_copy(
        update={"split": recipe.split.model_copy(update={"keep_together": "nothing", "group_pattern": ""})}
    )
    assert (found.scattered.recipe, found.together.recipe) == (scattered, recipe)
    assert found.scattered.number < found.together.number
    assert {run.series for run in series.runs_of(database, found.series)} == {found.series}
    assert [run.id.rpartition("-")[2] for run in (found.scattered, found.together)] == [SCATTERED, TOGETHER]
    assert [leak_demo.part_of(run) for run in (found.scattered, found.together)] == [SCATTERED, TOGETHER]


def test_groups_are_torn_apart_in_one_of_them_only(workspace, dataset, start):
    found = start()
    names = dataset.images["path"].str.rpartition("/")[2]
    torn = {}
    for run in (found.scattered, found.together):
        parts = read_assignment(store.run_folder(workspace, run.id) / "split.csv").parts
        torn[run.id] = any(len(set(parts[names == name])) > 1 for name in names)
    assert torn == {found.scattered.id: True, found.together.id: False}


def test_asked_for_again_it_is_the_same_until_it_is_over(start, finish):
    first = start()
    assert start().series == first.series
    finish(0.9)
    finish(0.5)
    assert start().series != first.series


def test_a_run_that_somebody_started_alone_is_one_of_the_two(database, workspace, project, dataset, start):
    alone = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(split=BY_NAME))
    assert start().together.id == alone.id
    assert len(store.of_project(database, project.id)) == 2


def test_the_outcome_is_what_both_reached(database, workspace, start, finish):
    found = start()
    finish(0.9)
    assert leak_demo.outcome(database, workspace, found) is None
    finish(0.5)
    outcome = leak_demo.outcome(database, workspace, found)
    assert (outcome.figure, outcome.scattered, outcome.together) == ("accuracy", 0.9, 0.5)
    assert outcome.illusion == pytest.approx(0.4)
    assert outcome.figures["images"].tolist() == [4, 4]
    # Wilson, by hand, for 2 of 4: (0.5 + z²/8 ± z √(1/16 + z²/64)) / (1 + z²/4) with z = 1.96
    assert outcome.figures[["low", "high"]].iloc[1].tolist() == pytest.approx([0.150, 0.850], abs=1e-3)
    assert not outcome.is_clear


@pytest.mark.parametrize(("errors", "is_clear"), [((2.0, 3.0), True), ((2.0, 2.1), False), ((3.0, 2.0), False)])
def test_where_numbers_are_predicted_the_error_was_the_illusion(database, workspace, start, finish, errors, is_clear):
    found = start()
    for error in errors:
        finish(0.0, error)
    outcome = leak_demo.outcome(database, workspace, found)
    assert outcome.figure == "mean_absolute_error"
    assert outcome.illusion == pytest.approx(errors[1] - errors[0])
    assert outcome.is_clear is is_clear


def test_the_last_one_is_found_for_its_project_and_dataset(database, workspace, project, dataset, start, finish):
    assert leak_demo.latest(database, project.id, dataset.id) is None
    start()
    finish(0.9)
    finish(0.5)
    second = start()
    other = projects.create(database, "Other")
    assert leak_demo.latest(database, project.id, dataset.id).series == second.series
    assert leak_demo.latest(database, project.id, dataset.id).is_active
    assert leak_demo.latest(database, other.id, dataset.id) is None
    assert leak_demo.latest(database, project.id, "0" * 16) is None


def test_without_one_of_its_runs_there_is_none(database, workspace, project, dataset, start, finish):
    start()
    store.delete(database, workspace, finish(0.9))
    assert leak_demo.latest(database, project.id, dataset.id) is None


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (make_recipe(), "No two of these images are known to belong together"),
        (make_recipe(units=3, split=BY_NAME), "3"),
        (make_recipe(split=f"{SHARES}, keep_together: group"), "No image came with a group"),
        (make_recipe(split=f"{SHARES}, keep_together: near"), "It is not known yet which of these images look alike"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_a_run_is_queued(database, project, start, recipe, sentence):
    with pytest.raises(RecipeError, match=sentence):
        start(recipe)
    assert store.of_project(database, project.id) == []


def test_a_dataset_that_is_not_there_is_said(database, workspace, project):
    with pytest.raises(DatasetError):
        leak_demo.start(database, workspace, make_recipe(split=BY_NAME), "0" * 16, project.id)


def with_images(dataset, **columns):
    return replace(dataset, images=dataset.images.assign(**columns))


@pytest.mark.parametrize(
    ("columns", "has_look_alikes", "expected"),
    [
        ({"group": "p1"}, True, "group"),
        ({}, True, "near"),
        ({"pixel_hash": "same"}, False, "exact"),
        ({"pixel_hash": "same"}, True, "near"),
    ],
)
def test_the_honest_split_takes_what_is_known(dataset, columns, has_look_alikes, expected):
    split = Split(folds=3, fold=1, given=True)
    found = honest_split(split, with_images(dataset, **columns), has_look_alikes=has_look_alikes)
    assert found == Split(keep_together=expected)


def test_there_is_no_honest_split_where_no_two_images_belong_together(dataset):
    assert honest_split(Split(), dataset, has_look_alikes=False) is None
