import threading

import pytest

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.errors import DatasetError, ProjectError, RecipeError, RunError
from core.recipe import load
from core.runs import projects, store
from core.runs.series import join
from core.runs.states import RunState
from core.runs.tables import RunRow
from core.split import assign, read_assignment
from tests.core.runs.builders import EPOCHS, make_recipe, write_images

NO_VALIDATION = "train: 0.8, validation: 0, test: 0.2"


def test_a_run_in_the_queue_has_its_recipe_and_its_split_in_its_folder(database, workspace, project, dataset):
    recipe = make_recipe()
    run = store.enqueue(database, workspace, project.id, dataset.id, recipe, name="첫-run_1.0")
    assert (run.id, run.state, run.number, run.epochs) == ("첫-run_1.0", RunState.QUEUED, 1, EPOCHS)
    assert store.get(database, run.id) == run
    folder = store.run_folder(workspace, run.id)
    assert load(folder / "recipe.yaml") == recipe == run.recipe
    assert (read_assignment(folder / "split.csv").parts == assign(recipe.split, dataset.images).parts).all()
    assert sorted(path.name for path in folder.iterdir()) == ["recipe.yaml", "split.csv"]


def test_runs_without_a_name_are_called_by_the_time(timed_database, workspace, project, dataset):
    recipes = [make_recipe(seed=seed) for seed in range(3)]
    runs = [store.enqueue(timed_database, workspace, project.id, dataset.id, recipe) for recipe in recipes]
    assert [run.id for run in runs] == ["20260131-142500", "20260131-142500-2", "20260131-142500-3"]


def test_runs_are_counted_for_each_project(database, workspace, project, dataset):
    other = projects.create(database, "Other")
    for seed, (name, of) in enumerate([("a", project), ("b", project), ("c", other), ("d", project)]):
        store.enqueue(database, workspace, of.id, dataset.id, make_recipe(seed=seed), name=name)
    numbers = [(run.id, run.number) for run in store.of_project(database, project.id)]
    assert numbers == [("d", 3), ("b", 2), ("a", 1)]
    assert [run.number for run in store.of_project(database, other.id)] == [1]


def start_at_once(database, workspace, project, dataset, seeds) -> list[store.Run]:
    """What each of several people gets who press start at the same time, each with a seed."""

    def press(seed: int) -> None:
        together.wait()
        runs.append(store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=seed)))

    runs: list[store.Run] = []
    together = threading.Barrier(len(seeds))
    people = [threading.Thread(target=press, args=(seed,)) for seed in seeds]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return runs


def test_people_who_start_different_recipes_at_once_all_get_a_run(database, workspace, project, dataset):
    runs = start_at_once(database, workspace, project, dataset, seeds=range(8))
    assert sorted(run.number for run in runs) == list(range(1, 9))
    assert len({run.id for run in runs}) == 8


def test_people_who_start_the_same_recipe_at_once_all_get_the_same_run(database, workspace, project, dataset):
    runs = start_at_once(database, workspace, project, dataset, seeds=[0] * 8)
    [run] = store.of_project(database, project.id)
    assert {each.id for each in runs} == {run.id}
    assert [folder.name for folder in workspace.runs.iterdir()] == [run.id]


@pytest.mark.parametrize("state", list(RunState))
def test_start_gives_the_run_that_is_there_unless_it_is_over(database, workspace, project, dataset, state):
    first = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    with database.writing() as session:
        session.get_one(RunRow, first.id).state = state
    again = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    assert (again.id == first.id) is state.is_active


@pytest.mark.parametrize("series", ["search-1f9c", "seeds-1f9c", "leaks-1f9c", "1f9c"])
def test_a_run_that_is_in_a_series_is_given_to_nobody_who_starts_one_by_hand(
    database, workspace, project, dataset, series
):
    """Not a trial, a repeat, half a demonstration or a fold: whoever stops it takes it from the others."""
    first = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    join(database, first.id, series)
    mine = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    assert mine.id != first.id
    assert mine.series is None
    assert store.enqueue(database, workspace, project.id, dataset.id, make_recipe()).id == mine.id


def test_a_run_of_another_project_or_dataset_is_not_the_same(database, workspace, project, dataset, tmp_path):
    other = projects.create(database, "Other")
    images = write_images(tmp_path / "others")
    next(images.rglob("0.png")).unlink()
    other_dataset = take_in(open_source(images), workspace.datasets, lambda done, total: None)
    runs = [
        store.enqueue(database, workspace, of.id, dataset_id, make_recipe()).id
        for of, dataset_id in [(project, dataset.id), (other, dataset.id), (project, other_dataset.id)]
    ]
    assert len(set(runs)) == 3


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a b", "-x", ".hidden", "x" * 65])
def test_a_name_that_is_no_good_for_a_folder_is_refused(database, workspace, project, dataset, name):
    with pytest.raises(RunError, match="A run cannot be called"):
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(), name=name)


def test_a_name_is_given_once(database, workspace, project, dataset):
    store.enqueue(database, workspace, project.id, dataset.id, make_recipe(), name="mine")
    with pytest.raises(RunError, match="There is a run called mine already"):
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(), name="mine")
    assert store.get(database, "mine").state is RunState.QUEUED


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (make_recipe(units=3), "3"),
        (make_recipe(split=NO_VALIDATION), "No image is left for validation"),
    ],
)
def test_what_cannot_be_trained_is_refused_and_leaves_nothing(database, workspace, project, dataset, recipe, sentence):
    with pytest.raises(RecipeError, match=sentence):
        store.enqueue(database, workspace, project.id, dataset.id, recipe, name="mine")
    assert store.of_project(database, project.id) == []
    assert list(workspace.runs.iterdir()) == []


def test_a_project_or_a_dataset_that_is_not_there_is_said_and_leaves_nothing(database, workspace, project, dataset):
    with pytest.raises(DatasetError):
        store.enqueue(database, workspace, project.id, "0" * 16, make_recipe())
    with pytest.raises(ProjectError):
        store.enqueue(database, workspace, "1234", dataset.id, make_recipe())
    assert list(workspace.runs.iterdir()) == []


def test_only_a_finished_run_is_deleted(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    with pytest.raises(RunError, match="is not finished"):
        store.delete(database, workspace, run.id)
    store.request_stop(database, run.id)
    store.delete(database, workspace, run.id)
    assert not store.run_folder(workspace, run.id).exists()
    for action in (store.get, lambda database, run_id: store.delete(database, workspace, run_id)):
        with pytest.raises(RunError, match="There is no run called"):
            action(database, run.id)
