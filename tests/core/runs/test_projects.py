from contextlib import nullcontext

import pytest
from sqlalchemy import select

from core.errors import ProjectError
from core.runs import projects, store
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from tests.core.runs.builders import ELSEWHERE, add_search, make_recipe


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "needs a name"),
        ("x" * 81, "has 81 characters; 80 fit"),
        (" Pets ", "There is a project called Pets already"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(database, project, name, sentence):
    with pytest.raises(ProjectError, match=sentence):
        projects.create(database, name)
    other = projects.create(database, "Other")
    with pytest.raises(ProjectError, match=sentence):
        projects.rename(database, other.id, name)


def test_a_project_is_found_again_as_it_was_made(database):
    made = projects.create(database, "  내 고양이 ")
    assert made.name == "내 고양이"
    assert projects.get(database, made.id) == made
    assert (made.dataset_id, made.draft) == (None, None)


def test_a_project_keeps_its_own_name_when_it_is_renamed_to_it(database, project):
    projects.rename(database, project.id, "Pets ")
    assert projects.get(database, project.id).name == "Pets"


def test_the_project_that_was_opened_last_comes_first(timed_database, clock):
    ids = []
    for name in "abc":
        clock.move_on(1)
        ids.append(projects.create(timed_database, name).id)
    clock.move_on(1)
    projects.touch(timed_database, ids[0])
    assert [project.name for project in projects.all_projects(timed_database)] == ["a", "c", "b"]
    assert projects.get(timed_database, ids[0]).opened_at == clock.moment


def test_the_draft_and_the_dataset_are_kept(database, project, dataset):
    recipe = make_recipe()
    projects.save_draft(database, project.id, recipe)
    projects.set_dataset(database, project.id, dataset.id)
    found = projects.get(database, project.id)
    assert (found.draft, found.dataset_id) == (recipe, dataset.id)


def test_an_edit_of_a_draft_that_was_changed_meanwhile_is_refused(database, project):
    first = make_recipe()
    second = first.model_copy(update={"layers": ()})
    projects.save_draft(database, project.id, first)
    projects.replace_draft(database, project.id, second, instead_of=first)
    with pytest.raises(projects.DraftChangedError, match="Pets was changed in another tab"):
        projects.replace_draft(database, project.id, first, instead_of=first)
    assert projects.get(database, project.id).draft == second


def test_a_copy_has_the_dataset_and_the_draft_but_not_the_runs(database, workspace, project, dataset):
    projects.save_draft(database, project.id, make_recipe())
    projects.set_dataset(database, project.id, dataset.id)
    store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    copy = projects.duplicate(database, project.id)
    assert (copy.name, copy.dataset_id, copy.draft) == ("Pets (copy)", dataset.id, make_recipe())
    assert store.of_project(database, copy.id) == []
    assert projects.duplicate(database, project.id).name == "Pets (copy 2)"


def test_a_copy_of_a_long_name_fits(database):
    original = projects.create(database, "x" * 80)
    assert projects.duplicate(database, original.id).name == "x" * 73 + " (copy)"


def test_a_project_goes_with_its_runs_and_their_folders(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    with pytest.raises(ProjectError, match="Pets has a run that is not finished"):
        projects.delete(database, workspace, project.id)
    store.request_stop(database, run.id)
    projects.delete(database, workspace, project.id)
    assert projects.all_projects(database) == []
    assert not store.run_folder(workspace, run.id).exists()
    assert (workspace.datasets / dataset.id).exists()


@pytest.mark.parametrize(
    "action",
    [
        projects.get,
        projects.touch,
        projects.duplicate,
        lambda database, project_id: projects.rename(database, project_id, "New"),
        lambda database, project_id: projects.set_dataset(database, project_id, "0123456789abcdef"),
        lambda database, project_id: projects.save_draft(database, project_id, make_recipe()),
    ],
)
def test_a_project_that_is_not_there_is_said(database, action):
    with pytest.raises(ProjectError, match="There is no project 1234"):
        action(database, "1234")


@pytest.mark.parametrize(
    ("state", "process", "is_refused"),
    [
        (SearchState.RUNNING, None, True),
        (SearchState.PAUSED, ELSEWHERE, True),
        (SearchState.STOPPED, ELSEWHERE, True),
        (SearchState.PAUSED, None, False),
        (SearchState.FAILED, None, False),
    ],
)
def test_a_project_stays_while_a_search_may_yet_make_a_run(
    database, workspace, project, dataset, state, process, is_refused
):
    add_search(database, dataset.id, project_id=project.id, state=state, process=process)
    refusal = pytest.raises(ProjectError, match="Pets has a search that is not finished")
    with refusal if is_refused else nullcontext():
        projects.delete(database, workspace, project.id)
    assert bool(projects.all_projects(database)) == is_refused
    assert bool(database.rows(select(SearchRow.id))) == is_refused
