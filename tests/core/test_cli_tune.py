"""``tune`` as a person uses it: in a process of its own, by the real engine, without a web process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from core.cli import tune as module
from core.cli.main import main
from core.cli.output import print_json
from core.evaluation.best_of_search import measuring
from core.runs.database import Database
from core.runs.locks import engine_lock
from core.runs.series import runs_of
from core.runs.shutdown import shut_down
from core.runs.states import RunState, SearchState
from core.tuning import searches
from core.tuning import trials as trials_module
from core.workspace import Workspace
from tests.core.runs.builders import eventually, write_images
from tests.core.tuning.builders import make_space

ROOT = Path(__file__).parents[2]
RECIPE = """
image: {height: 4, width: 4, channels: 1}
layers:
  - {kind: Flatten}
  - {kind: Dense, units: 2, activation: softmax}
training: {loss: categorical_crossentropy, optimizer: {kind: Adam}, epochs: EPOCHS}
"""
SPACE = """
parameters:
  training.optimizer.learning_rate: {low: 0.001, high: 0.1, log: true}
  training.batch_size: {choices: [4, 8]}
sampler: random
"""
PATHS = ("training.optimizer.learning_rate", "training.batch_size")


@pytest.fixture
def home(tmp_path):
    write_images(tmp_path / "pets")
    (tmp_path / "short.yaml").write_text(RECIPE.replace("EPOCHS", "1"), encoding="utf-8")
    (tmp_path / "endless.yaml").write_text(RECIPE.replace("EPOCHS", "9000"), encoding="utf-8")
    (tmp_path / "space.yaml").write_text(SPACE, encoding="utf-8")
    yield tmp_path
    shut_down(Workspace.at(tmp_path / "workspace"), patience_seconds=5)


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAYERLAB")}
    return subprocess.Popen(
        [sys.executable, "-m", "core", "tune", *arguments, "--json"],
        cwd=ROOT,
        env=environment | {"LAYERLAB_HOME": str(home / "workspace"), "LAYERLAB_SLOTS": "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def tune(home: Path, recipe: str) -> subprocess.Popen[str]:
    paths = (str(home / recipe), "--space", str(home / "space.yaml"), "--data", str(home / "pets"))
    return start(home, *paths, "--trials", "2")


@pytest.mark.timeout(600)
def test_a_search_of_two_trials_tells_of_both_and_leaves_no_process(home):
    answer, progress = (process := tune(home, "short.yaml")).communicate(timeout=400)
    assert process.returncode == 0, progress
    found = json.loads(answer)
    trials = found["trials"]
    assert [(trial["number"], trial["state"]) for trial in trials] == [(0, "complete"), (1, "complete")]
    assert found["best"] == max(trials, key=lambda trial: trial["value"])
    assert found["flattery"]["measured"]
    assert found["flattery"]["trials"] == sum(trial["state"] == "complete" for trial in trials)
    assert {tuple(trial["parameters"]) for trial in trials} == {
        ("training.optimizer.learning_rate", "training.batch_size")
    }
    assert {trial["run"] for trial in trials} == {f"{found['study']}-trial-{number}" for number in (0, 1)}
    lines = [line for line in progress.splitlines() if line.startswith("trial ")]
    assert sorted(line.split("  ")[0] for line in lines) == ["trial 1", "trial 2"]
    lock = engine_lock(Workspace.at(home / "workspace"))
    eventually(lock.acquire, 200)
    lock.release()


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("listens_to_ctrl_c")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_whoever_ends_the_command_ends_the_search_and_its_run(home, number):
    process = tune(home, "endless.yaml")
    database = Database.open(Workspace.at(home / "workspace"))
    eventually(lambda: has_run(database), 400)
    process.send_signal(number)
    answer, progress = process.communicate(timeout=400)
    assert process.returncode == 1
    search = searches.get(database, json.loads(answer)["study"])
    assert (search.state, search.is_at_rest) == (SearchState.STOPPED, True)
    assert all(run.state.is_finished for run in runs_of(database, search.id))
    assert f"search {search.id}" in progress.splitlines()
    database.close()


@pytest.mark.timeout(600)
def test_a_search_that_was_left_is_found_and_stopped(home):
    process = tune(home, "endless.yaml")
    database = Database.open(Workspace.at(home / "workspace"))
    eventually(lambda: has_run(database), 400)
    process.kill()
    process.communicate()
    answer, _ = start(home, "--list").communicate(timeout=400)
    [listed] = json.loads(answer)["searches"]
    assert (listed["state"], listed["finished"], listed["trials"]) == ("running", 0, 2)
    stopping = start(home, "--stop", listed["study"])
    answer, progress = stopping.communicate(timeout=400)
    assert stopping.returncode == 0, progress
    assert json.loads(answer)["state"] == "stopped"
    assert {trial["state"] for trial in json.loads(answer)["trials"]} <= {"failed"}
    assert all(run.state.is_finished for run in runs_of(database, listed["study"]))
    database.close()


@pytest.mark.timeout(600)
def test_a_search_that_was_paused_is_continued_and_waited_for(home):
    process = tune(home, "short.yaml")
    database = Database.open(Workspace.at(home / "workspace"))
    eventually(lambda: searches.every(database), 400)
    [search] = searches.every(database)
    searches.request_pause(database, search.id)
    answer, progress = process.communicate(timeout=400)
    assert (process.returncode, json.loads(answer)["state"]) == (1, "paused"), progress
    continuing = start(home, "--continue", search.id)
    answer, progress = continuing.communicate(timeout=400)
    assert continuing.returncode == 0, progress
    assert [trial["state"] for trial in json.loads(answer)["trials"]].count("complete") == 2
    database.close()


def has_run(database: Database) -> bool:
    return any(run.started_at for search in searches.every(database) for run in runs_of(database, search.id))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "RECIPE"),
        (["a.yaml"], "a new search needs --space"),
        (["a.yaml", "--space", "b.yaml", "--data", "digits"], "a new search needs --trials"),
        (["a.yaml", "--stop", "search-1"], "not allowed with"),
        (["--stop", "search-1", "--continue", "search-1"], "not allowed with"),
        (["--list", "--stop", "search-1"], "not allowed with"),
        (["--continue", "search-1", "--trials", "3"], "--trials is only for a new search"),
        (["--list", "--minutes", "3"], "--minutes is only for a new search"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(capsys, arguments, said):
    with pytest.raises(SystemExit) as ended:
        main(["tune", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("asked", ["--stop", "--continue"])
def test_a_search_that_is_not_there_is_named(capsys, asked):
    assert main(["tune", asked, "search-0"]) == 1
    assert "There is no search called search-0." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("recipe", "space", "trials", "said"),
    [
        ("short.yaml", "space.yaml", "0", "A search has from 1 to 10,000 trials, not 0."),
        ("short.yaml", "none.yaml", "2", "There is no file"),
        ("short.yaml", "foreign.yaml", "2", "The recipe has no layers.7.units"),
        ("none.yaml", "space.yaml", "2", "There is no recipe file"),
    ],
)
def test_what_cannot_be_searched_is_said_before_the_images_are_looked_at(home, capsys, recipe, space, trials, said):
    (home / "foreign.yaml").write_text("parameters: {layers.7.units: {choices: [1]}}", encoding="utf-8")
    paths = [str(home / recipe), "--space", str(home / space), "--data", str(home / "no images")]
    assert main(["tune", *paths, "--trials", trials]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.timeout(600)
def test_whoever_waits_is_told_that_layerlab_was_shut_down_and_how_to_go_on(home):
    process = tune(home, "endless.yaml")
    workspace = Workspace.at(home / "workspace")
    database = Database.open(workspace)
    eventually(lambda: has_run(database), 400)
    shut_down(workspace)
    answer, progress = process.communicate(timeout=400)
    [search] = searches.every(database)
    assert (process.returncode, answer) == (1, "")
    said = f"layerlab: Layerlab was shut down; go on with: python -m core tune --continue {search.id}"
    assert progress.splitlines()[-1] == said
    assert search.state is SearchState.RUNNING
    assert {run.state for run in runs_of(database, search.id)} == {RunState.QUEUED}
    assert not search.process.is_alive
    lock = engine_lock(workspace)
    assert lock.acquire(), "no engine works"
    lock.release()
    database.close()


def interrupt(*arguments, **named):
    raise KeyboardInterrupt


def test_whoever_interrupts_a_command_gets_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr(searches, "request_stop", lambda database, search_id: None)
    monkeypatch.setattr(module, "_wait", interrupt)
    assert main(["tune", "--stop", "search-1"]) == 130
    assert capsys.readouterr() == ("", "")


def test_whoever_does_not_wait_for_the_measuring_gets_the_formula(monkeypatch):
    monkeypatch.setattr(measuring, "candidates", lambda table: table)
    monkeypatch.setattr(measuring, "measured", interrupt)
    monkeypatch.setattr(measuring, "of_search", lambda *arguments: "by the formula")
    assert module._flattery(None, None, None, pd.DataFrame({"number": [0]})) == "by the formula"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_not_a_finite_number_is_told_as_null(capsys, value):
    row = {"number": 0, "state": "pruned", "value": value, "run_id": "a", "reason": None, "training.batch_size": 4}
    [trial] = module._records(pd.DataFrame([row]), ["training.batch_size"])
    print_json(trial)
    assert json.loads(capsys.readouterr().out)["value"] is None


@pytest.mark.parametrize(
    ("state", "accuracies", "status"), [("completed", [0.5], 0), ("completed", [], 1), ("stopped", [0.5], 1)]
)
def test_what_has_no_complete_trial_has_not_worked(monkeypatch, capsys, state, accuracies, status):
    found = SimpleNamespace(
        id="search-1", state=SearchState(state), message=None, space=make_space("parameters: {seed: {choices: [1]}}")
    )
    columns = ["number", "state", "value", "run_id", "reason", "seed"]
    table = pd.DataFrame([(0, "complete", value, "a", None, 1) for value in accuracies], columns=columns)
    monkeypatch.setattr(searches, "get", lambda database, search_id: found)
    monkeypatch.setattr(trials_module, "trials", lambda database, search_id: table)
    monkeypatch.setattr(module, "_flattery", lambda *arguments: None)
    assert module._tell(None, None, "search-1", as_json=False) == status
