from dataclasses import replace

import pytest

from core.errors import RunError
from core.runs import store
from core.runs.evaluations import count_judged, is_any_judged, latest_evaluation, save_evaluation
from tests.core.runs.builders import make_recipe
from tests.ui.example_runs import RUN


def test_the_last_evaluation_of_a_part_is_shown_again(timed_database, clock, workspace, project, dataset):
    run = store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe())
    assert latest_evaluation(timed_database, run.id, "validation") is None
    save_evaluation(timed_database, run, "validation", {"accuracy": 0.5})
    clock.move_on(1)
    save_evaluation(timed_database, run, "validation", {"accuracy": 0.75, "confusion": [[1, 0], [1, 2]]})
    save_evaluation(timed_database, run, "test", {"accuracy": 0.25})
    found = latest_evaluation(timed_database, run.id, "validation")
    assert found.result == {"accuracy": 0.75, "confusion": [[1, 0], [1, 2]]}
    assert (found.run_id, found.part, found.created_at) == (run.id, "validation", clock.moment)


def test_judged_runs_are_counted_once_each_by_part(database, workspace, project, dataset):
    trained = [
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=seed), name=f"run{seed}")
        for seed in range(3)
    ]
    for run in trained:
        store.request_stop(database, run.id)
        save_evaluation(database, store.get(database, run.id), "validation", {"accuracy": 0.5})
    save_evaluation(database, store.get(database, trained[0].id), "validation", {"accuracy": 0.5})
    save_evaluation(database, store.get(database, trained[0].id), "test", {"accuracy": 0.5})
    store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=3))
    counts = [count_judged(database, project.id, part) for part in ("validation", "test")]
    assert (*counts, count_judged(database, "another", "validation")) == (3, 1, 0)


def test_a_run_that_is_not_there_is_not_judged(database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        save_evaluation(database, replace(RUN, id="unknown"), "test", {})


def test_a_run_that_goes_on_while_it_is_judged_keeps_no_judgement_of_the_model_before(
    timed_database, workspace, project, dataset
):
    run = store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe())
    store.request_stop(timed_database, run.id)
    with pytest.raises(RunError, match="has gone on while it was judged"):
        save_evaluation(timed_database, run, "validation", {"accuracy": 0.5})
    assert latest_evaluation(timed_database, run.id, "validation") is None


def test_a_project_is_judged_once_a_run_of_it_with_a_model_is(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    save_evaluation(database, run, "validation", {})
    assert not is_any_judged(database, project.id)
    store.request_stop(database, run.id)
    assert is_any_judged(database, project.id)
    assert not is_any_judged(database, "another")
