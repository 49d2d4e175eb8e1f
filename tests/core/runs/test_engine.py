"""The engine's turns, in this process, with fake workers."""

from itertools import count

import pytest
from sqlalchemy import select

from core.runs import control, history, progress, readiness, store
from core.runs.clock import utc_now
from core.runs.engine import Engine
from core.runs.locks import hold_web_lock
from core.runs.lost import ended_message, silent_message
from core.runs.machine import cores
from core.runs.process import Process
from core.runs.settings import Settings
from core.runs.shutdown import shut_down
from core.runs.states import RunState
from core.runs.tables import RunRow, SpareRow
from tests.core.runs.builders import (
    ELSEWHERE,
    EPOCHS,
    eventually,
    fake_worker,
    make_recipe,
    make_running,
    noted,
)


@pytest.fixture
def make_engine(workspace, database):
    """Makes engines with a fake worker each; what they leave is ended after the test."""
    engines = []

    def make(behaviour: str, database=database, **settings) -> Engine:
        engines.append(Engine(workspace, database, fake_worker(behaviour), Settings(**settings)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
    shut_down(workspace, patience_seconds=0)


@pytest.fixture
def enqueue(database, workspace, project, dataset):
    def enqueue(name: str = "run") -> str:
        recipe = make_recipe(seed=next(seeds))
        return store.enqueue(database, workspace, project.id, dataset.id, recipe, name=name).id

    seeds = count()

    return enqueue


def turn_until(engine, database, run_id: str, *states: RunState) -> store.Run:
    def is_there() -> bool:
        engine.turn()
        return store.get(database, run_id).state in states

    eventually(is_there)
    return store.get(database, run_id)


def test_a_queued_run_is_trained(database, make_engine, enqueue):
    run = turn_until(make_engine("train"), database, enqueue(), RunState.COMPLETED)
    assert (run.epoch, run.progress, run.message) == (EPOCHS, 1.0, None)
    assert len(history.epochs(database, run.id)) == EPOCHS


def test_runs_are_trained_one_at_a_time_in_their_order(database, make_engine, enqueue):
    engine = make_engine("obey")
    first, second = enqueue("b"), enqueue("a")
    turn_until(engine, database, first, RunState.RUNNING)
    eventually(lambda: store.get(database, first).epoch)
    engine.turn()
    assert store.get(database, second).state is RunState.QUEUED
    store.request_stop(database, first)
    turn_until(engine, database, second, RunState.RUNNING)
    assert store.get(database, first).state is RunState.STOPPED


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("crash", "ended without a word"),
        ("be_killed", "most likely because memory ran out"),
        ("fault", "crashed in native code (signal SIGSEGV)"),
        ("cannot_start", "ended without a word"),
    ],
)
def test_a_run_whose_process_is_gone_is_lost(database, make_engine, enqueue, behaviour, reason):
    run = turn_until(make_engine(behaviour), database, enqueue(), RunState.LOST)
    assert reason in str(run.message)
    assert run.finished_at == run.heartbeat_at


def test_a_run_whose_process_is_silent_is_lost_and_its_process_is_ended(
    timed_database, clock, workspace, project, dataset, make_engine
):
    clock.moment = utc_now()
    engine = make_engine("hang", timed_database)
    run_id = store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe()).id
    engine.turn()
    eventually(lambda: store.get(timed_database, run_id).started_at)
    [worker] = noted(workspace, "workers")
    while store.get(timed_database, run_id).state is RunState.RUNNING:
        assert worker.is_alive
        clock.move_on(5)
        engine.turn()
    run = store.get(timed_database, run_id)
    assert (run.state, run.message) == (RunState.LOST, silent_message(workspace, run_id, 60))
    assert 60 < (clock.moment - run.heartbeat_at).total_seconds() < 90
    assert not worker.is_alive


def test_a_run_of_a_process_that_died_before_this_engine_is_lost(workspace, database, dataset, make_engine):
    run_id = make_running(database, workspace, dataset, Process.of(2**22 + 1))
    make_engine("train").turn()
    run = store.get(database, run_id)
    assert (run.state, run.message) == (RunState.LOST, ended_message(workspace, run_id, exit_code=None))


@pytest.mark.parametrize(
    ("has_begun", "seconds_per_turn", "turns", "state"),
    [
        (True, 5, 12, RunState.RUNNING),
        (True, 5, 13, RunState.LOST),
        (True, 3600, 1, RunState.RUNNING),  # the machine slept: that nothing was heard means nothing
        (False, 5, 60, RunState.RUNNING),  # it may still be importing TensorFlow
        (False, 5, 61, RunState.LOST),
    ],
)
def test_a_run_on_another_machine_is_lost_when_it_is_silent_too_long(
    timed_database, clock, workspace, dataset, make_engine, has_begun, seconds_per_turn, turns, state
):
    run_id = make_running(timed_database, workspace, dataset, ELSEWHERE)
    with timed_database.writing() as session:
        session.get_one(RunRow, run_id).started_at = clock.moment if has_begun else None
    engine = make_engine("cannot_start", timed_database)
    for _ in range(turns):
        clock.move_on(seconds_per_turn)
        engine.turn()
    assert store.get(timed_database, run_id).state is state


def test_a_spare_is_ready_while_nothing_runs_and_gets_the_next_run(workspace, database, make_engine, enqueue):
    engine = make_engine("obey")
    engine.turn()
    eventually(lambda: noted(workspace, "workers"))
    run_id = enqueue()
    run = turn_until(engine, database, run_id, RunState.RUNNING)
    [spare] = noted(workspace, "workers")
    assert run.process == spare


def test_a_run_has_the_cores_to_itself_for_a_while_before_the_next_spare_is_made(
    timed_database, clock, make_engine, enqueue
):
    engine = make_engine("hang", timed_database)
    run_id = enqueue()
    turn_until(engine, timed_database, run_id, RunState.RUNNING)
    with timed_database.writing() as session:
        session.get_one(RunRow, run_id).started_at = clock.moment
    for _ in range(2):
        clock.move_on(4)
        engine.turn()
        assert engine.spare is None
    clock.move_on(4)
    engine.turn()
    assert engine.spare.is_alive


def test_a_spare_that_cannot_live_is_not_started_again_and_again(timed_database, clock, workspace, make_engine):
    engine = make_engine("cannot_start", timed_database)
    engine.turn()
    first = engine.spare
    eventually(lambda: engine.turn() or engine.spare is None)
    for _ in range(6):
        clock.move_on(9)
        engine.turn()
        assert engine.spare is None
    clock.move_on(9)
    engine.turn()
    assert engine.spare not in (None, first)


def test_a_pause_frees_the_turn_and_the_run_goes_on_when_it_is_its_turn_again(database, make_engine, enqueue):
    engine = make_engine("obey")
    first, second = enqueue("a"), enqueue("b")
    turn_until(engine, database, first, RunState.RUNNING)
    eventually(lambda: store.get(database, first).epoch == 1)
    control.request_pause(database, first)
    turn_until(engine, database, second, RunState.RUNNING)
    assert store.get(database, first).state is RunState.PAUSED
    control.go_on(database, first)
    engine.turn()
    assert store.get(database, first).state is RunState.QUEUED
    store.request_stop(database, second)
    turn_until(engine, database, first, RunState.RUNNING)
    eventually(lambda: store.get(database, first).epoch == 2)


def test_several_runs_are_trained_at_once_where_there_are_slots(database, workspace, make_engine, enqueue):
    engine = make_engine("obey", slots=2)
    run_ids = [enqueue(name) for name in ("a", "b", "c")]

    def are_two_at_work() -> bool:
        engine.turn()
        return sum(store.get(database, run_id).epoch == 1 for run_id in run_ids) == 2

    eventually(are_two_at_work)
    engine.turn()
    states = [store.get(database, run_id).state for run_id in run_ids]
    assert states == [RunState.RUNNING, RunState.RUNNING, RunState.QUEUED]
    store.request_stop(database, "b")
    turn_until(engine, database, "c", RunState.RUNNING)
    assert store.get(database, "a").state is RunState.RUNNING


@pytest.mark.parametrize("slots", [1, 2])
def test_a_worker_is_told_its_share_of_the_cores(database, make_engine, enqueue, slots):
    run = turn_until(make_engine("show_threads", slots=slots), database, enqueue(), RunState.COMPLETED)
    assert run.parameters == max(1, cores() // slots)


def test_without_a_spare_a_worker_is_started_for_each_run(workspace, database, make_engine, enqueue):
    engine = make_engine("train", has_spare=False)
    engine.turn()
    assert engine.spare is None
    for name in ("a", "b"):
        turn_until(engine, database, enqueue(name), RunState.COMPLETED)
        engine.turn()
        assert engine.spare is None
    assert len(noted(workspace, "workers")) == 2


def test_the_engine_forgets_workers_that_died_without_a_word(database, make_engine):
    readiness.announce(database, Process.of(2**22 + 1), 1)
    make_engine("train").turn()
    with database.reading() as session:
        assert session.scalars(select(SpareRow)).all() == []


def test_nothing_is_needed_of_an_engine_for_a_run_that_is_paused(workspace, database, dataset, make_engine):
    run_id = make_running(database, workspace, dataset, ELSEWHERE)
    engine = make_engine("train")
    assert engine.turn()
    progress.pause(database, run_id)
    assert not engine.turn()


def test_nothing_is_needed_of_an_engine_without_web_process_and_runs(workspace, database, make_engine, enqueue):
    engine = make_engine("obey")
    assert not engine.turn()
    web = hold_web_lock(workspace)
    assert engine.turn()
    web.release()
    run_id = enqueue()
    assert engine.turn()
    store.request_stop(database, run_id)
    turn_until(engine, database, run_id, RunState.STOPPED)
    assert not engine.turn()
