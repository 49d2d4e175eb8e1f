"""``tune`` as a person uses it: in a process of its own, by the real engine, without a web process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from core.runs.database import Database
from core.runs.locks import engine_lock
from core.runs.shutdown import shut_down
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from core.tuning import searches
from core.workspace import Workspace
from tests.core.runs.builders import eventually, write_images

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


def tune(home: Path, recipe: str, trials: int = 2, space: str = "space.yaml") -> subprocess.Popen[str]:
    paths = (str(home / recipe), "--space", str(home / space), "--data", str(home / "pets"))
    return start(home, *paths, "--trials", str(trials))


def test_a_search_of_two_trials_tells_of_both_and_leaves_no_process(home):
    answer, progress = (process := tune(home, "short.yaml")).communicate(timeout=200)
    assert process.returncode == 0, progress
    found = json.loads(answer)
    trials = found["trials"]
    assert [(trial["number"], trial["state"]) for trial in trials] == [(0, "complete"), (1, "complete")]
    assert found["best"] == max(trials, key=lambda trial: trial["value"])
    assert {tuple(trial["parameters"]) for trial in trials} == {
        ("training.optimizer.learning_rate", "training.batch_size")
    }
    assert {trial["run"] for trial in trials} == {f"{found['study']}-trial-{number}" for number in (0, 1)}
    lines = [line for line in progress.splitlines() if line.startswith("trial ")]
    assert sorted(line.split("  ")[0] for line in lines) == ["trial 1", "trial 2"]
    lock = engine_lock(Workspace.at(home / "workspace"))
    eventually(lock.acquire)
    lock.release()


@pytest.mark.usefixtures("listens_to_ctrl_c")
def test_ctrl_c_stops_the_search_and_its_run(home):
    process = tune(home, "endless.yaml")
    database = Database.open(Workspace.at(home / "workspace"))
    eventually(lambda: [row for (row,) in database.rows(select(SearchRow.process)) if row], 120)
    process.send_signal(signal.SIGINT)
    answer, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    search = searches.get(database, json.loads(answer)["study"])
    assert (search.state, search.is_at_rest) == (SearchState.STOPPED, True)
    database.close()


@pytest.mark.parametrize(
    ("recipe", "trials", "space", "said"),
    [
        ("short.yaml", 0, "space.yaml", "A search has from 1 to 10,000 trials, not 0."),
        ("short.yaml", 2, "none.yaml", "There is no file"),
        ("none.yaml", 2, "space.yaml", "There is no recipe file"),
    ],
)
def test_what_cannot_be_searched_is_said_in_one_line(home, recipe, trials, space, said):
    process = tune(home, recipe, trials, space)
    answer, progress = process.communicate(timeout=100)
    assert (process.returncode, answer) == (1, "")
    assert said in progress.splitlines()[-1]
    assert "Traceback" not in progress
