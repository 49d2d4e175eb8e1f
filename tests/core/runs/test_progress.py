import os

import pytest

from core.errors import RunError
from core.message import say
from core.runs import history, progress, queue, store
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.states import RunState
from tests.core.runs.builders import ELSEWHERE, make_recipe, make_running

FIRST_EPOCH = EpochMetrics(1, 2.0, 0.25, 1.5, 0.5, 4.0)
SECOND_EPOCH = EpochMetrics(2, 1.0, 0.75, 1.25, 0.45, 2.0)
STEPS = [StepMetrics(1, 2.5, 0.2), StepMetrics(2, 2.0, 0.25)]


@pytest.fixture
def run_id(timed_database, workspace, dataset) -> str:
    return make_running(timed_database, workspace, dataset, ELSEWHERE)


def test_a_process_begins_works_and_finishes(timed_database, clock, run_id):
    clock.move_on(5)
    begun = progress.begin(timed_database, run_id, os.getpid())
    assert (begun.state, begun.started_at, begun.heartbeat_at) == (RunState.RUNNING, clock.moment, clock.moment)
    assert begun.process == Process.of(os.getpid())

    progress.describe_model(timed_database, run_id, parameters=34, steps_per_epoch=2)
    progress.record_steps(timed_database, run_id, STEPS)
    progress.record_epoch(timed_database, run_id, FIRST_EPOCH)
    progress.record_epoch(timed_database, run_id, SECOND_EPOCH)
    run = store.get(timed_database, run_id)
    assert (run.parameters, run.steps_per_epoch, run.step, run.epoch, run.epoch_seconds) == (34, 2, 2, 2, 3.0)

    clock.move_on(10)
    progress.finish(timed_database, run_id, RunState.COMPLETED)
    done = store.get(timed_database, run_id)
    assert (done.state, done.finished_at, done.message) == (RunState.COMPLETED, clock.moment, None)
    assert done.elapsed_seconds(clock.moment) == 10


def test_what_was_measured_comes_back_as_tables(timed_database, run_id):
    progress.record_steps(timed_database, run_id, STEPS)
    progress.record_steps(timed_database, run_id, [])
    progress.record_epoch(timed_database, run_id, FIRST_EPOCH)
    progress.record_epoch(timed_database, run_id, SECOND_EPOCH)
    epochs, steps = history.epochs(timed_database, run_id), history.steps(timed_database, run_id)
    assert list(epochs.columns) == ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"]
    assert epochs.to_numpy().tolist() == [[1, 2.0, 0.25, 1.5, 0.5, 4.0], [2, 1.0, 0.75, 1.25, 0.45, 2.0]]
    assert list(steps.columns) == ["step", "loss", "accuracy"]
    assert steps.to_numpy().tolist() == [[1, 2.5, 0.2], [2, 2.0, 0.25]]
    best = history.best_of(timed_database, ["unknown", run_id])
    assert best.index.tolist() == ["unknown", run_id]
    assert best.loc[run_id].tolist() == [1.25, 0.5]
    assert best.loc["unknown"].isna().all()


def test_a_table_without_rows_has_its_columns_and_types(database):
    assert history.epochs(database, "unknown").dtypes.astype(str).tolist() == ["int64", *["float64"] * 5]
    assert history.steps(database, "unknown").dtypes.astype(str).tolist() == ["int64", "float64", "float64"]
    assert history.best_of(database, []).empty


def test_a_loss_that_is_no_number_and_an_accuracy_that_does_not_exist_are_kept_as_unknown(timed_database, run_id):
    progress.record_steps(timed_database, run_id, [StepMetrics(1, float("nan"), None)])
    progress.record_epoch(timed_database, run_id, EpochMetrics(1, float("nan"), None, float("inf"), None, 1.0))
    assert history.steps(timed_database, run_id)[["loss", "accuracy"]].isna().all(axis=None)
    epochs = history.epochs(timed_database, run_id)
    assert epochs[["loss", "accuracy", "val_accuracy"]].isna().all(axis=None)
    assert epochs["val_loss"].tolist() == [float("inf")]


def test_a_heartbeat_is_dated_and_brings_back_a_stop_request(timed_database, clock, run_id):
    clock.move_on(7)
    assert not progress.heartbeat(timed_database, run_id)
    assert store.get(timed_database, run_id).heartbeat_at == clock.moment
    store.request_stop(timed_database, run_id)
    assert progress.heartbeat(timed_database, run_id)


def test_a_run_begins_once(timed_database, run_id):
    progress.begin(timed_database, run_id, os.getpid())
    with pytest.raises(RunError, match="it is running"):
        progress.begin(timed_database, run_id, os.getpid())


def test_only_a_run_that_was_taken_from_the_queue_begins(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    with pytest.raises(RunError, match="it is queued"):
        progress.begin(database, run.id, os.getpid())
    with pytest.raises(RunError, match="There is no run called unknown"):
        progress.begin(database, "unknown", os.getpid())


def test_a_lost_run_stays_lost_whatever_its_process_still_writes(timed_database, run_id):
    assert queue.write_lost(timed_database, run_id, say("Gone."))
    lost = store.get(timed_database, run_id)
    assert (lost.state, lost.message, lost.finished_at) == (RunState.LOST, say("Gone."), lost.heartbeat_at)
    assert progress.heartbeat(timed_database, run_id), "its process should stop"
    progress.describe_model(timed_database, run_id, parameters=34, steps_per_epoch=2)
    progress.record_steps(timed_database, run_id, STEPS)
    progress.record_epoch(timed_database, run_id, FIRST_EPOCH)
    progress.finish(timed_database, run_id, RunState.COMPLETED)
    assert store.get(timed_database, run_id) == lost
    assert history.epochs(timed_database, run_id).empty


def test_a_finished_run_is_not_lost_afterwards(timed_database, run_id):
    progress.finish(timed_database, run_id, RunState.FAILED, say("Out of memory."))
    assert not queue.write_lost(timed_database, run_id, say("Gone."))
    assert store.get(timed_database, run_id).message == say("Out of memory.")
