"""From the button of a lesson to its search."""

from dataclasses import replace
from socket import gethostname

import pytest
from sqlalchemy import select, update

from core.errors import LayerlabError, ProjectError
from core.lessons import beginning, worker
from core.lessons.lessons import LESSONS
from core.runs import checks, intakes, projects
from core.runs.states import IntakeState, SearchState
from core.runs.tables import IntakeRow
from core.tuning import searches
from tests.core.runs.builders import ELSEWHERE, eventually

LESSON = LESSONS["learning_rate"]
NOBODY = ["true"]
"""A process that does nothing."""


@pytest.fixture
def begin(database, workspace):
    def begin_(name="Learning rate", guess="middle"):
        return beginning.begin(
            database, workspace, LESSON, guess, project_name=name, dataset_name="Digits", worker=NOBODY
        )

    return begin_


@pytest.fixture
def work(database, workspace, monkeypatch):
    """The work of the process, in this one, and without those that follow."""
    monkeypatch.setattr(worker, "ensure_engine", lambda workspace: None)
    monkeypatch.setattr(checks, "start", lambda *_: None)

    def work_(project, guess="middle"):
        ((intake_id,),) = database.rows(select(IntakeRow.id).where(IntakeRow.project_id == project.id))
        worker.work(database, workspace, LESSON, guess, intake_id)

    return work_


def test_a_lesson_gets_a_project_with_its_recipe_as_the_draft(database, begin):
    project = begin()
    assert (project.name, project.draft, project.dataset_id) == ("Learning rate", LESSON.recipe, None)
    assert projects.get(database, project.id) == project


def test_its_search_begins_when_the_images_are_in(database, begin, work, few_images):
    project = begin()
    work(project)
    search = beginning.search_of(database, project.id)
    assert (search.lesson, search.guess, search.trials) == ("learning_rate", "middle", 4)
    assert (search.recipe, search.space, search.state) == (LESSON.recipe, LESSON.space, SearchState.RUNNING)
    assert search.dataset_id == projects.get(database, project.id).dataset_id
    assert projects.get(database, project.id).draft == LESSON.recipe


def test_lessons_that_were_begun_are_listed_the_newest_first(database, workspace, begin, work, few_images):
    project = begin()
    work(project)
    first = beginning.search_of(database, project.id)
    second = beginning.begin_search(database, workspace, project.id, LESSON, "lowest")
    searches.create(database, workspace, project.id, first.dataset_id, LESSON.recipe, LESSON.space, trials=2)
    assert {each.search_id for each in beginning.begun(database)} == {first.id, second.id}
    assert {(each.lesson, each.project_name) for each in beginning.begun(database)} == {
        ("learning_rate", "Learning rate")
    }


def test_a_lesson_whose_process_is_gone_is_given_up(database, begin):
    project = begin()
    eventually(lambda: intakes.latest(database, project.id).state is IntakeState.LOST)
    assert beginning.is_given_up(database, intakes.latest(database, project.id))


def test_a_lesson_whose_process_is_gone_before_its_search_was_made_is_given_up(
    database, workspace, begin, work, few_images, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(worker, "begin_search", lambda *_: None)
        project = begin()
        work(project)
    with database.writing() as session:
        session.execute(update(IntakeRow).values(process=replace(ELSEWHERE, host=gethostname())))
    assert beginning.is_given_up(database, intakes.latest(database, project.id))
    beginning.begin_search(database, workspace, project.id, LESSON, "middle")
    assert not beginning.is_given_up(database, intakes.latest(database, project.id))


def test_a_guess_that_the_lesson_does_not_have_begins_nothing(database, begin):
    with pytest.raises(LayerlabError, match="by_heart is no guess of this lesson; it has lowest, middle"):
        begin(guess="by_heart")
    assert projects.all_projects(database) == []


def test_without_images_there_is_no_search(database, workspace):
    project = projects.create(database, "Empty")
    with pytest.raises(ProjectError, match="no images yet"):
        beginning.begin_search(database, workspace, project.id, LESSON, "middle")
