"""Runs of the same settings that only chance tells apart."""

import os
import threading

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RecipeError, RunError
from core.message import say
from core.runs import admission, progress, queue, series, store
from core.runs.again import with_fresh_seeds
from core.runs.overview import overview
from core.runs.progress import EpochMetrics
from core.runs.repeats import band, members, repeat, repeats_of, spreads
from core.runs.series_kinds import is_of_folds, is_of_repeats
from core.runs.states import RunState
from core.split import read_assignment
from tests.core.runs.builders import ELSEWHERE, make_recipe

IN_FOLDS = "train: 0.6, validation: 0.2, test: 0.2, folds: 3, fold: 1"


@pytest.fixture
def finish(database, workspace, project, dataset):
    def finish(accuracy: float, state: RunState = RunState.COMPLETED, **recipe) -> str:
        run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(**recipe))
        return finish_next(database, accuracy, state, run.id)

    return finish


def finish_next(database, accuracy: float, state: RunState = RunState.COMPLETED, run_id: str | None = None) -> str:
    claimed = queue.claim(database, ELSEWHERE)
    assert claimed is not None
    assert run_id in (None, claimed)
    progress.begin(database, claimed, os.getpid())
    progress.report(database, claimed, epochs=[EpochMetrics(1, 1.0, 0.5, 1 - accuracy, accuracy, 2.0, step=1)])
    progress.finish(database, claimed, state, kept_epoch=1)
    return claimed


def test_a_run_is_repeated_with_seeds_that_were_not_tried(database, workspace, project, finish):
    run_id = finish(0.5)
    finish(0.5, seed=4)
    made = [store.get(database, each) for each in repeat(database, workspace, run_id, 3)]
    assert [run.recipe.training.seed for run in made] == [5, 6, 7]
    assert {run.state for run in made} == {RunState.QUEUED}
    assert {run.series for run in made} == {store.get(database, run_id).series}
    assert is_of_repeats(made[0].series)


def test_more_repeats_join_those_before(database, workspace, finish):
    run_id = finish(0.5)
    first, second = (repeat(database, workspace, run_id, 1) for _ in range(2))
    assert len({store.get(database, each).series for each in (run_id, *first, *second)}) == 1


def test_repeats_of_a_fold_are_no_folds(database, workspace, project, dataset):
    recipe = make_recipe(split=IN_FOLDS)
    folds = series.enqueue_folds(database, workspace, recipe, dataset.id, project.id)
    of_folds = series.series_of(database, folds[0])
    (repeated,) = repeat(database, workspace, folds[0], 1)
    assert series.series_of(database, folds[0]) == of_folds
    assert is_of_repeats(series.series_of(database, repeated))
    assert is_of_folds(of_folds)
    assert not is_of_folds(series.series_of(database, repeated))
    other = store.get(database, repeated).recipe
    assert not set(series.enqueue_folds(database, workspace, other, dataset.id, project.id)) & {*folds}


def test_nothing_is_queued_where_there_are_too_few_seeds_left(database, workspace, finish):
    run_id = finish(0.5, seed=2**32 - 2)
    with pytest.raises(RecipeError):
        repeat(database, workspace, run_id, 2)
    assert queue.active_runs(database) == []
    assert store.get(database, run_id).series is None


@pytest.mark.parametrize("broken", ["the second folder", "the second row"])
def test_where_one_cannot_be_made_none_is_queued(database, workspace, project, finish, monkeypatch, broken):
    run_id = finish(0.5)
    if broken == "the second folder":
        failing_at_the_second(monkeypatch, "write_assignment", OSError("the disk is full"))
    else:
        failing_at_the_second(monkeypatch, "_next", RunError(say("no")))
    with pytest.raises((OSError, RunError)):
        repeat(database, workspace, run_id, 3)
    assert [run.id for run in store.of_project(database, project.id)] == [run_id]
    assert [folder.name for folder in workspace.runs.iterdir()] == [run_id]


def failing_at_the_second(monkeypatch, name: str, error: Exception) -> None:
    """The function of that name, with which runs are admitted, works once and then raises."""
    known, calls = getattr(admission, name), []

    def failing(*values):
        calls.append(values)
        if len(calls) == 2:
            raise error
        return known(*values)

    monkeypatch.setattr(admission, name, failing)


def test_repeats_that_are_queued_together_wait_in_their_order(database, workspace, project, finish):
    made = repeat(database, workspace, finish(0.5), 3)
    assert [store.get(database, each).number for each in made] == [2, 3, 4]
    assert [waiting.id for waiting in queue.waiting_runs(database)] == made
    for run_id in made:
        assert read_assignment(store.run_folder(workspace, run_id) / "split.csv").counts()["train"] > 0


def test_who_starts_by_hand_what_is_being_repeated_gets_a_run_of_their_own(
    database, workspace, project, dataset, finish
):
    run = store.get(database, finish(0.5))
    [next_recipe] = with_fresh_seeds(database, run, 1)
    [repeated] = repeat(database, workspace, run.id, 1)
    by_hand = store.enqueue(database, workspace, project.id, dataset.id, next_recipe)
    assert by_hand.id != repeated
    assert by_hand.series is None


def test_people_who_repeat_a_run_at_once_get_runs_of_one_series(database, workspace, project, finish):
    def press() -> None:
        together.wait()
        made.append(repeat(database, workspace, run_id, 2))

    run_id, made, together = finish(0.5), [], threading.Barrier(4)
    people = [threading.Thread(target=press) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    runs = [run for run in store.of_project(database, project.id) if run.id != run_id]
    assert {each for run_ids in made for each in run_ids} == {run.id for run in runs}
    assert len({run.recipe.training.seed for run in runs}) == len(runs)
    assert {run.series for run in runs} == {store.get(database, run_id).series}


def test_mean_and_spread_are_those_of_the_runs_that_differ_in_the_seed_alone(database, project, finish):
    ids = [finish(accuracy, seed=seed) for seed, accuracy in enumerate((0.8, 0.9))]
    alone = finish(0.1, epochs=9)
    found = spreads(overview(database, project.id), "accuracy")
    assert sorted(found.index) == sorted(ids)
    # the sample standard deviation of 0.8 and 0.9 is 0.1 / √2
    expected = {"repeats": 2, "mean": 0.85, "spread": 0.0707107, "low": 0.8, "high": 0.9}
    for run_id in ids:
        assert found.loc[run_id].to_dict() == pytest.approx(expected, abs=1e-6)
    assert alone not in found.index


def test_folds_are_repeats_of_each_other(database, workspace, project, dataset):
    series.enqueue_folds(database, workspace, make_recipe(split=IN_FOLDS), dataset.id, project.id)
    for accuracy in (0.5, 0.6, 0.7):
        finish_next(database, accuracy)
    found = spreads(overview(database, project.id), "accuracy")
    assert found["repeats"].tolist() == [3, 3, 3]
    assert found["spread"].tolist() == pytest.approx([0.1] * 3)


def test_the_same_run_again_is_no_repeat_and_a_stopped_one_neither(database, project, finish):
    finish(0.8)
    finish(0.8)
    finish(0.6, RunState.STOPPED, seed=1)
    table = overview(database, project.id)
    assert spreads(table, "accuracy").empty
    assert len(repeats_of(table)) == 1


def test_a_run_without_repeats_is_its_only_member(database, project, finish):
    first, second = finish(0.8), finish(0.7, seed=1)
    groups = repeats_of(overview(database, project.id))
    assert sorted(members(groups, first)) == sorted([first, second])
    assert members(groups, "elsewhere") == ["elsewhere"]


def test_the_band_holds_the_curves_up_to_where_the_first_ends():
    curves = pd.DataFrame(
        {"run_id": ["a", "a", "a", "b", "b"], "epoch": [1, 2, 3, 1, 2], "value": [0.2, 0.4, 0.9, 0.4, 0.8]}
    )
    assert band(curves).round(6).to_dict("list") == {
        "epoch": [1, 2],
        "mean": [0.3, 0.6],
        "low": [0.2, 0.4],
        "high": [0.4, 0.8],
        "runs": [2, 2],
    }


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.floats(0, 1), min_size=1, max_size=6), min_size=1))
def test_every_curve_lies_within_the_band(curves):
    points = [(name, epoch, value) for name, values in curves.items() for epoch, value in enumerate(values, start=1)]
    table = pd.DataFrame(points, columns=["run_id", "epoch", "value"])
    found = band(table).set_index("epoch")
    assert len(found) == min(map(len, curves.values()))
    for _name, epoch, value in points:
        if epoch in found.index:
            assert found.loc[epoch, "low"] <= value <= found.loc[epoch, "high"]
