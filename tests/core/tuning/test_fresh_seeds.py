"""The best trials trained again: what counts as a repeat, and what stands beside the value of the search."""

from math import isnan

import numpy as np
import pandas as pd
import pytest

from core.runs import queue, store
from core.runs.states import RunState
from core.runs.tables import RunRow
from core.tuning.fresh_seeds import COLUMNS, compared, train_again, trained_again
from core.tuning.trials import best_k, trials
from tests.core.runs.builders import ELSEWHERE, make_recipe
from tests.core.tuning.builders import conduct, conductor, create, make_space, work

ACCURACIES = (0.5, 0.75, 0.25)


@pytest.fixture
def search(database, workspace, dataset, project):
    """To its end: the trials 0, 1 and 2 reach `ACCURACIES`."""
    left = iter(ACCURACIES)
    space = make_space(sampler="random")
    search = create(database, workspace, dataset, space, trials=len(ACCURACIES), project_id=project.id)
    return conduct(database, conductor(database, workspace, search), search.id, lambda _run: [0.1, next(left)])


def best(database, search, k: int) -> pd.DataFrame:
    return best_k(trials(database, search.id), search.space, k)


def again(database, search, k: int) -> pd.DataFrame:
    return trained_again(database, search, best(database, search, k)["run_id"].tolist())


def test_nothing_is_trained_again_by_itself(database, search):
    assert again(database, search, 2).empty
    assert list(again(database, search, 2)) == list(COLUMNS)


def test_each_of_the_best_waits_with_seeds_of_its_own(database, workspace, search):
    first, second = best(database, search, 2)["run_id"]
    made = train_again(database, workspace, [first, second], 2)
    runs = [store.get(database, run_id) for run_id in made]
    assert [run.recipe.training.seed for run in runs] == [1, 2, 1, 2]
    assert all(run.state is RunState.QUEUED for run in runs)
    table = again(database, search, 2)
    assert table["trial_run"].tolist() == [first, first, second, second]
    assert table["run_id"].tolist() == made
    assert table["value"].isna().all()


def test_the_mean_of_what_comes_in_stands_beside_the_value_of_the_search(database, workspace, search):
    first, second = best(database, search, 2)["run_id"]
    train_again(database, workspace, [first, second], 3)
    came_to = iter([[0.9, 0.5], [0.625], [0.75], [0.5]])  # the last three runs are not done yet
    for _ in range(4):
        work(database, lambda _run: next(came_to))
    table = compared(best(database, search, 2), again(database, search, 2))
    assert table["number"].tolist() == [1, 0]
    assert table["value"].tolist() == [0.75, 0.5]
    assert table["asked"].tolist() == [3, 3]
    assert table["done"].tolist() == [3, 1]
    assert table["coming"].tolist() == [0, 2]
    assert table["mean"].tolist() == [0.625, 0.5]
    assert table["spread"][0] == pytest.approx(np.std([0.5, 0.625, 0.75], ddof=1))
    assert isnan(table["spread"][1])


def test_a_trial_that_nobody_trained_again_has_nothing_beside_it(database, workspace, search):
    train_again(database, workspace, best(database, search, 1)["run_id"].tolist(), 1)
    table = compared(best(database, search, 2), again(database, search, 2))
    assert table["asked"].tolist() == [1, 0]
    assert table["mean"].isna().all()


def test_what_is_stopped_or_failed_has_no_value(database, workspace, search):
    train_again(database, workspace, best(database, search, 1)["run_id"].tolist(), 2)
    for state in (RunState.STOPPED, RunState.FAILED):
        work(database, lambda _run, state=state: state)
    table = compared(best(database, search, 1), again(database, search, 1))
    assert table[["asked", "done", "coming"]].to_numpy().tolist() == [[2, 0, 0]]


def test_a_repeat_with_the_seed_of_the_trial_is_none(database, workspace, dataset, project, search):
    """A run of the same recipe that was there before the search, or after it, is of the series of its own repeats."""
    trial = store.get(database, best(database, search, 1)["run_id"].item())
    alike = store.enqueue(database, workspace, project.id, dataset.id, trial.recipe)
    work(database, lambda _run: [0.75])
    (made,) = train_again(database, workspace, [alike.id], 1)
    assert store.get(database, alike.id).series == store.get(database, made).series
    assert again(database, search, 1)["run_id"].tolist() == [made]


def test_a_trial_that_was_stored_before_its_recipe_had_a_field_has_its_repeats(database, workspace, search):
    trial_run = best(database, search, 1)["run_id"].item()
    made = train_again(database, workspace, [trial_run], 1)
    with database.writing() as session:
        row = session.get_one(RunRow, trial_run)
        training = {name: value for name, value in row.recipe["training"].items() if name != "label_smoothing"}
        row.recipe = row.recipe | {"training": training}
    assert again(database, search, 1)["run_id"].tolist() == made


def test_the_repeats_of_equal_recipes_are_those_of_the_first(database, workspace, dataset, project):
    space = make_space("parameters: {training.batch_size: {choices: [8]}}", sampler="random")
    search = create(database, workspace, dataset, space, trials=3, project_id=project.id)
    search = conduct(database, conductor(database, workspace, search), search.id, lambda _run: [0.5])
    run_ids = trials(database, search.id)["run_id"].tolist()
    made = train_again(database, workspace, run_ids[:1], 1)
    assert trained_again(database, search, run_ids)[["trial_run", "run_id"]].to_numpy().tolist() == [
        [run_ids[0], *made]
    ]
    assert trained_again(database, search, run_ids[::-1])["trial_run"].tolist() == [run_ids[2]]


def test_other_runs_of_the_project_are_no_repeats(database, workspace, dataset, project, search):
    other = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=7))
    assert queue.claim(database, ELSEWHERE) == other.id
    train_again(database, workspace, [other.id], 1)
    assert again(database, search, 3).empty
