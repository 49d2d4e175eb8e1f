"""All runs of a project as one table."""

import os
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from core.runs import progress, projects, queue, run_notes, store
from core.runs.evaluations import save_evaluation
from core.runs.overview import overview, validation_curves
from core.runs.progress import EpochMetrics
from core.runs.requests import change_learning_rate
from core.runs.states import RunState
from tests.core.runs.builders import ELSEWHERE, make_recipe

Epochs = Sequence[tuple[float | None, float | None]]
"""Of each epoch: the loss and the accuracy on the validation images."""


def begin(database, run_id: str) -> None:
    assert queue.claim(database, ELSEWHERE) == run_id
    progress.begin(database, run_id, os.getpid())


@pytest.fixture
def finish(timed_database, workspace, project, dataset, clock):
    def finish(measured: Epochs, *, seconds: float = 30.0, errors: Sequence[float] = (), **recipe) -> str:
        """A run that has measured this and is completed."""
        run = store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe(**recipe))
        begin(timed_database, run.id)
        for number, (loss, accuracy) in enumerate(measured, start=1):
            metrics = {"val_mean_absolute_error": errors[number - 1]} if errors else {}
            of_epoch = EpochMetrics(number, 1.0, 0.5, loss, accuracy, 2.0, step=number, metrics=metrics)
            progress.report(timed_database, run.id, epochs=[of_epoch])
        clock.move_on(seconds)
        progress.finish(timed_database, run.id, RunState.COMPLETED, kept_epoch=len(measured))
        return run.id

    return finish


def test_each_run_has_its_best_figures_and_the_first_epochs_that_reached_them(timed_database, project, finish):
    finish([(0.9, 0.5), (0.7, 0.8), (0.8, 0.8)])
    finish([(0.6, 0.4)], seed=1, seconds=12)
    table = overview(timed_database, project.id).runs
    assert table["number"].tolist() == [2, 1]
    assert table["val_accuracy"].tolist() == [0.4, 0.8]
    assert table["val_accuracy_epoch"].tolist() == [1, 2]
    assert table["val_loss"].tolist() == [0.6, 0.7]
    assert table["val_loss_epoch"].tolist() == [1, 2]
    assert table["epochs"].tolist() == [1, 3]
    assert table["kept_epoch"].tolist() == [1, 3]
    assert table["seconds"].tolist() == [12, 30]
    assert table["val_mean_absolute_error"].isna().all()
    assert table["test_accuracy"].isna().all()


def test_numbers_are_judged_by_the_least_error(timed_database, project, finish):
    finish([(9.0, None), (4.0, None)], errors=(3.0, 2.5))
    table = overview(timed_database, project.id)
    assert table.leading == "mean_absolute_error"
    assert table.runs["val_mean_absolute_error"].tolist() == [2.5]
    assert table.runs["val_mean_absolute_error_epoch"].tolist() == [2]


def test_best_figures_are_those_that_the_list_of_runs_shows(timed_database, project, finish):
    ids = [finish([(0.9, 0.5), (None, 0.7)], seed=seed) for seed in range(3)]
    table, best = overview(timed_database, project.id).runs, store.best_of(timed_database, ids)
    pd.testing.assert_frame_equal(table.loc[ids, list(best)], best, check_names=False)


def test_a_test_figure_is_there_only_where_it_was_opened_and_is_the_last_one(timed_database, project, finish):
    opened, sealed = finish([(0.9, 0.5)]), finish([(0.9, 0.5)], seed=1)
    for accuracy in (0.3, 0.6):
        save_evaluation(timed_database, store.get(timed_database, opened), "test", {"accuracy": accuracy})
    save_evaluation(timed_database, store.get(timed_database, sealed), "validation", {"accuracy": 0.9})
    table = overview(timed_database, project.id).runs
    assert table.loc[opened, "test_accuracy"] == 0.6
    assert pd.isna(table.loc[sealed, "test_accuracy"])


def test_only_settings_that_differ_are_called_so(timed_database, project, finish):
    finish([(0.9, 0.5)], epochs=3)
    finish([(0.9, 0.5)], epochs=4, units=2, seed=5)
    table = overview(timed_database, project.id)
    assert table.differing == ["training.epochs", "training.seed"]
    assert table.settings["training.epochs"].tolist() == [4, 3]
    assert table.settings["layers.1.units"].tolist() == [2, 2]


def test_what_people_say_of_a_run_is_in_the_table(timed_database, project, finish):
    run_id = finish([(0.9, 0.5)])
    run_notes.set_tags(timed_database, run_id, ["good"])
    run_notes.set_note(timed_database, run_id, "a note")
    run_notes.archive(timed_database, run_id, is_archived=True)
    row = overview(timed_database, project.id).runs.loc[run_id]
    assert (row["tags"], row["note"], row["is_archived"]) == (["good"], "a note", True)


def test_a_run_whose_learning_rate_was_changed_by_hand_is_known(timed_database, workspace, project, dataset):
    run = store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe())
    begin(timed_database, run.id)
    change_learning_rate(timed_database, run.id, 0.5)
    assert not overview(timed_database, project.id).runs["is_steered"].any()
    (change,) = progress.report(timed_database, run.id).rate_changes
    progress.report(timed_database, run.id, applied=[replace(change, step=3)])
    assert overview(timed_database, project.id).runs["is_steered"].all()


def test_runs_of_other_projects_are_left_out(timed_database, finish):
    finish([(0.9, 0.5)])
    table = overview(timed_database, projects.create(timed_database, "Empty").id)
    assert table.runs.empty
    assert table.differing == []
    assert table.leading == "accuracy"


def test_curves_hold_only_what_was_measured(timed_database, finish):
    first, second = finish([(0.9, 0.5), (None, 0.7)]), finish([(0.8, 0.4)], seed=1)
    curves = validation_curves(timed_database, [first, second], "loss")
    assert curves.to_dict("list") == {"run_id": [first, second], "epoch": [1, 1], "value": [0.9, 0.8]}
