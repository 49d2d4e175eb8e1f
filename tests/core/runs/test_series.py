import os
import threading
from statistics import mean, stdev

import numpy as np
import pytest

from core.errors import DatasetError, RecipeError
from core.runs import admission, openings, progress, projects, queue, series, store
from core.runs.progress import EpochMetrics
from core.runs.states import RunState
from core.runs.tables import RunRow
from core.split import read_assignment
from tests.core.runs.builders import ELSEWHERE, make_recipe

FOLDS = 4
K_FOLD = "train: 0.6, validation: 0.2, test: 0.2, folds: 4"


@pytest.fixture
def enqueue(database, workspace, project, dataset):
    def enqueue(recipe=None) -> list[str]:
        return series.enqueue_folds(database, workspace, recipe or make_recipe(split=K_FOLD), dataset.id, project.id)

    return enqueue


def put(database, run_id: str, **values) -> None:
    with database.writing() as session:
        for name, value in values.items():
            setattr(session.get_one(RunRow, run_id), name, value)


def train(database, losses: list[float], kept_epoch: int | None = None) -> str:
    """The next run of the queue is done, with these losses on the validation images."""
    run_id = queue.claim(database, ELSEWHERE)
    progress.begin(database, run_id, os.getpid())
    epochs = [
        EpochMetrics(epoch, 1.0, 0.5, loss, 1 - loss, 2.0, step=epoch, metrics={"val_auc": loss / 2})
        for epoch, loss in enumerate(losses, start=1)
    ]
    progress.report(database, run_id, epochs=epochs)
    progress.finish(database, run_id, RunState.COMPLETED, kept_epoch=kept_epoch)
    return run_id


def test_all_folds_wait_as_one_series(database, enqueue):
    run_ids = enqueue()
    [name] = {series.series_of(database, run_id) for run_id in run_ids}
    runs = series.runs_of(database, name)
    assert [run.id for run in runs] == run_ids
    assert [run.recipe for run in runs] == [make_recipe(split=f"{K_FOLD}, fold: {fold}") for fold in range(FOLDS)]
    assert {run.state for run in runs} == {RunState.QUEUED}


def test_the_folds_validate_each_image_that_is_not_for_the_test_once(workspace, dataset, enqueue):
    folders = [store.run_folder(workspace, run_id) for run_id in enqueue()]
    parts = np.stack([read_assignment(folder / "split.csv").parts for folder in folders])
    is_test = parts[0] == "test"
    assert is_test.sum() == 4
    assert ((parts == "test") == is_test).all()
    assert ((parts == "validation").sum(axis=0) == np.where(is_test, 0, 1)).all()


def test_the_folds_share_one_seal(database, dataset, enqueue):
    first, second, *_ = enqueue()
    openings.record_opening(database, first, ["0" * 64], opened_by="Kim", reason="the end")
    recipe = store.get(database, second).recipe
    for split in (recipe.split, make_recipe().split):
        assert openings.seal_record(database, dataset.id, split, ["0" * 64]).count == 1


def test_asked_for_again_it_is_the_same_series(database, project, enqueue):
    assert enqueue() == enqueue()
    assert len(store.of_project(database, project.id)) == FOLDS


def test_asked_for_by_several_at_once_it_is_one_series(database, project, enqueue):
    def press() -> None:
        together.wait()
        found.append(enqueue())

    found: list[list[str]] = []
    together = threading.Barrier(4)
    people = [threading.Thread(target=press) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len({tuple(run_ids) for run_ids in found}) == 1
    assert len({series.series_of(database, run_id) for run_id in found[0]}) == 1
    assert len(store.of_project(database, project.id)) == FOLDS


def test_while_a_fold_is_to_come_those_that_are_done_are_not_done_again(database, enqueue):
    run_ids = enqueue()
    train(database, [0.5])
    assert enqueue() == run_ids


def test_a_fold_that_was_deleted_is_queued_anew_in_its_series(database, workspace, enqueue):
    first, *others = enqueue()
    store.request_stop(database, first)
    store.delete(database, workspace, first)
    again = enqueue()
    assert again[1:] == others
    assert series.series_of(database, again[0]) == series.series_of(database, others[0])


def test_when_all_is_over_there_is_a_new_series(database, enqueue):
    run_ids = enqueue()
    for _ in run_ids:
        train(database, [0.5])
    again = enqueue()
    assert not set(again) & set(run_ids)
    assert series.series_of(database, again[0]) != series.series_of(database, run_ids[0])


def test_a_fold_that_somebody_started_alone_joins_the_series(database, workspace, project, dataset, enqueue):
    alone = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(split=f"{K_FOLD}, fold: 2"))
    run_ids = enqueue()
    assert run_ids[2] == alone.id
    assert len({series.series_of(database, run_id) for run_id in run_ids}) == 1


def test_another_recipe_or_project_is_another_series(database, workspace, dataset, enqueue):
    other = projects.create(database, "Other")
    elsewhere = series.enqueue_folds(database, workspace, make_recipe(split=K_FOLD), dataset.id, other.id)
    started = [enqueue(), enqueue(make_recipe(split=K_FOLD, seed=1)), elsewhere]
    assert len({series.series_of(database, run_ids[0]) for run_ids in started}) == 3


def test_mean_and_spread_are_of_the_epochs_whose_weights_the_models_have(database, enqueue):
    name = series.series_of(database, enqueue()[0])
    assert series.series_summary(database, name).finished == 0
    train(database, [0.5, 0.3, 0.4], kept_epoch=2)
    train(database, [0.5, 0.2])
    train(database, [0.7, 0.9], kept_epoch=1)
    kept = [0.3, 0.2, 0.7]

    found = series.fold_figures(database, name)
    assert found[["fold", "epoch"]].to_numpy().tolist() == [[0, 2], [1, 2], [2, 1]]
    assert found["val_loss"].tolist() == kept
    summary = series.series_summary(database, name)
    assert (summary.folds, summary.finished) == (FOLDS, 3)
    assert summary.figures["figure"].tolist() == ["loss", "accuracy", "auc"]
    assert summary.figures["mean"].tolist() == pytest.approx([mean(kept), 1 - mean(kept), mean(kept) / 2])
    assert summary.figures["spread"].tolist() == pytest.approx([stdev(kept), stdev(kept), stdev(kept) / 2])


def test_one_fold_has_no_spread_and_what_is_no_number_is_not_hidden(database, enqueue):
    name = series.series_of(database, enqueue()[0])
    train(database, [0.5])
    [spread, *_] = series.series_summary(database, name).figures["spread"]
    assert np.isnan(spread)
    train(database, [float("nan")])
    loss = series.series_summary(database, name).figures.iloc[0]
    assert np.isnan(loss["mean"])


def test_folds_that_failed_or_did_no_epoch_are_not_finished(database, enqueue):
    first, second, *_ = enqueue()
    put(database, first, state=RunState.FAILED)
    put(database, second, state=RunState.STOPPED)
    name = series.series_of(database, first)
    summary = series.series_summary(database, name)
    assert (summary.finished, len(summary.figures)) == (0, 0)


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (make_recipe(), "This split has no folds"),
        (make_recipe(units=3, split=K_FOLD), "3"),
        (make_recipe(split=f"{K_FOLD}, keep_together: group"), "No image came with a group"),
        (make_recipe(split="train: 0.1, validation: 0, test: 0.9, folds: 4"), "No image is left for validation"),
    ],
)
def test_folds_that_cannot_be_trained_are_refused_before_one_is_queued(
    database, workspace, project, enqueue, recipe, sentence
):
    with pytest.raises(RecipeError, match=sentence):
        enqueue(recipe)
    assert store.of_project(database, project.id) == []
    assert not workspace.runs.exists() or list(workspace.runs.iterdir()) == []


def test_a_dataset_that_is_not_there_is_said(database, workspace, project):
    with pytest.raises(DatasetError):
        series.enqueue_folds(database, workspace, make_recipe(split=K_FOLD), "0" * 16, project.id)


def test_a_run_alone_is_in_no_series(database, workspace, dataset):
    run_id = admission.admit(database, workspace, make_recipe(), dataset.id, project_id=None, name=None)
    assert series.series_of(database, run_id) is None
    assert series.series_of(database, "unknown") is None
