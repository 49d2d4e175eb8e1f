"""The conductor's turns, in this process, with a worker that does as it is told."""

import errno
import shutil
from functools import partial

import pytest

from core.message import say
from core.runs import progress, queue, store
from core.runs.breakdown import breakdown
from core.runs.conductors import unsettled
from core.runs.series import runs_of
from core.runs.states import RunState, SearchState
from core.tuning import claim, searches
from core.tuning import conductor as module
from core.tuning.conductor import Next
from core.tuning.space import SearchSpace
from core.tuning.study import Failure, failure_of
from core.tuning.trials import curves, load, trials
from tests.core.runs.builders import make_recipe
from tests.core.tuning.builders import (
    GONE,
    ME,
    RATE,
    RATES,
    abandon,
    by_rate,
    conduct,
    conductor,
    create,
    make_space,
    report,
    work,
)

GRID = """
parameters: {training.batch_size: {choices: [4, 8]}, training.label_smoothing: {choices: [0.1, 0.2, 0.3]}}
sampler: grid
"""


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
        assert run.recipe.training.optimizer.learning_rate == pytest.approx(trial[RATE], rel=1e-3)
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
    space = make_space(
        "parameters: {layers.1.units: {choices: [2, 3]}, training.label_smoothing: {low: 0.0, high: 0.9}}"
    )
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
    points = table[["training.batch_size", "training.label_smoothing"]].to_numpy().tolist()
    assert sorted(points) == [[size, smoothing] for size in (4, 8) for smoothing in (0.1, 0.2, 0.3)]


def test_a_point_of_a_grid_whose_run_was_lost_is_tried_again_and_one_that_failed_is_not(search_for):
    ends = iter([RunState.LOST, None, RunState.FAILED, None, None, None, None])
    search, table = search_for(make_space(GRID), 100, lambda run: next(ends) or [0.5])
    assert table["state"].tolist() == ["failed", "complete", "failed", "complete", "complete", "complete", "complete"]
    points = table[["training.batch_size", "training.label_smoothing"]].apply(tuple, axis=1).tolist()
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
    assert conducting.turn(searches.get(database, search.id)) is Next.AFTER_A_CHANGE, "it waits for the run"
    assert store.get(database, run_id).is_stopping
    progress.finish(database, run_id, RunState.STOPPED)
    assert conducting.turn(searches.get(database, search.id)) is Next.NEVER
    assert states(trials(database, search.id)) == {"failed": 1}


def test_a_paused_search_pauses_its_runs_and_goes_on_with_them(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    searches.request_pause(database, search.id)
    assert conducting.turn(searches.get(database, search.id)) is Next.AFTER_A_CHANGE
    assert report(database, run_id, 1, 0.5).pause
    progress.pause(database, run_id)
    assert conducting.turn(searches.get(database, search.id)) is Next.NEVER
    searches.request_continue(database, search.id)
    conducting.turn(searches.get(database, search.id))
    assert store.get(database, run_id).state is RunState.QUEUED
    search = conduct(database, conducting, search.id)
    assert (search.state, states(trials(database, search.id))) == (SearchState.COMPLETED, {"complete": 1})


def test_a_run_that_waits_leaves_the_queue_while_its_search_is_paused(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    searches.request_pause(database, search.id)
    assert conducting.turn(searches.get(database, search.id)) is Next.NEVER
    assert queue.claim(database, ME) is None
    searches.request_continue(database, search.id)
    search = conduct(database, conducting, search.id)
    assert (search.state, states(trials(database, search.id))) == (SearchState.COMPLETED, {"complete": 1})


def test_a_search_that_is_continued_before_its_run_has_paused_goes_on_with_it(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=1)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    searches.request_pause(database, search.id)
    conducting.turn(searches.get(database, search.id))
    searches.request_continue(database, search.id)
    conducting.turn(searches.get(database, search.id))
    progress.pause(database, run_id)
    conducting.turn(searches.get(database, search.id))
    assert store.get(database, run_id).state is RunState.QUEUED


def test_a_run_that_a_person_has_paused_takes_no_slot_and_is_waited_for_without_a_process(database, workspace, dataset):
    search = create(database, workspace, dataset, trials=3)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    run_id = queue.claim(database, ME)
    progress.pause(database, run_id)
    search = conduct(database, conducting, search.id)
    assert (search.state, store.get(database, run_id).state) == (SearchState.PAUSED, RunState.PAUSED)
    assert states(trials(database, search.id)) == {"running": 1, "complete": 2}
    assert "All that is left are trials whose runs were paused." in str(search.message)
    searches.request_continue(database, search.id)
    search = conduct(database, conducting, search.id)
    assert (search.state, search.message) == (SearchState.COMPLETED, None)
    assert states(trials(database, search.id)) == {"complete": 3}


@pytest.mark.parametrize("is_claimed", [False, True])
def test_a_search_that_is_paused_and_then_stopped_leaves_nothing_behind(database, workspace, dataset, is_claimed):
    search = create(database, workspace, dataset)
    conducting = conductor(database, workspace, search)
    conducting.turn(search)
    if is_claimed:
        run_id = queue.claim(database, ME)
    searches.request_pause(database, search.id)
    conducting.turn(searches.get(database, search.id))
    if is_claimed:
        progress.pause(database, run_id)
    assert claim.release(database, search.id, ME)
    assert not unsettled(database), "a paused search needs no process"

    searches.request_stop(database, search.id)
    assert [search_id for search_id, *_ in unsettled(database)] == [search.id]
    assert not searches.get(database, search.id).is_at_rest
    module.conduct(database, workspace, search.id, 1)
    assert (searches.get(database, search.id).is_at_rest, unsettled(database)) == (True, [])
    assert states(trials(database, search.id)) == {"failed": 1}
    assert [run.state for run in runs_of(database, search.id)] == [RunState.STOPPED]


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


def test_a_conductor_does_nothing_until_there_is_a_change(database, workspace, dataset, monkeypatch):
    search = create(database, workspace, dataset, trials=1)
    turn, turns, seen = module.Conductor.turn, [], []

    def counted(conducting, search):
        turns.append(search)
        return turn(conducting, search)

    def sleep(seconds):
        seen.append(len(turns))
        if len(seen) == module.LOOKS - 1:
            work(database)

    monkeypatch.setattr(module.Conductor, "turn", counted)
    module.conduct(database, workspace, search.id, 1, sleep)
    assert searches.get(database, search.id).state is SearchState.COMPLETED
    assert len(set(seen[2:])) == 1, "after its run was made, the first change is that this has ended"


def test_a_conductor_ends_with_the_engine_and_the_search_goes_on_with_the_next(database, workspace, dataset):
    search = create(database, workspace, dataset)
    lock = workspace.home / "engine.lock"

    def end_engine(seconds):
        lock.write_text(str(GONE))

    module.conduct(database, workspace, search.id, 1, end_engine)
    assert (searches.get(database, search.id).state, len(queue.waiting_runs(database))) == (SearchState.RUNNING, 1)
    abandon(database, search.id)
    module.conduct(database, workspace, search.id, 1)
    assert searches.get(database, search.id).process == GONE, "one that comes after the engine does not even begin"
    lock.write_text(str(ME))
    module.conduct(database, workspace, search.id, 1, sleep=lambda seconds: work(database) and None)
    assert searches.get(database, search.id).state is SearchState.COMPLETED


def test_an_error_is_told_and_the_next_process_goes_on(database, workspace, dataset, monkeypatch):
    search = create(database, workspace, dataset)
    with monkeypatch.context() as patched:
        patched.setattr(module.Conductor, "turn", partial(_fail, "the tower fell"))
        with pytest.raises(ValueError, match="the tower fell"):
            module.conduct(database, workspace, search.id, 1)
    found = searches.get(database, search.id)
    assert (found.state, str(found.message)) == (
        SearchState.RUNNING,
        "The process of the search ended with an error: the tower fell.",
    )
    abandon(database, search.id)
    module.conduct(database, workspace, search.id, 1, sleep=lambda seconds: work(database) and None)
    found = searches.get(database, search.id)
    assert (found.state, found.message) == (SearchState.COMPLETED, None)


def test_a_full_disk_costs_one_trial_and_not_the_search(database, workspace, dataset, monkeypatch):
    search = create(database, workspace, dataset, trials=1)
    with monkeypatch.context() as patched:
        patched.setattr(module, "admit_assigned", _find_the_disk_full)
        with pytest.raises(OSError, match="No space left"):
            module.conduct(database, workspace, search.id, 1)
    abandon(database, search.id)
    module.conduct(database, workspace, search.id, 1, sleep=lambda seconds: work(database) and None)
    assert trials(database, search.id)["state"].tolist() == ["failed", "complete"]


def _find_the_disk_full(*arguments, **named) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_search_without_its_images_fails_with_a_sentence(database, workspace, dataset):
    search = create(database, workspace, dataset)
    shutil.rmtree(workspace.datasets / dataset.id)
    module.conduct(database, workspace, search.id, 1)
    found = searches.get(database, search.id)
    assert (found.state, found.is_at_rest) == (SearchState.FAILED, True)
    assert dataset.id in str(found.message)


@pytest.mark.parametrize("is_the_same", [True, False])
def test_a_search_that_failed_leaves_nothing_behind_and_can_be_continued(database, workspace, dataset, is_the_same):
    search = create(database, workspace, dataset, trials=2)
    conducting = conductor(database, workspace, search, slots=2)
    search = conduct(database, conducting, search.id, lambda run: RunState.FAILED)
    assert search.state is SearchState.FAILED
    assert set(trials(database, search.id)["state"]) == {"failed"}
    assert all(run.state.is_finished for run in runs_of(database, search.id))

    searches.request_continue(database, search.id)
    conducting = conducting if is_the_same else conductor(database, workspace, search)
    search = conduct(database, conducting, search.id)
    assert (search.state, search.message) == (SearchState.COMPLETED, None)
    assert (trials(database, search.id)["state"] == "complete").sum() == 2


def _fail(message: str, *arguments) -> None:
    raise ValueError(message)


def test_a_grid_in_which_everything_fails_has_failed_and_is_tried_again_when_it_is_continued(search_for, go_on_with):
    search, table = search_for(make_space(GRID), 100, lambda run: RunState.FAILED)
    assert search.state is SearchState.FAILED
    assert states(table) == {"failed": 6}
    search, table = go_on_with(search, lambda run: [0.5])
    assert search.state is SearchState.COMPLETED
    assert states(table) == {"failed": 6, "complete": 6}


def test_points_of_a_grid_that_fail_again_after_a_continue_are_left_out_once(search_for, go_on_with):
    search, _ = search_for(make_space(GRID), 100, lambda run: RunState.FAILED)
    ends = iter([RunState.FAILED, RunState.FAILED, None, None, None, None])
    search, table = go_on_with(search, lambda run: next(ends) or [0.5])
    assert (search.state, states(table)) == (SearchState.COMPLETED, {"failed": 8, "complete": 4})
    assert "4 instead of 100 trials" in str(search.message)


def test_points_whose_training_broke_down_are_not_tried_again(search_for, go_on_with):
    search, table = search_for(make_space(GRID), 100, lambda run: [float("nan")] * run.epochs)
    assert search.state is SearchState.FAILED
    assert "No trial could be finished, the last one since: The run is completed, but its" in str(search.message)
    search, again = go_on_with(search, lambda run: [0.5])
    assert (search.state, len(again)) == (SearchState.FAILED, len(table))
    assert "never was a number" in str(search.message)


def test_a_run_that_broke_down_is_told_apart_from_one_that_failed(database, workspace, dataset):
    search = create(database, workspace, dataset, make_space(GRID), trials=2)
    conducting = conductor(database, workspace, search)
    for message in (breakdown(1, float("nan"), 0.1), say("The disk is full.")):
        conducting.turn(search)
        run_id = queue.claim(database, ME)
        progress.finish(database, run_id, RunState.FAILED, message)
        conducting.turn(search)
    told = [failure_of(trial) for trial in load(database, search.id).trials if trial.state.is_finished()]
    assert told == [Failure.BROKE_DOWN, Failure.FAILED]


@pytest.fixture
def go_on_with(database, workspace):
    """Has a search continued that has failed, and works on it to its end."""

    def go_on_with(search, worker):
        searches.request_continue(database, search.id)
        search = conduct(database, conductor(database, workspace, search), search.id, worker)
        return search, trials(database, search.id)

    return go_on_with
