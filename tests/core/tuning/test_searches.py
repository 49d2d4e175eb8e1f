"""Searches as people ask for them."""

import pytest

from core.errors import DatasetError, ProjectError, RecipeError
from core.message import say
from core.runs import store
from core.runs.series import join
from core.runs.states import RunState, SearchState
from core.tuning import claim, searches
from core.tuning.searches import SearchError
from tests.core.runs.builders import ELSEWHERE, make_recipe
from tests.core.tuning.builders import ME, abandon, create, make_space

RECIPE = make_recipe()


def test_a_search_is_kept_as_it_was_asked_for(database, workspace, dataset, project):
    space = make_space(sampler="random", seed=7)
    search = create(database, workspace, dataset, space, trials=5, project_id=project.id, minutes=2.5)
    assert searches.get(database, search.id) == search
    assert (search.recipe, search.space, search.trials, search.minutes) == (RECIPE, space, 5, 2.5)
    assert (search.state, search.process, search.number) == (SearchState.RUNNING, None, 1)
    assert search.id.startswith("search-")
    assert len(search.id) <= 16


def test_the_searches_of_a_project_are_counted_from_1(database, workspace, dataset, project):
    alone = create(database, workspace, dataset)
    mine = [create(database, workspace, dataset, project_id=project.id) for _ in range(2)]
    assert (alone.number, [search.number for search in mine]) == (1, [1, 2])
    assert searches.of_project(database, project.id) == mine[::-1]
    assert {search.id for search in searches.every(database)} == {alone.id, *(search.id for search in mine)}


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"trials": 0}, SearchError, "from 1 to 10,000 trials, not 0"),
        ({"minutes": 0.0}, SearchError, "more than 0 minutes, not 0.0"),
        ({"minutes": float("nan")}, SearchError, "more than 0 minutes, not nan"),
        ({"recipe": make_recipe(units=3)}, RecipeError, "Layer 2"),
        ({"space": make_space("parameters: {layers.7.units: {low: 1, high: 2}}")}, RecipeError, "layers has no 7"),
        ({"project_id": "none"}, ProjectError, "project"),
    ],
)
def test_what_cannot_be_searched_is_refused(database, workspace, dataset, changes, error, said):
    with pytest.raises(error) as refused:
        create(database, workspace, dataset, **changes)
    assert said in str(refused.value)


def test_a_search_of_images_that_are_not_there_is_refused(database, workspace):
    with pytest.raises(DatasetError):
        searches.create(database, workspace, None, "0" * 64, RECIPE, make_space(), trials=1)


STEPS = {
    "pause": searches.request_pause,
    "continue": searches.request_continue,
    "stop": searches.request_stop,
}


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["pause"], SearchState.PAUSED),
        (["pause", "continue"], SearchState.RUNNING),
        (["stop"], SearchState.STOPPED),
        (["pause", "stop"], SearchState.STOPPED),
        (["stop", "stop"], SearchState.STOPPED),
    ],
)
def test_a_search_is_in_the_state_that_was_asked_for_last(database, workspace, dataset, steps, state):
    search = create(database, workspace, dataset)
    for step in steps:
        STEPS[step](database, search.id)
    assert searches.get(database, search.id).state is state


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (["continue"], "Search 1 is running, not paused or failed."),
        (["pause", "pause"], "Search 1 is paused, not running."),
        (["stop", "continue"], "Search 1 is stopped, not paused or failed."),
    ],
)
def test_what_does_not_follow_is_refused(database, workspace, dataset, steps, said):
    search = create(database, workspace, dataset)
    *before, last = steps
    for step in before:
        STEPS[step](database, search.id)
    with pytest.raises(SearchError) as refused:
        STEPS[last](database, search.id)
    assert said in str(refused.value)


@pytest.mark.parametrize("step", [*STEPS.values(), searches.get])
def test_a_search_that_is_not_there_is_named(database, step):
    with pytest.raises(SearchError, match="no search called search-0"):
        step(database, "search-0")


def test_stopping_takes_the_trials_that_wait_out_of_the_queue(database, workspace, dataset):
    search = create(database, workspace, dataset)
    run = store.enqueue(database, workspace, None, dataset.id, RECIPE)
    join(database, run.id, search.id)
    searches.request_stop(database, search.id)
    assert store.get(database, run.id).state is RunState.STOPPED


def test_two_processes_never_work_on_one_search(timed_database, clock, workspace, dataset):
    search = create(timed_database, workspace, dataset)
    assert claim.take(timed_database, search.id, ELSEWHERE)
    assert not claim.take(timed_database, search.id, ME), "the other was heard of a moment ago"
    clock.move_on(61)
    assert claim.take(timed_database, search.id, ME)
    assert claim.held(timed_database, search.id, ELSEWHERE) is None
    assert not claim.change(timed_database, search.id, ELSEWHERE, SearchState.COMPLETED, None)
    clock.move_on(3600)
    assert not claim.take(timed_database, search.id, ELSEWHERE), "this process lives, however silent it is"
    assert claim.held(timed_database, search.id, ME).process == ME


def test_only_time_at_work_counts(timed_database, clock, workspace, dataset):
    search = create(timed_database, workspace, dataset, minutes=1)
    claim.take(timed_database, search.id, ELSEWHERE)
    clock.move_on(20)
    claim.held(timed_database, search.id, ELSEWHERE)  # the last sign before it is killed
    clock.move_on(600)
    claim.take(timed_database, search.id, ME)
    assert searches.get(timed_database, search.id).elapsed_seconds(clock()) == 20
    clock.move_on(10)
    searches.request_pause(timed_database, search.id)
    assert claim.release(timed_database, search.id, ME)
    clock.move_on(600)
    paused = searches.get(timed_database, search.id)
    assert (paused.elapsed_seconds(clock()), paused.is_at_rest, paused.is_out_of_time(clock())) == (30, True, False)


def test_a_search_that_was_continued_a_moment_ago_is_not_left(database, workspace, dataset):
    search = create(database, workspace, dataset)
    claim.take(database, search.id, ME)
    assert not claim.release(database, search.id, ME)
    assert searches.get(database, search.id).process == ME


def test_a_search_that_failed_is_continued_as_if_it_had_not(database, workspace, dataset):
    search = create(database, workspace, dataset)
    claim.take(database, search.id, ME)
    claim.change(database, search.id, ME, SearchState.FAILED, say("The tower fell."))
    assert not searches.get(database, search.id).is_at_rest, "its trials are still to be told"
    claim.release(database, search.id, ME)
    assert (failed := searches.get(database, search.id)).is_at_rest
    assert (failed.finished_at is not None, failed.is_continuable) == (True, True)
    searches.request_continue(database, search.id)
    found = searches.get(database, search.id)
    assert (found.state, found.message, found.finished_at) == (SearchState.RUNNING, None, None)


def test_the_time_counts_no_further_than_somebody_was_heard_of(timed_database, clock, workspace, dataset):
    search = create(timed_database, workspace, dataset, minutes=10)
    claim.take(timed_database, search.id, ME)
    clock.move_on(20)
    claim.held(timed_database, search.id, ME)
    abandon(timed_database, search.id)
    clock.move_on(9 * 3600)
    left = searches.get(timed_database, search.id)
    assert (left.elapsed_seconds(clock()), left.is_out_of_time(clock())) == (20, False)
