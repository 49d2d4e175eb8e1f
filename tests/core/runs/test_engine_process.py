"""The engine as a process of its own, with fake workers: who starts it, when it ends, and what outlives it."""

import threading

import pytest

from core.runs import store
from core.runs.engine import ensure_engine
from core.runs.locks import engine_lock, hold_web_lock
from core.runs.series import join
from core.runs.shutdown import ShutdownWatch, _end_run, shut_down
from core.runs.states import RunState, SearchState
from core.runs.tables import SearchRow
from core.workspace import Workspace
from tests.core.runs.builders import ELSEWHERE, add_search, eventually, fake_engine, make_recipe, noted


@pytest.fixture
def web(workspace, database):
    """The lock of a web process; what is still alive after the test is ended."""
    lock = hold_web_lock(workspace)
    yield lock
    lock.release()
    shut_down(workspace, patience_seconds=0)


@pytest.fixture
def run_id(database, workspace, project, dataset) -> str:
    return store.enqueue(database, workspace, project.id, dataset.id, make_recipe()).id


def is_held(workspace) -> bool:
    lock = engine_lock(workspace)
    is_free = lock.acquire()
    lock.release()
    return not is_free


def state_of(database, run_id: str) -> RunState:
    return store.get(database, run_id).state


def test_several_that_ask_at_once_start_one_engine(workspace, web):
    pages = [threading.Thread(target=ensure_engine, args=(workspace, fake_engine("train"))) for _ in range(5)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert is_held(workspace), "the lock passes from the page to the engine without a gap"
    eventually(lambda: noted(workspace, "workers"))
    ensure_engine(workspace, fake_engine("train"))
    [engine] = noted(workspace, "engines")
    eventually(lambda: engine_lock(workspace).read() == str(engine))


def test_the_engine_and_its_spare_end_with_the_web_process(workspace, web):
    ensure_engine(workspace, fake_engine("train"))
    eventually(lambda: noted(workspace, "workers"))
    [engine], [spare] = noted(workspace, "engines"), noted(workspace, "workers")
    assert engine.is_alive
    web.release()
    eventually(lambda: not engine.is_alive)
    assert not spare.is_alive
    assert not is_held(workspace)


def test_the_engine_ends_only_when_the_queue_is_done(workspace, web, database, run_id):
    web.release()
    ensure_engine(workspace, fake_engine("train"))
    eventually(lambda: not is_held(workspace))
    assert state_of(database, run_id) is RunState.COMPLETED


def test_a_killed_engine_takes_its_spare_along_but_not_the_run(workspace, web, database, run_id):
    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: store.get(database, run_id).epoch)
    eventually(lambda: len(noted(workspace, "workers")) == 2)
    [first_engine], [worker, spare] = noted(workspace, "engines"), noted(workspace, "workers")
    first_engine.end(patience_seconds=0)
    eventually(lambda: not spare.is_alive)
    eventually(lambda: not is_held(workspace))
    assert worker.is_alive

    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: len(noted(workspace, "workers")) == 3)
    assert (state_of(database, run_id), worker.is_alive) == (RunState.RUNNING, True)
    store.request_stop(database, run_id)
    eventually(lambda: state_of(database, run_id) is RunState.STOPPED)


def test_the_next_engine_notices_what_died_in_between(workspace, web, database, run_id):
    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: store.get(database, run_id).epoch)
    [engine], worker = noted(workspace, "engines"), noted(workspace, "workers")[0]
    engine.end(patience_seconds=0)
    worker.end(patience_seconds=0)
    eventually(lambda: not is_held(workspace))
    assert state_of(database, run_id) is RunState.RUNNING
    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: state_of(database, run_id) is RunState.LOST)


def test_shutting_down_stops_what_runs_and_leaves_the_queue(workspace, web, database, project, dataset, run_id):
    waiting = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=1))
    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: store.get(database, run_id).epoch)
    shut_down(workspace)
    assert state_of(database, run_id) is RunState.STOPPED
    assert state_of(database, waiting.id) is RunState.QUEUED
    assert not is_held(workspace)
    eventually(lambda: not any(process.is_alive for process in noted(workspace, "workers")))


def test_shutting_down_ends_a_run_that_does_not_stop(workspace, web, database, run_id):
    ensure_engine(workspace, fake_engine("hang"))
    eventually(lambda: store.get(database, run_id).started_at)
    shut_down(workspace, patience_seconds=0.2)
    run = store.get(database, run_id)
    assert run.state is RunState.LOST
    assert "Layerlab was shut down" in str(run.message)
    assert not run.process.is_alive


def test_shutting_down_a_workspace_that_was_never_opened_makes_none(tmp_path):
    shut_down(Workspace.at(tmp_path / "never"))
    assert not (tmp_path / "never").exists()


@pytest.fixture
def trial(database, dataset, run_id) -> str:
    """The run, as a trial of a search on which a process elsewhere works."""
    search_id = add_search(database, dataset.id, process=ELSEWHERE, heartbeat_at=database.now())
    join(database, run_id, search_id)
    return run_id


@pytest.mark.parametrize(("behaviour", "epochs"), [("obey", 1), ("hang", 0)])
def test_a_trial_in_hand_waits_for_the_next_engine_and_goes_on(workspace, web, database, trial, behaviour, epochs):
    ensure_engine(workspace, fake_engine(behaviour))
    eventually(lambda: (run := store.get(database, trial)).started_at and run.epoch == epochs)
    shut_down(workspace, patience_seconds=20 if epochs else 0.2)
    run = store.get(database, trial)
    assert (run.state, run.epoch, run.is_pausing) == (RunState.QUEUED, epochs, False)
    ensure_engine(workspace, fake_engine("train"))
    eventually(lambda: state_of(database, trial) is RunState.COMPLETED)


def test_the_trial_of_a_search_that_was_stopped_is_stopped_too(workspace, web, database, trial):
    ensure_engine(workspace, fake_engine("obey"))
    eventually(lambda: store.get(database, trial).epoch)
    with database.writing() as session:
        session.get_one(SearchRow, "search-1").state = SearchState.STOPPED
    shut_down(workspace)
    assert state_of(database, trial) is RunState.STOPPED


def test_nobody_starts_an_engine_while_layerlab_is_shut_down(workspace, web, database, run_id, monkeypatch):
    watch = ShutdownWatch(workspace)
    assert not watch.has_come
    ensure_engine(workspace, fake_engine("hang"))
    eventually(lambda: store.get(database, run_id).started_at)
    held = []
    monkeypatch.setattr(
        "core.runs.shutdown._end_run", lambda *run: held.append((is_held(workspace), watch.has_come)) or _end_run(*run)
    )
    shut_down(workspace, patience_seconds=0)
    assert held == [(True, True)]
    assert not is_held(workspace)
    assert not ShutdownWatch(workspace).has_come, "that of before does not count"
