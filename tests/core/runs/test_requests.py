import os

import pytest

from core.errors import RunError
from core.runs import control, progress, queue, store
from core.runs.states import RunState
from core.runs.tables import RunRow
from tests.core.runs.builders import ELSEWHERE, make_recipe, make_running


@pytest.fixture
def queued(database, workspace, project, dataset) -> str:
    return store.enqueue(database, workspace, project.id, dataset.id, make_recipe()).id


@pytest.fixture
def running(database, workspace, dataset) -> str:
    run_id = make_running(database, workspace, dataset, ELSEWHERE, name="running")
    progress.begin(database, run_id, os.getpid())
    return run_id


def put(database, run_id: str, state: RunState) -> None:
    with database.writing() as session:
        session.get_one(RunRow, run_id).state = state


def test_a_stop_takes_a_queued_run_out_of_the_queue(database, queued):
    store.request_stop(database, queued)
    assert store.get(database, queued).state is RunState.STOPPED
    assert queue.active_runs(database) == []


def test_a_stop_is_a_request_to_a_running_run(database, running):
    assert not store.get(database, running).is_stopping
    store.request_stop(database, running)
    run = store.get(database, running)
    assert (run.state, run.is_stopping) == (RunState.RUNNING, True)


def test_a_stop_ends_a_pause_at_once(database, running):
    progress.pause(database, running)
    store.request_stop(database, running)
    run = store.get(database, running)
    assert (run.state, run.is_stopping, run.has_begun) == (RunState.STOPPED, False, True)
    assert run.finished_at is not None


def test_a_stop_leaves_a_finished_run_and_one_that_is_deleted_as_they_are(database, queued):
    store.request_stop(database, queued)
    stopped = store.get(database, queued)
    store.request_stop(database, queued)
    assert store.get(database, queued) == stopped
    store.request_stop(database, "unknown")


@pytest.mark.parametrize("state", [state for state in RunState if not state.is_working])
def test_only_a_running_run_can_be_paused(database, queued, state):
    put(database, queued, state)
    with pytest.raises(RunError, match=f"is {state}: only a running run can be paused"):
        control.request_pause(database, queued)
    assert not store.get(database, queued).pause_requested


@pytest.mark.parametrize("state", list(RunState))
def test_the_learning_rate_can_be_changed_until_the_run_is_over(database, queued, state):
    put(database, queued, state)
    if state.is_active:
        control.change_learning_rate(database, queued, 0.5)
        return
    with pytest.raises(RunError, match=f"is {state}, so its learning rate"):
        control.change_learning_rate(database, queued, 0.5)


@pytest.mark.parametrize("rate", [0, -0.1, 100.5, float("nan"), float("inf")])
def test_a_learning_rate_that_cannot_be_meant_is_refused(database, running, rate):
    with pytest.raises(RunError, match=f"at most 100, not {rate}"):
        control.change_learning_rate(database, running, rate)
    assert progress.report(database, running).rate_changes == ()


@pytest.mark.parametrize("ask", [control.request_pause, lambda *run: control.change_learning_rate(*run, 0.1)])
def test_a_run_that_was_deleted_is_said(database, ask):
    with pytest.raises(RunError, match="There is no run called unknown"):
        ask(database, "unknown")
