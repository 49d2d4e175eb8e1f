"""A search by the real engine, the real workers and the real conductor, two of which are killed on the way."""

import os
import signal

import optuna
import pytest

from core.runs import projects
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.engine import ensure_engine
from core.runs.locks import engine_lock
from core.runs.process import Process
from core.runs.series import runs_of
from core.runs.shutdown import shut_down
from core.runs.states import RunState, SearchState
from core.tuning import searches
from core.tuning.trials import finished, trials
from core.workspace import Workspace
from tests.core.runs.builders import eventually, make_dataset, make_recipe
from tests.core.tuning.builders import RATE, make_space

COUNT = 6


@pytest.fixture
def workspace(monkeypatch):
    monkeypatch.setenv("LAYERLAB_SLOTS", "2")
    workspace = Workspace.from_environment()
    yield workspace
    shut_down(workspace, patience_seconds=5)


@pytest.fixture
def database(workspace):
    database = Database.open(workspace)
    yield database
    database.close()


@pytest.fixture
def search(workspace, database, tmp_path):
    dataset = make_dataset(workspace, tmp_path / "images")
    register_dataset(database, dataset)
    project_id = projects.create(database, "Pets").id
    space = make_space(
        f"parameters: {{{RATE}: {{low: 0.001, high: 0.1, log: true}}, training.batch_size: {{choices: [4, 8]}}}}"
    )
    recipe = make_recipe(epochs=2)
    return searches.create(database, workspace, project_id, dataset.id, recipe, space, trials=COUNT)


def kill(process: Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    eventually(lambda: not process.is_alive)


@pytest.mark.timeout(900)
def test_a_search_whose_conductor_and_engine_are_killed_ends_with_exactly_its_trials(workspace, database, search):
    ensure_engine(workspace)
    eventually(lambda: finished(database, search.id) >= 1, 400)
    kill(searches.get(database, search.id).process)
    eventually(lambda: finished(database, search.id) >= 2, 400)
    kill(Process.parse(engine_lock(workspace).read()))
    eventually(lambda: ensure_engine(workspace) or searches.get(database, search.id).is_at_rest, 400)

    assert searches.get(database, search.id).state is SearchState.COMPLETED
    table = trials(database, search.id)
    complete = table[table["state"] == "complete"]
    assert len(complete) == COUNT
    assert complete["run_id"].is_unique
    runs = {run.id: run for run in runs_of(database, search.id)}
    assert {runs[run_id].state for run_id in complete["run_id"]} == {RunState.COMPLETED}

    study = optuna.load_study(study_name=search.id, storage=f"sqlite:///{workspace.home}/layerlab.db")
    assert study.best_value == complete["value"].max()
    assert set(study.best_params) == {RATE, "training.batch_size"}
    assert len(study.get_trials(states=(optuna.trial.TrialState.COMPLETE,))) == COUNT


@pytest.mark.timeout(900)
def test_a_search_goes_on_after_layerlab_was_shut_down(workspace, database, search):
    ensure_engine(workspace)
    eventually(lambda: searches.get(database, search.id).process, 400)
    process = searches.get(database, search.id).process
    shut_down(workspace)
    assert not process.is_alive
    assert searches.get(database, search.id).state is SearchState.RUNNING
    ensure_engine(workspace)
    eventually(lambda: (now := searches.get(database, search.id).process) and now != process, 400)
    searches.request_stop(database, search.id)
    eventually(lambda: searches.get(database, search.id).is_at_rest, 400)
    assert set(trials(database, search.id)["state"]) <= {"complete", "failed"}


@pytest.mark.timeout(900)
def test_a_search_is_left_when_its_engine_was_killed_and_goes_on_with_the_next(workspace, database, search):
    ensure_engine(workspace)
    eventually(lambda: finished(database, search.id) >= 1, 400)
    process = searches.get(database, search.id).process
    kill(Process.parse(engine_lock(workspace).read()))
    eventually(lambda: not process.is_alive, 100)
    assert searches.get(database, search.id).state is SearchState.RUNNING
    eventually(lambda: ensure_engine(workspace) or searches.get(database, search.id).is_at_rest, 400)
    assert searches.get(database, search.id).state is SearchState.COMPLETED
    assert finished(database, search.id) == COUNT
