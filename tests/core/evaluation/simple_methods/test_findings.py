"""Baselines and shortcuts of a run: in a process of its own, or at once by the command line."""

import numpy as np
import pytest

from core.evaluation.simple_methods import findings
from core.evaluation.simple_methods.findings import baselines_of, read_baselines, read_shortcuts, task_of
from core.runs import analyses, store
from core.runs.analyses import AnalysisKind
from core.runs.states import IntakeState
from core.split import read_assignment
from tests.core.runs.builders import eventually, make_recipe
from tests.core.runs.conftest import database, dataset, upgraded_file, workspace

__all__ = ["database", "dataset", "upgraded_file", "workspace"]


@pytest.fixture
def run(database, workspace, dataset):
    return store.enqueue(database, workspace, None, dataset.id, make_recipe(), name="run")


def is_finished(database, task) -> bool:
    return analyses.state(database, task).state.is_finished


def test_a_process_of_its_own_finds_both_and_they_are_kept(database, workspace, run):
    tasks = {kind: task_of(workspace, run, kind) for kind in (AnalysisKind.BASELINES, AnalysisKind.SHORTCUTS)}
    for task in tasks.values():
        analyses.start(database, workspace, task)
    for task in tasks.values():
        eventually(lambda task=task: is_finished(database, task))
    trained, searched = (analyses.state(database, task) for task in tasks.values())
    assert (trained.state, trained.message, trained.progress) == (IntakeState.COMPLETED, None, 1.0)
    assert (searched.state, searched.message) == (IntakeState.COMPLETED, None)
    validation = read_assignment(store.run_folder(workspace, run.id) / "split.csv").rows("validation")
    assert read_baselines(database, trained).rows.tolist() == validation.tolist()
    assert read_shortcuts(database, searched).rows.tolist() == validation.tolist()


def test_the_command_line_works_them_out_once(database, workspace, run, monkeypatch):
    found = baselines_of(database, workspace, run.id)
    assert found.of["logistic_regression"].figure == 1.0  # the two classes differ in their brightness
    monkeypatch.setattr(findings, "find_baselines", None)
    again = baselines_of(database, workspace, run.id)
    assert again.result() == found.result()
    assert np.array_equal(again.truth, found.truth)


def test_runs_that_see_the_same_images_share_them_and_others_do_not(database, workspace, dataset, run):
    other = {"seed": make_recipe(seed=1), "split": make_recipe(split="train: 0.5, validation: 0.3, test: 0.2")}
    other = {name: store.enqueue(database, workspace, None, dataset.id, recipe, name) for name, recipe in other.items()}
    keys = {each.id: task_of(workspace, each, AnalysisKind.BASELINES).key for each in (run, *other.values())}
    assert keys["run"] == keys["seed"] != keys["split"]
