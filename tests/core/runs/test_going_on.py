import os
import threading

import pytest

from core.errors import RunError
from core.message import say
from core.runs import control, inspections, progress, queue, store
from core.runs.decisions import Decision, decision, save_decision
from core.runs.going_on import take_over
from core.runs.openings import record_opening, seal_record
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.states import RunState
from core.runs.tables import RunRow
from tests.core.runs.builders import ELSEWHERE, make_recipe

EPOCH = EpochMetrics(1, 1.0, 0.5, 1.0, 0.5, 2.0)


@pytest.fixture
def enqueue(timed_database, workspace, project, dataset):
    def enqueue(name: str, seed: int = 0) -> str:
        recipe = make_recipe(seed=seed)
        return store.enqueue(timed_database, workspace, project.id, dataset.id, recipe, name=name).id

    return enqueue


@pytest.fixture
def worked_on(timed_database, clock, enqueue) -> str:
    """A run that has been worked on for ten seconds."""
    run_id = enqueue("run")
    queue.claim(timed_database, ELSEWHERE)
    progress.begin(timed_database, run_id, os.getpid())
    progress.report(timed_database, run_id, steps=[StepMetrics(1, 1.0, 0.5)], epochs=[EPOCH])
    clock.move_on(10)
    return run_id


def pause(database, run_id: str) -> None:
    progress.pause(database, run_id)


def stop(database, run_id: str) -> None:
    control.request_stop(database, run_id)
    progress.finish(database, run_id, RunState.STOPPED, kept_epoch=1)


def fail(database, run_id: str) -> None:
    progress.finish(database, run_id, RunState.FAILED, say("The disk is full."))


def lose(database, run_id: str) -> None:
    progress.report(database, run_id)
    queue.write_lost(database, run_id, say("Gone."))


@pytest.mark.parametrize("end", [pause, stop, fail, lose])
def test_a_run_that_goes_on_waits_like_new_and_keeps_what_it_has_done(timed_database, clock, worked_on, end):
    end(timed_database, worked_on)
    clock.move_on(1000)
    control.go_on(timed_database, worked_on)
    run = store.get(timed_database, worked_on)
    assert (run.state, run.stop_requested, run.pause_requested) == (RunState.QUEUED, False, False)
    assert (run.message, run.process, run.started_at, run.finished_at, run.kept_epoch) == (None,) * 5
    assert (run.epoch, run.step, run.elapsed_seconds(clock.moment)) == (1, 1, 10)

    assert queue.claim(timed_database, ELSEWHERE) == worked_on
    progress.begin(timed_database, worked_on, os.getpid())
    clock.move_on(5)
    assert store.get(timed_database, worked_on).elapsed_seconds(clock.moment) == 15
    progress.finish(timed_database, worked_on, RunState.COMPLETED)
    clock.move_on(1000)
    assert store.get(timed_database, worked_on).elapsed_seconds(clock.moment) == 15


def test_a_run_that_goes_on_is_the_next_of_its_project(timed_database, worked_on, enqueue):
    enqueue("second", seed=1)
    enqueue("third", seed=2)
    pause(timed_database, worked_on)
    control.go_on(timed_database, worked_on)
    assert [run.id for run in queue.waiting_runs(timed_database)] == ["run", "second", "third"]


def test_to_press_continue_twice_is_to_press_it_once(timed_database, worked_on):
    def press() -> None:
        together.wait()
        control.go_on(timed_database, worked_on)

    stop(timed_database, worked_on)
    together = threading.Barrier(4)
    people = [threading.Thread(target=press) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    run = store.get(timed_database, worked_on)
    assert (run.state, run.worked_seconds) == (RunState.QUEUED, 10)
    queue.claim(timed_database, ELSEWHERE)
    control.go_on(timed_database, worked_on)
    assert store.get(timed_database, worked_on).state is RunState.RUNNING


def test_a_completed_run_has_nothing_to_go_on_with(timed_database, worked_on):
    progress.finish(timed_database, worked_on, RunState.COMPLETED)
    with pytest.raises(RunError, match="is completed, so there is nothing to continue"):
        control.go_on(timed_database, worked_on)
    assert store.get(timed_database, worked_on).state is RunState.COMPLETED


def test_a_run_that_was_deleted_does_not_go_on(timed_database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        control.go_on(timed_database, "unknown")


def test_what_was_said_of_a_model_goes_when_the_run_goes_on_and_openings_stay(timed_database, worked_on, enqueue):
    other = enqueue("other", seed=1)
    stop(timed_database, worked_on)
    run = store.get(timed_database, worked_on)
    for run_id in (worked_on, other):
        store.save_evaluation(timed_database, store.get(timed_database, run_id), "validation", {"accuracy": 0.5})
    record_opening(timed_database, worked_on, ["0" * 64], opened_by="Kim", reason="the end")
    save_decision(timed_database, worked_on, Decision(temperature=2.0))
    asked = [
        inspections.ask_feature_maps(timed_database, run.recipe, run.dataset_id, 0, (0,), run_id).id
        for run_id in (worked_on, other, None)
    ]
    forecast = inspections.ask_forecast(timed_database, run.recipe, run.dataset_id).id
    control.go_on(timed_database, worked_on)
    assert store.latest_evaluation(timed_database, worked_on, "validation") is None
    assert store.latest_evaluation(timed_database, other, "validation") is not None
    assert seal_record(timed_database, run.dataset_id, run.recipe.split, ["0" * 64]).count == 1
    assert decision(timed_database, worked_on) == Decision()
    with pytest.raises(inspections.InspectionError):
        inspections.state_of(timed_database, asked[0])
    assert all(inspections.state_of(timed_database, each).is_waiting for each in (*asked[1:], forecast))


@pytest.mark.parametrize("end", [pause, stop, fail, lose])
def test_the_command_line_takes_a_run_over_past_the_queue(timed_database, clock, worked_on, end):
    end(timed_database, worked_on)
    take_over(timed_database, worked_on, ELSEWHERE)
    run = store.get(timed_database, worked_on)
    assert (run.state, run.process, run.started_at, run.heartbeat_at) == (
        RunState.RUNNING,
        ELSEWHERE,
        None,
        clock.moment,
    )
    assert progress.begin(timed_database, worked_on, os.getpid()).process == Process.of(os.getpid())


@pytest.mark.parametrize("state", [state for state in RunState if not state.is_resumable])
def test_nobody_takes_a_run_over_that_is_at_work_or_done(timed_database, worked_on, state):
    with timed_database.writing() as session:
        session.get_one(RunRow, worked_on).state = state
    with pytest.raises(RunError, match=f"is {state}"):
        take_over(timed_database, worked_on, ELSEWHERE)
    assert store.get(timed_database, worked_on).state is state
