"""The conductor's turns, in this process, with a worker that does as it is told."""

from functools import partial

import pytest

from core.runs import progress, queue, store
from core.runs.states import RunState, SearchState
from core.tuning import conductor as module
from core.tuning import searches
from core.tuning.space import SearchSpace
from core.tuning.trials import curves, trials
from tests.core.runs.builders import make_recipe
from tests.core.tuning.builders import (
    ME,
    RATE,
    RATES,
    by_rate,
    conduct,
    conductor,
    create,
    make_space,
    report,
    work,
)

GRID = "parameters: {training.batch_size: {choices: [4, 8]}, training.seed: {low: 1, high: 3}}\nsampler: grid"


@pytest.fixture
def search_for(database, workspace, dataset):
    """Searches to the end: the search and the table of its trials."""

    def search_for(space: SearchSpace, count: int, worker=by_rate, slots: int = 1, recipe=None):
        search = create(database, workspace, dataset, space, trials=count, recipe=recipe)
        search = conduct(database, conductor(database, workspace, search, slots), search.id, worker)
        return search, trials(database, search.id)

    return search_for


def states(table) -> dict[str, int]:
    return table["state"].value_counts().to_dict()


@pytest.mark.parametrize("slots", [1, 2, 5])
def test_as_many_trials_are_finished_as_were_asked_for(database, search_for, slots):
    search, table = search_for(make_space(), 4, slots=slots)
    assert (search.state, search.message) == (SearchState.COMPLETED, None)
    assert states(table) == {"complete": 4}
    for trial in table.to_dict(orient="records"):
        run = store.get(database, trial["run_id"])
        assert (run.series, run.state) == (search.id, RunState.COMPLETED)
        assert run.recipe.training.optimizer.learning_rate == trial[RATE]
        assert trial["value"] == pytest.approx(by_rate(run)[-1])
        assert (trial["run_number"], trial["epochs"]) == (run.number, 3)


@pytest.mark.parametrize("slots", [1, 3])
def test_there_are_never_more_runs_than_slots(database, workspace, dataset, slots):
    search = create(database, workspace, dataset, trials=4)
    conducting = conductor(database, workspace, search, slots)
    for _ in range(10):
        conducting.turn(searches.get(database, search.id))
    assert len(queue.waiting_runs(database)) == slots


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.LOST, RunState.STOPPED])
def test_a_run_that_came_to_nothing_is_made_up_for(database, search_for, state):
    ends = iter([state, None, state, state, None, None])
    search, table = search_for(make_space(), 3, lambda run: next(ends) or by_rate(run))
    assert search.state is SearchState.COMPLETED
    assert table["state"].tolist() == ["failed", "complete", "failed", "failed", "complete", "complete"]
    assert table["value"].isna().tolist() == [True, False, True, True, False, False]


def test_a_run_without_a_number_has_no_value(search_for):
    accuracies = iter([[0.5, float("nan")], [0.5, 0.6]])
    _, table = search_for(make_space(), 1, lambda run: next(accuracies))
    assert table["state"].tolist() == ["failed", "complete"]
    assert "never was a number" in str(table["reason"][0])


def test_many_runs_in_a_row_that_come_to_nothing_end_the_search(search_for):
    search, table = search_for(make_space(), 3, lambda run: RunState.FAILED)
    assert search.state is SearchState.FAILED
    assert "10 runs in a row came to nothing" in str(search.message)
    assert states(table) == {"failed": 10}


def test_stopped_runs_do_not_end_the_search(search_for):
    ends = iter([RunState.STOPPED] * 12 + [None])
    search, _ = search_for(make_space(), 1, lambda run: next(ends) or by_rate(run))
    assert search.state is SearchState.COMPLETED


def test_trials_that_cannot_be_trained_are_not_run_and_do_not_count(database, search_for):
    """Two classes: the last layer has to have two units."""
    space = make_space("parameters: {layers.1.units: {choices: [2, 3]}, training.seed: {low: 0, high: 99}}")
    search, table = search_for(space, 4, lambda run: [0.5])
    assert (search.state, (table["state"] == "complete").sum()) == (SearchState.COMPLETED, 4)
    impossible = table[table["state"] == "failed"]
    assert len(impossible)
    assert set(impossible["layers.1.units"]) == {3}
    assert impossible["run_id"].isna().all()
    assert all("Layer 2" in str(reason) for reason in impossible["reason"])


def test_a_space_in_which_nothing_can_be_trained_ends_the_search(search_for):
    search, table = search_for(make_space("parameters: {layers.1.units: {low: 3, high: 900}}"), 2)
    assert search.state is SearchState.FAILED
    assert "100 trials in a row could not be trained" in str(search.message)
    assert states(table) == {"failed": 100}


def test_a_grid_is_tried_point_by_point_each_once(search_for):
    search, table = search_for(make_space(GRID), 100, lambda run: [0.5])
    assert search.state is SearchState.COMPLETED
    assert "6 instead of 100 trials" in str(search.message)
    points = table[["training.batch_size", "training.seed"]].to_numpy().tolist()
    assert sorted(points) == [[size, seed] for size in (4, 8) for seed in (1, 2, 3)]


def test_a_point_of_a_grid_whose_run_was_lost_is_tried_again_and_one_that_failed_is_not(search_for):
    ends = iter([RunState.LOST, None, RunState.FAILED, None, None, None, None])
    search, table = search_for(make_space(GRID), 100, lambda run: next(ends) or [0.5])
    assert table["state"].tolist() == ["failed", "complete", "failed", "complete", "complete", "complete", "complete"]
    points = table[["training.batch_size", "training.seed"]].apply(tuple, axis=1).tolist()
    assert points[0] == points[1]
    assert len(set(points)) == 6
    assert "5 instead of 100" in str(search.message)


@pytest.mark.parametrize("sampler", ["random", "tpe", "grid"])
@pytest.mark.parametrize("pruner", ["median", "hyperband"])
def test_the_same_seed_gives_the_same_trials(search_for, sampler, pruner):
    text = GRID if sampler == "grid" else RATES
    recipe = make_recipe(epochs=9)
    spaces = [make_space(text, sampler=sampler, pruner=pruner, seed=seed) for seed in (3, 3, 4)]
    once, again, other = (search_for(space, 12, recipe=recipe)[1] for space in spaces)
    columns = ["state", "value", *spaces[0].parameters]
    assert once[columns].equals(again[columns])
    assert not once[columns].equals(other[columns])


def test_tpe_goes_where_it_is_good(search_for):
    _, table = search_for(make_space(), 30)
    assert table["value"][20:].mean() > table["value"][:7].mean(), "the first seven are at random"


@pytest.mark.parametrize("pruner", ["median", "hyperband"])
def test_a_trial_that_lags_behind_is_pruned_and_counts(database, search_for, pruner):
    """The runs get worse and worse, so none after the first is worth going on with."""
    accuracies = (0.9 - number / 20 for number in range(100))
    recipe = make_recipe(epochs=9)
    _, table = search_for(make_space(pruner=pruner), 12, lambda run: [next(accuracies)] * run.epochs, recipe=recipe)
    assert table["state"].isin(["complete", "pruned"]).all()
    assert len(table) == 12
    pruned = table[table["state"] == "pruned"]
    assert len(pruned) >= 3
    assert pruned["value"].tolist() == pytest.approx([0.9 - number / 20 for number in pruned["number"]])


def test_a_pruned_run_is_stopped_while_it_trains(database, workspace, dataset):
    search = create(database, workspace, dataset, make_space(pruner="median"), trials=6, recipe=make_recipe(epochs=9))
    conducting = conductor(database, workspace, search)
    for _ in range(4):
        conducting.turn(search)
        work(database, lambda run: [0.9] * 9)
    conducting.turn(search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    orders = [report(database, run_id, 1, 0.1), conducting.turn(search), report(database, run_id, 2, 0.1)]
    assert [orders[0].stop, orders[2].stop] == [False, True]
    progress.finish(database, run_id, RunState.STOPPED)
    conducting.turn(search)
    row = trials(database, search.id).iloc[4]
    assert (row["state"], row["value"], row["run_state"]) == ("pruned", 0.1, RunState.STOPPED)
    assert curves(database, search.id).query("number == 4")["epoch"].tolist() == [1]


def test_the_value_is_that_of_the_epoch_that_was_kept(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    for epoch, accuracy in enumerate([0.25, 0.75, 0.5], start=1):
        report(database, run_id, epoch, accuracy)
    progress.finish(database, run_id, RunState.COMPLETED, kept_epoch=1)
    conducting.turn(search)
    assert trials(database, search.id)["value"].tolist() == [0.25]


def test_two_searches_that_try_the_same_have_a_run_each(database, workspace, dataset):
    first, second = (create(database, workspace, dataset, make_space(GRID), trials=1) for _ in range(2))
    for search in (first, second):
        module.Conductor(database, workspace, search).turn(search)
    runs = [store.get(database, run.id) for run in queue.waiting_runs(database)]
    assert runs[0].recipe == runs[1].recipe
    assert {run.series for run in runs} == {first.id, second.id}


def test_a_stopped_search_stops_its_runs_and_begins_none(database, workspace, dataset):
    search = create(database, workspace, dataset)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    searches.request_stop(database, search.id)
    assert conducting.turn(searches.get(database, search.id)), "it waits for the run"
    assert store.get(database, run_id).is_stopping
    progress.finish(database, run_id, RunState.STOPPED)
    assert not conducting.turn(searches.get(database, search.id))
    assert states(trials(database, search.id)) == {"failed": 1}


def test_a_paused_search_pauses_its_runs_and_goes_on_with_them(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    searches.request_pause(database, search.id)
    assert conducting.turn(searches.get(database, search.id))
    assert report(database, run_id, 1, 0.5).pause
    progress.pause(database, run_id)
    assert not conducting.turn(searches.get(database, search.id))
    searches.request_continue(database, search.id)
    conducting.turn(searches.get(database, search.id))
    assert store.get(database, run_id).state is RunState.QUEUED
    search = conduct(database, conducting, search.id)
    assert (search.state, states(trials(database, search.id))) == (SearchState.COMPLETED, {"complete": 1})


def test_a_run_that_a_person_has_paused_is_waited_for(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    progress.pause(database, run_id)
    for _ in range(3):
        assert conducting.turn(search)
    assert store.get(database, run_id).state is RunState.PAUSED


def test_when_the_minutes_are_used_up_the_last_trial_is_finished_and_no_other_begins(
    timed_database, clock, workspace, dataset
):
    search = create(timed_database, workspace, dataset, trials=50, minutes=10)
    conducting = conductor(timed_database, workspace, search)

    def take_four_minutes(run):
        clock.move_on(240)
        return by_rate(run)

    search = conduct(timed_database, conducting, search.id, take_four_minutes)
    assert search.state is SearchState.COMPLETED
    assert states(trials(timed_database, search.id)) == {"complete": 3}
    assert str(search.message) == "The time of 10 minutes was used up after 3 of 50 trials."


def test_a_process_conducts_until_the_search_is_at_rest(database, workspace, dataset):
    search = create(database, workspace, dataset)
    module.conduct(database, workspace, search.id, 1, sleep=lambda seconds: work(database) and None)
    found = searches.get(database, search.id)
    assert (found.state, found.is_at_rest) == (SearchState.COMPLETED, True)


def test_an_error_of_ours_ends_the_search_with_a_sentence(database, workspace, dataset, monkeypatch):
    search = create(database, workspace, dataset)
    monkeypatch.setattr(module.Conductor, "turn", partial(_fail, "the tower fell"))
    module.conduct(database, workspace, search.id, 1)
    found = searches.get(database, search.id)
    assert (found.state, found.is_at_rest) == (SearchState.FAILED, True)
    assert "The search was broken off: the tower fell." in str(found.message)


def _fail(message: str, *arguments) -> None:
    raise ValueError(message)
