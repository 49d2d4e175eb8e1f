from core.dataset.editing import RenameClass
from core.recipe_changes import Concern
from core.runs import projects, store, versions
from core.runs.run_changes import changes_between
from tests.core.runs.builders import make_recipe


def test_runs_on_the_same_images_differ_in_their_recipes_alone(database, workspace, project, dataset):
    before, after = (
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(epochs=epochs)) for epochs in (3, 4)
    )
    (change,) = changes_between(database, before, after)
    assert str(change.message) == "epochs: 3 → 4"
    assert changes_between(database, before, before) == ()


def test_other_images_are_a_change_and_come_first(database, workspace, project, dataset):
    projects.set_dataset(database, project.id, dataset.id)
    before = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    edited = versions.apply(database, workspace, project.id, RenameClass("dogs", "개"), instead_of=dataset.id)
    after = store.enqueue(database, workspace, project.id, edited.id, make_recipe(epochs=4))
    images, epochs = changes_between(database, before, after)
    assert (str(images.message), images.concern) == ("images: version 1 → version 2", Concern.DATA)
    assert epochs.path == "training.epochs"
