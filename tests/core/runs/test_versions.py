import sys

import pytest

from core.dataset.editing import RemoveImages, RenameClass, SetValue
from core.dataset.store import load
from core.errors import DatasetError, ProjectError
from core.runs import intakes, projects, store, versions
from core.runs.datasets import dataset_summary
from core.runs.tables import ProjectRow, VersionRow
from tests.core.runs.builders import make_recipe

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
RENAMED = RenameClass("dogs", "개")
REMOVED = RemoveImages(("dogs/0.png",))


@pytest.fixture
def edit(database, workspace, project, dataset):
    """Makes an edit of what the project, which begins with ``dataset``, has now."""
    projects.set_dataset(database, project.id, dataset.id)

    def edit_now(change):
        return versions.apply(database, workspace, project.id, change, instead_of=now(database, project))

    return edit_now


def now(database, project) -> str:
    return projects.get(database, project.id).dataset_id


def told(database, project) -> list[tuple]:
    """Number, dataset, what was done, and whether it is the current one."""
    return [
        (version.number, version.dataset_id, version.change and str(version.change), version.is_current)
        for version in versions.history(database, project.id)
    ]


def test_a_project_without_images_has_no_versions(database, project):
    assert versions.history(database, project.id) == []
    assert not versions.can_undo(versions.history(database, project.id))
    assert not versions.can_redo(versions.history(database, project.id))


def test_each_edit_is_a_version_that_is_kept(database, workspace, project, dataset, edit):
    renamed, removed = edit(RENAMED), edit(REMOVED)
    assert told(database, project) == [
        (1, dataset.id, None, False),
        (2, renamed.id, "the class dogs renamed to 개", False),
        (3, removed.id, "1 image removed", True),
    ]
    assert now(database, project) == removed.id
    summary = dataset_summary(database, removed.id)
    assert (summary.images, set(summary.class_names)) == (19, {"개", "고양이"})
    assert load(workspace.datasets, dataset.id).class_names == dataset.class_names


def test_an_edit_that_changes_nothing_is_no_version(database, project, dataset, edit):
    assert edit(RenameClass("dogs", "dogs")).id == dataset.id
    assert len(versions.history(database, project.id)) == 1


def test_edits_are_undone_and_made_again_one_by_one(database, project, dataset, edit):
    renamed, removed = edit(RENAMED), edit(REMOVED)
    assert versions.undo(database, project.id, removed.id) == renamed.id
    known = versions.history(database, project.id)
    assert (versions.can_undo(known), versions.can_redo(known)) == (True, True)
    assert versions.undo(database, project.id, renamed.id) == dataset.id == now(database, project)
    assert [version.is_current for version in versions.history(database, project.id)] == [True, False, False]
    with pytest.raises(ProjectError, match="There is no change of the images to undo"):
        versions.undo(database, project.id, dataset.id)
    assert not versions.can_undo(versions.history(database, project.id))
    versions.redo(database, project.id, dataset.id)
    assert versions.redo(database, project.id, renamed.id) == removed.id == now(database, project)
    with pytest.raises(ProjectError, match="There is no change of the images to make again"):
        versions.redo(database, project.id, removed.id)
    assert not versions.can_redo(versions.history(database, project.id))


def test_an_edit_after_an_undo_drops_what_was_undone_from_the_history_and_keeps_its_folder(
    database, workspace, project, dataset, edit
):
    renamed = edit(RENAMED)
    versions.undo(database, project.id, renamed.id)
    removed = edit(REMOVED)
    assert told(database, project) == [(1, dataset.id, None, False), (2, removed.id, "1 image removed", True)]
    assert load(workspace.datasets, renamed.id).class_names == ("개", "고양이")


def test_who_saw_other_images_changes_nothing(database, workspace, project, dataset, edit):
    renamed = edit(RENAMED)
    for change in (
        lambda: versions.apply(database, workspace, project.id, REMOVED, instead_of=dataset.id),
        lambda: versions.undo(database, project.id, dataset.id),
        lambda: versions.redo(database, project.id, dataset.id),
        lambda: intakes.start(database, workspace, project.id, "digits", "digits", base_id=dataset.id),
    ):
        with pytest.raises(projects.ImagesChangedError, match="The images of Pets were changed in another tab"):
            change()
    assert now(database, project) == renamed.id
    assert len(versions.history(database, project.id)) == 2


def test_of_two_edits_at_the_same_moment_the_second_is_refused(
    database, workspace, project, dataset, edit, monkeypatch
):
    apply_edit = versions.apply_edit

    def apply_while_another_does(change, of, datasets):
        monkeypatch.setattr(versions, "apply_edit", apply_edit)
        edit(RENAMED)
        return apply_edit(change, of, datasets)

    monkeypatch.setattr(versions, "apply_edit", apply_while_another_does)
    with pytest.raises(projects.ImagesChangedError):
        edit(REMOVED)
    assert [change for _, _, change, _ in told(database, project)] == [None, "the class dogs renamed to 개"]


def test_an_edit_that_cannot_be_made_is_no_version(database, project, dataset, edit):
    with pytest.raises(DatasetError, match="have classes, not numbers"):
        edit(SetValue(("dogs/0.png",), 1.0))
    assert now(database, project) == dataset.id


def test_nothing_is_edited_while_images_are_taken_in(database, workspace, project, dataset, edit):
    renamed = edit(RENAMED)
    intake = intakes.start(database, workspace, project.id, "digits", "digits", worker=SLEEP)
    with pytest.raises(ProjectError, match="Images of digits are being taken in"):
        edit(REMOVED)
    with pytest.raises(ProjectError, match="Images of digits are being taken in"):
        versions.undo(database, project.id, renamed.id)
    intakes.cancel(database, intake.id, patience_seconds=0)
    assert versions.undo(database, project.id, renamed.id) == dataset.id


def test_a_project_from_before_there_were_versions_begins_with_the_images_that_it_has(
    database, workspace, project, dataset
):
    with database.writing() as session:
        session.get_one(ProjectRow, project.id).dataset_id = dataset.id
    assert told(database, project) == [(1, dataset.id, None, True)]
    assert told(database, project) == [(1, dataset.id, None, True)]
    older = projects.create(database, "Older")
    with database.writing() as session:
        session.get_one(ProjectRow, older.id).dataset_id = dataset.id
    versions.apply(database, workspace, older.id, RENAMED, instead_of=dataset.id)
    assert [version.number for version in versions.history(database, older.id)] == [1, 2]
    assert versions.can_undo(versions.history(database, older.id))


def test_a_run_and_the_draft_keep_what_they_had(database, workspace, project, dataset, edit):
    projects.save_draft(database, project.id, make_recipe())
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    edit(RENAMED)
    assert store.get(database, run.id).dataset_id == dataset.id
    assert projects.get(database, project.id).draft == make_recipe()


def test_a_copy_of_a_project_begins_with_its_images_and_goes_its_own_way(database, workspace, project, dataset, edit):
    renamed = edit(RENAMED)
    copy = projects.duplicate(database, project.id)
    assert told(database, copy) == [(1, renamed.id, None, True)]
    versions.apply(database, workspace, copy.id, REMOVED, instead_of=renamed.id)
    assert now(database, project) == renamed.id


def test_the_versions_go_with_their_project(database, workspace, project, edit):
    edit(RENAMED)
    projects.delete(database, workspace, project.id)
    with database.reading() as session:
        assert session.query(VersionRow).count() == 0
    with pytest.raises(ProjectError, match="There is no project"):
        versions.history(database, project.id)
