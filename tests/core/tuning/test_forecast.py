"""How long a search will take, and how long the rest of it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs import progress, queue, store
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.series import join
from core.runs.states import RunState
from core.tuning import searches
from core.tuning.forecast import (
    IMPORT_SECONDS,
    READY_SECONDS,
    expected_seconds,
    rounds,
    seconds_left,
    trials_to_finish,
)
from tests.core.runs.builders import ELSEWHERE, EPOCHS, make_recipe
from tests.core.tuning.builders import RATES, conductor, create, make_space

GRID = "parameters: {layers.1.units: {choices: [2, 3]}, training.batch_size: {choices: [8, 16, 32]}}"
STEPS_PER_EPOCH = 4


@pytest.mark.parametrize(
    ("space", "asked", "trials"),
    [
        (make_space(GRID, sampler="grid"), 10, 6),
        (make_space(GRID, sampler="grid"), 4, 4),
        (make_space(GRID, sampler="random"), 10, 10),
        (make_space(RATES), 10, 10),
    ],
)
def test_a_grid_has_no_more_trials_than_points(space, asked, trials):
    assert trials_to_finish(space, asked) == trials


@pytest.mark.parametrize(
    ("under_way", "fresh", "slots", "expected"),
    [
        ([], 5, 1, 5),
        ([], 5, 2, 3),  # two, two, and one alone
        ([], 1, 4, 1),
        ([0.5], 2, 1, 2.5),
        ([0.5, 0.5], 1, 2, 1.5),  # the last one has a slot when both are over
        ([0.25, 1.0], 2, 2, 2.0),  # one slot: 0.25, 1.25; the other: 1, 2
        ([0.25], 1, 2, 1.0),
        ([0.75, 0.5], 0, 1, 0.75),  # more at work than there are slots now
        ([], 0, 2, 0),
    ],
)
def test_trials_follow_each_other_as_soon_as_a_slot_is_free(under_way, fresh, slots, expected):
    assert rounds(under_way, fresh, slots) == expected


@given(st.integers(0, 40), st.integers(1, 6))
def test_from_the_start_it_takes_as_many_rounds_as_the_slots_are_filled(trials, slots):
    assert rounds([], trials, slots) == -(-trials // slots)


@pytest.fixture
def train(timed_database, clock, workspace, dataset):
    """A run that waits, then imports, and takes so many seconds for each of its epochs; the clock goes with it."""

    def train(series: str | None, waits: float, imports: float, *epoch_seconds: float, seed: int = 0) -> None:
        run = store.enqueue(timed_database, workspace, None, dataset.id, make_recipe(seed=seed))
        if series is not None:
            join(timed_database, run.id, series)
        clock.move_on(waits)
        assert queue.claim(timed_database, ELSEWHERE) == run.id
        clock.move_on(imports)
        progress.begin(timed_database, run.id, os.getpid())
        for epoch, seconds in enumerate(epoch_seconds, start=1):
            clock.move_on(seconds)
            metrics = EpochMetrics(epoch, 1.0, 0.5, 1.0, 0.5, seconds, step=epoch)
            progress.report(timed_database, run.id, epochs=[metrics])
        progress.finish(timed_database, run.id, RunState.COMPLETED)

    return train


@pytest.mark.parametrize(
    ("epoch_seconds", "has_spare", "between"),
    [
        (2.0, True, IMPORT_SECONDS),  # 6 s: over before a spare worker has begun to import
        (4.0, True, 7.0),  # 12 s: it began after 10 s and needs 9
        (30.0, True, READY_SECONDS),
        (30.0, False, IMPORT_SECONDS),
    ],
)
def test_before_there_were_trials_it_is_known_how_workers_are_kept_ready(
    timed_database, dataset, train, epoch_seconds, has_spare, between
):
    """5 trials of 3 epochs, two at a time, take three rounds."""

    def forecast():
        return expected_seconds(timed_database, None, dataset.id, make_recipe(), trials=5, slots=2, has_spare=has_spare)

    assert forecast() is None
    train(None, 1, 5, *[epoch_seconds] * EPOCHS)
    assert forecast() == 3 * (EPOCHS * epoch_seconds + between)


def test_after_trials_it_is_what_passed_between_them(timed_database, dataset, train):
    """Between the trials 1 + 4, 1 + 2 and 1 + 8 seconds: the median is 5. The pause between two searches is none."""
    for imports in (9, 4, 2, 8):
        train("search-1f", 1, imports, 2.0, 2.0)
    train("search-2a", 600, 9, 2.0, 2.0)
    train("seeds-3b", 600, 9, 2.0, 2.0)
    assert expected_seconds(timed_database, None, dataset.id, make_recipe(), trials=2) == 2 * (EPOCHS * 2.0 + 5)


@pytest.fixture
def begun(timed_database, clock, workspace, dataset):
    """A search at which a process has worked for a minute."""

    def begun(space=None, **limits) -> searches.Search:
        search = create(timed_database, workspace, dataset, space, **limits)
        conductor(timed_database, workspace, search).close()
        clock.move_on(60)
        return searches.get(timed_database, search.id)

    return begun


@pytest.fixture
def half_done(timed_database, workspace, dataset):
    """A trial that has done two of its four epochs' steps."""

    def half_done(search, seed: int = 0) -> None:
        run = store.enqueue(timed_database, workspace, None, dataset.id, make_recipe(epochs=4, seed=seed))
        join(timed_database, run.id, search.id)
        assert queue.claim(timed_database, ELSEWHERE) == run.id
        progress.begin(timed_database, run.id, os.getpid())
        progress.describe_model(timed_database, run.id, 34, STEPS_PER_EPOCH)
        steps = [StepMetrics(step, 1.0, 0.5) for step in range(1, 2 * STEPS_PER_EPOCH + 1)]
        progress.report(timed_database, run.id, steps=steps)

    return half_done


def test_the_rest_takes_as_long_as_what_is_done(timed_database, begun):
    """4 of 10 in a minute: 15 s each, and 6 are left."""
    assert seconds_left(timed_database, begun(trials=10), 4) == 90


def test_of_a_grid_only_the_points_are_left(timed_database, begun):
    """4 of 6 points in a minute, though 10 trials were asked for."""
    assert seconds_left(timed_database, begun(make_space(GRID, sampler="grid"), trials=10), 4) == 30


def test_what_is_under_way_is_not_left(timed_database, begun, half_done):
    """4½ trials in a minute: 13⅓ s each, and 5½ are left."""
    search = begun(trials=10)
    half_done(search)
    assert seconds_left(timed_database, search, 4) == pytest.approx(60 / 4.5 * 5.5)


def test_the_last_of_several_at_once_is_alone(timed_database, begun, half_done):
    """Two at a time, 3 of 6 done and two halfway: 4 trials' work in a minute by two, 30 s each. The last one begins in
    15 s and takes 30."""
    search = begun(trials=6)
    for seed in range(2):
        half_done(search, seed)
    assert seconds_left(timed_database, search, 3, slots=2) == 45


def test_before_the_first_is_finished_it_goes_by_earlier_runs(timed_database, begun, train, half_done):
    assert seconds_left(timed_database, begun(trials=2), 0) is None
    train(None, 1, 5, 20.0, 20.0, 20.0)
    search = begun(trials=2)
    half_done(search)
    # a trial has three epochs of 20 s and a second before them; half of the first is done
    assert seconds_left(timed_database, search, 0) == 1.5 * (3 * 20.0 + READY_SECONDS)


def test_it_takes_no_longer_than_its_minutes_allow(timed_database, clock, begun):
    search = begun(trials=10, minutes=2)
    assert seconds_left(timed_database, search, 2) == 60
    clock.move_on(120)
    assert seconds_left(timed_database, search, 2) == 0


def test_a_search_that_is_not_running_has_nothing_left(timed_database, begun):
    search = begun(trials=10)
    searches.request_stop(timed_database, search.id)
    assert seconds_left(timed_database, searches.get(timed_database, search.id), 4) is None


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0.5, 20),  # the minutes are up: the trial in hand is finished
        (1, 20),
        (1.25, 20),  # they are up before it ends
        (1.5, 60),  # another one begins after 20 s, 10 s before they are up, and takes 40
        (2, 60),  # the next would begin when they are up
        (2.1, 100),
    ],
)
def test_minutes_only_forbid_beginning_a_trial(timed_database, begun, half_done, minutes, expected):
    """1½ trials in a minute, 40 s each; half of the second is left."""
    search = begun(trials=10, minutes=minutes)
    half_done(search)
    assert seconds_left(timed_database, search, 1) == pytest.approx(expected)
