import os
from dataclasses import replace

import pytest

from core.errors import RunError
from core.message import say
from core.runs import control, history, progress, queue, store
from core.runs.process import Process
from core.runs.progress import EpochMetrics, Live, Orders, RateChange, StepMetrics
from core.runs.states import RunState
from tests.core.runs.builders import ELSEWHERE, make_recipe, make_running

FIRST_EPOCH = EpochMetrics(1, 2.0, 0.25, 1.5, 0.5, 4.0)
SECOND_EPOCH = EpochMetrics(2, 1.0, 0.75, 1.25, 0.45, 2.0)
STEPS = [StepMetrics(1, 2.5, 0.2), StepMetrics(2, 2.0, 0.25)]
GO_ON = Orders(stop=False, pause=False)
STOP = Orders(stop=True, pause=False)


@pytest.fixture
def run_id(timed_database, workspace, dataset) -> str:
    return make_running(timed_database, workspace, dataset, ELSEWHERE)


def test_a_process_begins_works_and_finishes(timed_database, clock, run_id):
    clock.move_on(5)
    begun = progress.begin(timed_database, run_id, os.getpid())
    assert (begun.state, begun.started_at, begun.heartbeat_at) == (RunState.RUNNING, clock.moment, clock.moment)
    assert begun.process == Process.of(os.getpid())

    progress.describe_model(timed_database, run_id, parameters=34, steps_per_epoch=2)
    progress.report(timed_database, run_id, steps=STEPS, epochs=[FIRST_EPOCH, SECOND_EPOCH])
    run = store.get(timed_database, run_id)
    assert (run.parameters, run.steps_per_epoch, run.step, run.epoch, run.epoch_seconds) == (34, 2, 2, 2, 3.0)

    clock.move_on(10)
    progress.finish(timed_database, run_id, RunState.COMPLETED, kept_epoch=2)
    done = store.get(timed_database, run_id)
    assert (done.state, done.finished_at, done.message) == (RunState.COMPLETED, clock.moment, None)
    assert (done.elapsed_seconds(clock.moment), done.kept_epoch) == (10, 2)


def test_what_was_measured_comes_back_as_tables(timed_database, run_id):
    progress.report(timed_database, run_id, steps=STEPS)
    progress.report(timed_database, run_id)
    progress.report(timed_database, run_id, epochs=[FIRST_EPOCH, SECOND_EPOCH])
    epochs, steps = history.epochs(timed_database, run_id), history.steps(timed_database, run_id)
    figures = ["loss", "accuracy", "val_loss", "val_accuracy"]
    rest = ["learning_rate", "images_per_second", "memory_bytes"]
    assert list(epochs.columns) == ["epoch", *figures, *rest, "seconds"]
    assert epochs[["epoch", *figures, "seconds"]].to_numpy().tolist() == [
        [1, 2.0, 0.25, 1.5, 0.5, 4.0],
        [2, 1.0, 0.75, 1.25, 0.45, 2.0],
    ]
    assert epochs[rest].isna().all(axis=None)
    assert list(steps.columns) == ["step", "loss", "accuracy", "learning_rate"]
    assert steps[["step", "loss", "accuracy"]].to_numpy().tolist() == [[1, 2.5, 0.2], [2, 2.0, 0.25]]
    best = history.best_of(timed_database, ["unknown", run_id])
    assert best.index.tolist() == ["unknown", run_id]
    assert best.loc[run_id].dropna().to_dict() == {"val_loss": 1.25, "val_accuracy": 0.5}
    assert best.loc["unknown"].isna().all()


def test_further_metrics_stand_between_the_accuracy_and_what_the_work_took(timed_database, run_id):
    first = replace(FIRST_EPOCH, metrics={"mae": 0.5, "top": 0.25, "val_mae": 0.75, "val_top": 0.125})
    second = replace(
        SECOND_EPOCH,
        learning_rate=0.01,
        images_per_second=640.0,
        memory_bytes=3_000_000_000,
        metrics={"mae": 0.25, "top": 0.5, "val_mae": float("nan"), "val_top": 1.0},
    )
    step = StepMetrics(1, 2.5, 0.2, learning_rate=0.02, metrics={"mae": 0.5, "top": float("inf")})
    progress.report(timed_database, run_id, steps=[step], epochs=[first, second])
    epochs, steps = history.epochs(timed_database, run_id), history.steps(timed_database, run_id)
    assert list(epochs.columns[5:9]) == ["mae", "val_mae", "top", "val_top"]
    assert epochs["val_mae"].isna().tolist() == [False, True]
    assert epochs.iloc[1, 7:].tolist() == [0.5, 1.0, 0.01, 640.0, 3_000_000_000, 2.0]
    assert list(steps.columns) == ["step", "loss", "accuracy", "mae", "top", "learning_rate"]
    assert steps.drop(columns="top").to_numpy().tolist() == [[1, 2.5, 0.2, 0.5, 0.02]]
    assert steps["top"].isna().all(), "JSON has no word for it"


def test_a_table_without_rows_has_its_columns_and_types(database):
    assert history.epochs(database, "unknown").dtypes.astype(str).tolist() == ["int64", *["float64"] * 8]
    assert history.steps(database, "unknown").dtypes.astype(str).tolist() == ["int64", *["float64"] * 3]
    assert history.rate_changes(database, "unknown").dtypes.astype(str).tolist() == ["float64", "float64"]
    assert history.best_of(database, []).empty


def test_a_loss_that_is_no_number_and_an_accuracy_that_does_not_exist_are_kept_as_unknown(timed_database, run_id):
    unknown = EpochMetrics(1, float("nan"), None, float("inf"), None, 1.0)
    progress.report(timed_database, run_id, steps=[StepMetrics(1, float("nan"), None)], epochs=[unknown])
    assert history.steps(timed_database, run_id)[["loss", "accuracy"]].isna().all(axis=None)
    epochs = history.epochs(timed_database, run_id)
    assert epochs[["loss", "accuracy", "val_accuracy"]].isna().all(axis=None)
    assert epochs["val_loss"].tolist() == [float("inf")]


def test_a_report_is_dated_and_brings_back_what_people_want(timed_database, clock, run_id):
    clock.move_on(7)
    assert progress.report(timed_database, run_id) == GO_ON
    assert store.get(timed_database, run_id).heartbeat_at == clock.moment
    control.request_pause(timed_database, run_id)
    assert progress.report(timed_database, run_id) == Orders(stop=False, pause=True)
    store.request_stop(timed_database, run_id)
    assert progress.report(timed_database, run_id) == Orders(stop=True, pause=True)


def test_how_the_work_goes_is_kept_until_the_next_word_of_it(timed_database, run_id):
    progress.report(timed_database, run_id, live=Live(0.001, 900.0, 2_500_000_000, 0.01, 0.5))
    progress.report(timed_database, run_id, steps=STEPS)
    run = store.get(timed_database, run_id)
    assert (run.learning_rate, run.images_per_second, run.memory_bytes) == (0.001, 900.0, 2_500_000_000)
    assert (run.seconds_per_step, run.validation_seconds) == (0.01, 0.5)
    progress.report(timed_database, run_id, live=Live(learning_rate=0.002))
    run = store.get(timed_database, run_id)
    assert (run.learning_rate, run.images_per_second) == (0.002, None)


def test_a_change_of_the_learning_rate_is_told_until_it_is_applied_and_after(timed_database, run_id):
    for rate in (0.01, 0.02):
        control.change_learning_rate(timed_database, run_id, rate)
    first, second = progress.report(timed_database, run_id).rate_changes
    assert [(change.learning_rate, change.step) for change in (first, second)] == [(0.01, None), (0.02, None)]
    applied = replace(first, step=40)
    assert progress.report(timed_database, run_id, applied=[applied]).rate_changes == (applied, second)
    changes = history.rate_changes(timed_database, run_id)
    assert changes["learning_rate"].tolist() == [0.01, 0.02]
    assert changes["step"].tolist()[0] == 40
    assert changes["step"].isna().tolist() == [False, True]


def test_no_run_marks_the_changes_of_another(timed_database, workspace, dataset, run_id):
    other_id = make_running(timed_database, workspace, dataset, ELSEWHERE, name="other")
    control.change_learning_rate(timed_database, other_id, 0.01)
    [change] = progress.report(timed_database, other_id).rate_changes
    assert progress.report(timed_database, run_id, applied=[replace(change, step=1)]) == GO_ON
    assert progress.report(timed_database, other_id).rate_changes == (change,)


def test_a_process_that_goes_on_from_a_checkpoint_does_the_rest_again(timed_database, run_id):
    progress.report(timed_database, run_id, steps=STEPS, epochs=[FIRST_EPOCH])
    progress.report(timed_database, run_id, steps=[StepMetrics(3, 1.5, 0.5), StepMetrics(4, 1.4, 0.5)])
    progress.report(timed_database, run_id, epochs=[SECOND_EPOCH])
    control.change_learning_rate(timed_database, run_id, 0.01)
    [change] = progress.report(timed_database, run_id).rate_changes
    progress.report(timed_database, run_id, applied=[replace(change, step=3)])
    progress.rewind(timed_database, run_id, epoch=1, step=3)
    run = store.get(timed_database, run_id)
    assert (run.epoch, run.step, run.resumed_at) == (1, 3, (1, 3))
    assert history.epochs(timed_database, run_id)["epoch"].tolist() == [1]
    assert history.steps(timed_database, run_id)["step"].tolist() == [1, 2, 3]
    progress.report(timed_database, run_id, steps=[StepMetrics(4, 1.4, 0.5)], epochs=[SECOND_EPOCH])
    assert progress.report(timed_database, run_id).rate_changes == (RateChange(change.id, 0.01, 3),)
    assert history.epochs(timed_database, run_id)["epoch"].tolist() == [1, 2]


def test_a_paused_run_has_no_process_and_is_no_longer_at_work(timed_database, clock, run_id):
    progress.begin(timed_database, run_id, os.getpid())
    control.request_pause(timed_database, run_id)
    assert store.get(timed_database, run_id).is_pausing
    clock.move_on(12)
    progress.pause(timed_database, run_id, kept_epoch=1)
    run = store.get(timed_database, run_id)
    assert (run.state, run.process, run.finished_at, run.kept_epoch) == (RunState.PAUSED, None, None, 1)
    assert (run.pause_requested, run.is_pausing, run.is_stopping) == (False, False, False)
    clock.move_on(1000)
    assert run.elapsed_seconds(clock.moment) == 12
    assert progress.report(timed_database, run_id) == STOP, "a process that is still there is to end"
    assert queue.active_runs(timed_database) == []


def test_who_asks_for_a_stop_while_the_run_is_being_paused_gets_it(timed_database, clock, run_id):
    progress.begin(timed_database, run_id, os.getpid())
    control.request_pause(timed_database, run_id)
    control.request_stop(timed_database, run_id)
    clock.move_on(12)
    progress.pause(timed_database, run_id)
    run = store.get(timed_database, run_id)
    assert (run.state, run.finished_at, run.elapsed_seconds(clock.moment)) == (RunState.STOPPED, clock.moment, 12)


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
    progress.describe_model(timed_database, run_id, parameters=34, steps_per_epoch=2)
    assert progress.report(timed_database, run_id, steps=STEPS, epochs=[FIRST_EPOCH], live=Live(0.1)) == STOP
    progress.rewind(timed_database, run_id, 0, 0)
    progress.pause(timed_database, run_id)
    progress.finish(timed_database, run_id, RunState.COMPLETED)
    assert store.get(timed_database, run_id) == lost
    assert history.epochs(timed_database, run_id).empty


def test_a_finished_run_is_not_lost_afterwards(timed_database, run_id):
    progress.finish(timed_database, run_id, RunState.FAILED, say("Out of memory."))
    assert not queue.write_lost(timed_database, run_id, say("Gone."))
    assert store.get(timed_database, run_id).message == say("Out of memory.")
