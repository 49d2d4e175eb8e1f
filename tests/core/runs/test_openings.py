import pytest

from core.dataset.editing import RenameClass
from core.dataset.editing import apply as edited
from core.errors import RunError
from core.runs import projects, store, versions
from core.runs.datasets import register_dataset
from core.runs.openings import openings, record_opening
from core.runs.tables import ProjectRow
from core.runs.version_rows import add_version, replaced_by
from core.split import Split
from tests.core.runs.builders import make_recipe


def test_openings_are_counted_for_a_dataset_and_a_split(database, workspace, project, dataset):
    recipe = make_recipe()
    first, second = (
        store.enqueue(database, workspace, project.id, dataset.id, recipe, name=name) for name in ("a", "b")
    )
    assert openings(database, dataset.id, recipe.split) == 0
    record_opening(database, first.id, accuracy=0.75, images=4)
    record_opening(database, second.id, accuracy=None, images=4)
    assert openings(database, dataset.id, recipe.split) == 2
    assert openings(database, dataset.id, Split(seed=1)) == 0
    assert openings(database, "another", recipe.split) == 0


def test_an_opening_outlives_its_run(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, accuracy=0.75, images=4)
    store.request_stop(database, run.id)
    store.delete(database, workspace, run.id)
    assert openings(database, dataset.id, run.recipe.split) == 1


def test_a_run_that_is_not_there_opens_nothing(database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        record_opening(database, "unknown", accuracy=0.75, images=4)


def test_an_edit_of_the_images_makes_no_test_set_look_unseen(database, workspace, project, dataset):
    projects.set_dataset(database, project.id, dataset.id)
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, accuracy=0.75, images=4)
    renamed = versions.apply(database, workspace, project.id, RenameClass("dogs", "hounds"), dataset.id)
    assert openings(database, renamed.id, run.recipe.split) == 1


def test_images_that_replace_others_begin_unseen(database, workspace, project, dataset, tmp_path):
    projects.set_dataset(database, project.id, dataset.id)
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, accuracy=0.75, images=4)
    others = edited(RenameClass("dogs", "wolves"), dataset, workspace.datasets)
    register_dataset(database, others)
    with database.writing() as session:
        row = session.get_one(ProjectRow, project.id)
        add_version(session, row, others.id, replaced_by("others.zip"), database.now())
    assert openings(database, others.id, run.recipe.split) == 0
