import os

import pytest

from core.errors import RecipeError, RunError
from core.recipe import load
from core.runs import control, history, progress, queue, store
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.states import RunState
from core.runs.tables import RunRow
from tests.core.runs.builders import ELSEWHERE, EPOCHS, make_recipe

STEPS_PER_EPOCH = 2


@pytest.fixture
def enqueue(database, workspace, project, dataset):
    def enqueue(recipe=None) -> store.Run:
        return store.enqueue(database, workspace, project.id, dataset.id, recipe or make_recipe())

    return enqueue


@pytest.fixture
def completed(database, workspace, enqueue) -> str:
    """A run that has done all its epochs, at the end with another learning rate, and has left a checkpoint."""
    run_id = enqueue().id
    queue.claim(database, ELSEWHERE)
    progress.begin(database, run_id, os.getpid())
    progress.describe_model(database, run_id, 34, STEPS_PER_EPOCH)
    for rate in (0.5, 0.25):
        control.change_learning_rate(database, run_id, rate)
    [change, _never_applied] = progress.report(database, run_id).rate_changes
    progress.report(
        database,
        run_id,
        steps=[StepMetrics(step, 1 / step, 0.5, metrics={"mae": 0.5}) for step in range(1, 7)],
        epochs=[EpochMetrics(epoch, 1 / epoch, 0.5, 1.0, 0.5, 2.0, step=2 * epoch) for epoch in range(1, 4)],
        applied=[progress.RateChange(change.id, change.learning_rate, 4)],
    )
    progress.finish(database, run_id, RunState.COMPLETED, kept_epoch=2)
    checkpoint = store.run_folder(workspace, run_id) / "checkpoint"
    checkpoint.mkdir()
    (checkpoint / "weights").write_bytes(b"abc")
    return run_id


def put(database, run_id: str, state: RunState) -> None:
    with database.writing() as session:
        session.get_one(RunRow, run_id).state = state


def test_a_run_is_repeated_with_a_seed_that_was_not_tried(database, workspace, enqueue):
    runs = [enqueue(make_recipe(seed=seed)) for seed in (3, 7)]
    enqueue(make_recipe(seed=9, epochs=EPOCHS + 1))  # another recipe
    again = control.repeat(database, workspace, runs[0].id)
    assert (again.state, again.number) == (RunState.QUEUED, 4)
    assert again.recipe == make_recipe(seed=8)
    assert control.repeat(database, workspace, again.id).recipe == make_recipe(seed=9)


def test_there_is_no_seed_above_the_highest(database, workspace, enqueue):
    run = enqueue(make_recipe(seed=2**32 - 1))
    with pytest.raises(RecipeError, match="seed"):
        control.repeat(database, workspace, run.id)


def test_a_run_of_the_command_line_is_repeated_like_others(database, workspace, dataset):
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe())
    again = control.repeat(database, workspace, run.id)
    assert (again.project_id, again.number, again.recipe.training.seed) == (None, 2, 1)


def test_a_run_is_trained_further_with_all_that_it_has(database, workspace, completed):
    child = control.train_further(database, workspace, completed, 2)
    parent = store.get(database, completed)
    assert (child.state, child.number, child.parent_id, child.epochs) == (RunState.QUEUED, 2, completed, EPOCHS + 2)
    assert (child.epoch, child.step, child.steps_per_epoch, child.parameters) == (3, 6, STEPS_PER_EPOCH, 34)
    assert (child.kept_epoch, child.started_at, child.worked_seconds) == (None, None, 0)
    for table in (history.epochs, history.steps):
        assert table(database, child.id).equals(table(database, parent.id))
    changes = history.rate_changes(database, child.id)
    assert changes.to_numpy().tolist() == [[4, 0.5]], "what was never applied was meant for the parent"

    folder = store.run_folder(workspace, child.id)
    assert load(folder / "recipe.yaml") == child.recipe
    assert (folder / "checkpoint" / "weights").read_bytes() == b"abc"
    assert (folder / "split.csv").read_bytes() == (store.run_folder(workspace, completed) / "split.csv").read_bytes()


def test_a_run_that_is_trained_further_waits_its_turn(database, workspace, enqueue, completed):
    other = enqueue(make_recipe(seed=1))
    child = control.train_further(database, workspace, completed, 2)
    assert [run.id for run in queue.waiting_runs(database)] == [other.id, child.id]


def test_to_press_train_further_twice_is_to_press_it_once(database, workspace, project, completed):
    first, second = (control.train_further(database, workspace, completed, 2) for _ in range(2))
    assert first == second
    assert len(store.of_project(database, project.id)) == len(list(workspace.runs.iterdir())) == 2


def test_a_run_from_the_start_is_not_the_same_as_one_that_goes_further(database, workspace, enqueue, completed):
    child = control.train_further(database, workspace, completed, 2)
    assert enqueue(child.recipe).id != child.id


def test_the_child_outlives_its_parent(database, workspace, completed):
    child = control.train_further(database, workspace, completed, 2)
    store.delete(database, workspace, completed)
    orphan = store.get(database, child.id)
    assert (orphan.parent_id, orphan.epoch) == (None, 3)
    assert len(history.steps(database, child.id)) == 6


@pytest.mark.parametrize("state", [state for state in RunState if state is not RunState.COMPLETED])
def test_only_a_completed_run_is_trained_further(database, workspace, completed, state):
    put(database, completed, state)
    with pytest.raises(RunError, match=f"is {state}, not completed. Continue it instead"):
        control.train_further(database, workspace, completed, 2)


def test_without_a_checkpoint_nothing_is_trained_further(database, workspace, project, enqueue):
    run_id = enqueue().id
    put(database, run_id, RunState.COMPLETED)
    with pytest.raises(RunError, match="has no checkpoint"):
        control.train_further(database, workspace, run_id, 2)
    assert len(store.of_project(database, project.id)) == len(list(workspace.runs.iterdir())) == 1


def test_more_epochs_than_a_recipe_can_have_are_refused(database, workspace, completed):
    with pytest.raises(RecipeError, match="epochs"):
        control.train_further(database, workspace, completed, 10_000)
    assert len(list(workspace.runs.iterdir())) == 1
