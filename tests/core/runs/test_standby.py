"""What becomes of inspections in the engine's turns, in this process, with fake workers."""

import pytest

from core.runs import inspection_queue, inspections, store
from core.runs.clock import utc_now
from core.runs.engine import Engine
from core.runs.inspections import Inspection
from core.runs.process import Process
from core.runs.settings import Settings
from core.runs.shutdown import shut_down
from core.runs.states import InspectionState, RunState
from core.runs.unanswered import ended_message, out_of_memory_message, too_slow_message
from tests.core.runs.builders import ELSEWHERE, eventually, fake_worker, make_recipe, noted

GONE = Process.of(2**22 + 1)


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
    return lambda: store.enqueue(database, workspace, project.id, dataset.id, make_recipe()).id


def ask(database, image: int = 0) -> str:
    return inspections.ask_feature_maps(database, make_recipe(), "0123", image, (0,)).id


def turn_until(engine, condition) -> None:
    def holds() -> bool:
        engine.turn()
        return condition()

    eventually(holds)


def turn_until_finished(engine, database, inspection_id: str) -> Inspection:
    turn_until(engine, lambda: inspections.get(database, inspection_id).state.is_finished)
    return inspections.get(database, inspection_id)


def turn_until_begun(engine, database, inspection_id: str) -> None:
    turn_until(engine, lambda: inspections.get(database, inspection_id).started_at)


def test_the_spare_answers_one_after_the_other_and_then_takes_a_run(workspace, database, make_engine, enqueue):
    engine = make_engine("obey")
    asked = [ask(database, image) for image in range(3)]
    pids = {turn_until_finished(engine, database, inspection_id).result["pid"] for inspection_id in asked}
    run_id = enqueue()
    turn_until(engine, lambda: store.get(database, run_id).epoch)
    [spare] = noted(workspace, "workers")
    assert pids == {spare.pid}
    assert store.get(database, run_id).process == spare


def test_a_run_waits_for_the_inspection_in_flight_and_for_no_other(workspace, database, make_engine, enqueue):
    engine = make_engine("wait_to_be_told")
    first, second = ask(database, 1), ask(database, 2)
    turn_until(engine, lambda: any(inspections.get(database, each).started_at for each in (first, second)))
    run_id = enqueue()
    for _ in range(3):
        engine.turn()
    assert store.get(database, run_id).state is RunState.QUEUED
    [spare] = noted(workspace, "workers")
    (workspace.home / "go").touch()
    turn_until(engine, lambda: store.get(database, run_id).state is not RunState.QUEUED)
    states = {inspections.get(database, inspection_id).state for inspection_id in (first, second)}
    assert states == {InspectionState.COMPLETED, InspectionState.QUEUED}
    assert store.get(database, run_id).process == spare


def test_what_is_asked_during_the_first_epoch_of_a_run_is_answered(workspace, database, make_engine, enqueue):
    engine = make_engine("hang")
    run_id = enqueue()
    turn_until(engine, lambda: store.get(database, run_id).started_at)
    answered = turn_until_finished(engine, database, ask(database))
    assert answered.state is InspectionState.COMPLETED
    assert store.get(database, run_id).state is RunState.RUNNING
    assert len(noted(workspace, "workers")) == 2


def test_without_a_spare_a_worker_answers_and_ends_when_nothing_more_is_asked(workspace, database, make_engine):
    engine = make_engine("wait_to_be_told", has_spare=False)
    asked = [ask(database, image) for image in range(2)]
    turn_until_begun(engine, database, asked[0])
    engine.turn()
    assert engine.spare.is_alive, "it has an inspection in hand"
    (workspace.home / "go").touch()
    pids = {turn_until_finished(engine, database, inspection_id).result["pid"] for inspection_id in asked}
    [worker] = noted(workspace, "workers")
    assert pids == {worker.pid}
    turn_until(engine, lambda: engine.spare is None)
    assert not worker.is_alive


def test_an_inspection_that_takes_all_memory_fails_and_its_spare_is_replaced_at_once(
    workspace, timed_database, make_engine
):
    engine = make_engine("run_out_of_memory", timed_database)
    asked = ask(timed_database)
    failed = turn_until_finished(engine, timed_database, asked)
    assert (failed.state, failed.message) == (InspectionState.FAILED, out_of_memory_message())
    turn_until(engine, lambda: len(noted(workspace, "workers")) == 2)
    for _ in range(3):
        engine.turn()
    assert engine.spare.is_alive, "the inspection is not tried again"


def test_an_inspection_whose_worker_never_begins_fails_and_the_next_spare_is_no_hurry(timed_database, make_engine):
    engine = make_engine("break_down_first", timed_database)
    failed = turn_until_finished(engine, timed_database, ask(timed_database))
    assert "ended without a word" in str(failed.message)
    turn_until(engine, lambda: engine.spare is None)
    engine.turn()
    assert engine.spare is None


def test_an_inspection_that_takes_too_long_fails_and_its_spare_is_replaced(
    workspace, timed_database, clock, make_engine
):
    clock.moment = utc_now()
    engine = make_engine("ponder", timed_database)
    asked = ask(timed_database)
    turn_until_begun(engine, timed_database, asked)
    slow = engine.spare
    while inspections.get(timed_database, asked).state.is_working:
        assert slow.is_alive
        clock.move_on(5)
        engine.turn()
    assert inspections.get(timed_database, asked).message == too_slow_message(30)
    assert 30 < (clock.moment - inspections.get(timed_database, asked).started_at).total_seconds() < 60
    assert not slow.is_alive
    turn_until(engine, lambda: engine.spare not in (None, slow))


def test_a_machine_that_slept_gives_an_inspection_its_time_again(timed_database, clock, make_engine):
    clock.moment = utc_now()
    engine = make_engine("ponder", timed_database)
    asked = ask(timed_database)
    turn_until_begun(engine, timed_database, asked)
    clock.move_on(3600)
    engine.turn()
    assert inspections.get(timed_database, asked).state is InspectionState.WORKING


def test_a_spare_that_has_grown_too_much_is_replaced_at_once(workspace, timed_database, make_engine):
    engine = make_engine("leave", timed_database)
    answered = [turn_until_finished(engine, timed_database, ask(timed_database, image)) for image in range(2)]
    workers = noted(workspace, "workers")
    assert [each.state for each in answered] == [InspectionState.COMPLETED] * 2
    assert [each.result["pid"] for each in answered] == [worker.pid for worker in workers[:2]]


def test_an_inspection_of_a_process_that_died_before_this_engine_fails(workspace, database, make_engine):
    asked = ask(database)
    inspection_queue.claim(database, GONE)
    make_engine("train").turn()
    failed = inspections.get(database, asked)
    assert (failed.state, failed.message) == (InspectionState.FAILED, ended_message(workspace, exit_code=None))


@pytest.mark.parametrize(
    ("has_begun", "turns", "is_working"),
    [(True, 6, True), (True, 7, False), (False, 60, True), (False, 61, False)],  # it may still be importing TensorFlow
)
def test_an_inspection_on_another_machine_fails_when_it_takes_too_long(
    timed_database, clock, make_engine, has_begun, turns, is_working
):
    asked = ask(timed_database)
    inspection_queue.claim(timed_database, ELSEWHERE)
    if has_begun:
        inspection_queue.begin(timed_database, asked)
    engine = make_engine("cannot_start", timed_database)
    for _ in range(turns):
        clock.move_on(5)
        engine.turn()
    assert inspections.get(timed_database, asked).state.is_working is is_working


def test_an_engine_that_ends_leaves_its_inspection_to_the_next(database, make_engine):
    engine = make_engine("ponder")
    asked = ask(database)
    turn_until_begun(engine, database, asked)
    spare = engine.spare
    engine.close()
    assert not spare.is_alive
    make_engine("train").turn()
    assert inspections.get(database, asked).state is InspectionState.FAILED
