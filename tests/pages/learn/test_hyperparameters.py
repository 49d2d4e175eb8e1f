"""The screen of the lessons: the guess before, the way to the search, the answer after."""

from dataclasses import replace

import pytest

from core.dataset.sources import SAMPLES
from core.lessons import beginning, worker
from core.lessons.lessons import LESSONS
from core.runs import checks, intakes, projects
from core.tuning import claim, searches
from tests.core.runs.builders import ELSEWHERE
from tests.core.tuning.builders import ME, conduct, conductor

PAGE, TUNE = "pages/learn/hyperparameters.py", "pages/train/tune.py"
LESSON = LESSONS["learning_rate"]
EVERY = 50


@pytest.fixture
def lessons(app):
    """The screen, without a project."""
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


@pytest.fixture
def begins(monkeypatch, kept):
    """A few images are taken in, and the search is begun, by this process, as soon as ``work`` in it is true."""
    digits = SAMPLES["digits"]

    def members(folder):
        return (member for position, member in enumerate(digits.members(folder)) if position % EVERY == 0)

    monkeypatch.setitem(SAMPLES, "digits", replace(digits, images=digits.images // EVERY, members=members))
    monkeypatch.setattr(worker, "ensure_engine", lambda workspace: None)
    monkeypatch.setattr(checks, "start", lambda *_: None)
    begun = {"works": True}

    def start(command, workspace, *_others, **_more):
        *_module, lesson, guess, intake_id = command
        begun["lesson"], begun["guess"] = lesson, guess
        if begun["works"]:
            worker.work(kept.database, workspace, LESSONS[lesson], guess, intake_id)
        return ELSEWHERE

    monkeypatch.setattr(intakes, "start_detached", start)
    return begun


def guess(app, name="middle", lesson=LESSON):
    return app.radio(key=f"lesson_card_{lesson.name}_guess").set_value(name).run()


def button(app, lesson=LESSON):
    return app.button(key=f"lesson_card_{lesson.name}_begin")


def texts(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def test_the_lessons_are_there_without_a_project(lessons):
    assert [title.value for title in lessons.title] == ["Hyperparameters"]
    assert [heading.value for heading in lessons.subheader] == [lesson.title for lesson in LESSONS.values()]
    for lesson in LESSONS.values():
        assert lesson.question in texts(lessons)


def test_what_will_be_tried_is_read_from_the_recipe_and_the_space(lessons):
    assert "- Learning rate: 0.0001, 0.003, 0.1, 3" in texts(lessons)
    assert "4 trials of 6 epochs with 3,500 training images of the sample set Handwritten digits." in texts(lessons)
    assert "- Batch size: 16, 64, 256, 1,024" in texts(lessons)
    assert "- Filters of layer 2 (Conv2D): 1, 64" in texts(lessons)
    assert "4 trials of 20 epochs with 300 training images of the sample set Animal silhouettes." in texts(lessons)


def test_without_a_guess_a_lesson_does_not_begin(lessons):
    assert all(button(lessons, lesson).disabled for lesson in LESSONS.values())
    guess(lessons)
    assert not button(lessons).disabled
    assert button(lessons, LESSONS["capacity"]).disabled


def test_a_lesson_makes_a_project_and_leads_to_its_search(lessons, kept, begins):
    button(guess(lessons)).click().run()
    assert not lessons.exception
    (project,) = projects.all_projects(kept.database)
    search = beginning.search_of(kept.database, project.id)
    assert (project.name, search.lesson, search.guess) == ("Learning rate", "learning_rate", "middle")
    assert [title.value for title in lessons.title] == ["Tune"]
    assert "The answer comes when all trials are done." in texts(lessons)
    assert "One in the middle" in texts(lessons)


def test_while_the_images_are_taken_in_the_screen_waits(lessons, kept, begins):
    begins["works"] = False
    button(guess(lessons)).click().run()
    assert "First the images are taken in" in lessons.get("progress")[0].proto.text
    assert [key for key in (each.key for each in lessons.button) if key == "lesson_card_learning_rate_begin"] == []
    guess(lessons, lesson=LESSONS["batch_size"])
    assert button(lessons, LESSONS["batch_size"]).disabled
    intake = intakes.latest(kept.database, projects.all_projects(kept.database)[0].id)
    worker.work(kept.database, kept.workspace, LESSON, "middle", intake.id)
    lessons.run()
    assert [title.value for title in lessons.title] == ["Tune"]


def test_a_lesson_that_could_not_be_begun_says_so_and_can_be_begun_again(lessons, kept, begins):
    begins["works"] = False
    button(guess(lessons)).click().run()
    intakes.cancel(kept.database, intakes.latest(kept.database, projects.all_projects(kept.database)[0].id).id, 0)
    lessons.run()
    assert "The lesson could not be begun" in lessons.error[0].value
    begins["works"] = True
    button(lessons).click().run()
    assert {project.name for project in projects.all_projects(kept.database)} == {"Learning rate", "Learning rate 2"}
    assert [title.value for title in lessons.title] == ["Tune"]


def test_a_lesson_that_was_begun_is_a_click_away(lessons, kept, begins):
    button(guess(lessons)).click().run()
    (begun,) = beginning.begun(kept.database)
    lessons.switch_page(PAGE).run()
    lessons.button(key=f"lesson_card_open_{begun.search_id}").click().run()
    assert not lessons.exception
    assert [title.value for title in lessons.title] == ["Tune"]


ACCURACIES = {0.0001: 0.1, 0.003: 0.7, 0.1: 0.9, 3.0: 0.1}


@pytest.fixture
def answered(lessons, kept, begins):
    """The screen of a search that is over, for somebody who expected what is given."""

    def answered_(expected):
        button(guess(lessons, expected)).click().run()
        search = beginning.search_of(kept.database, projects.all_projects(kept.database)[0].id)
        at_work = conductor(kept.database, kept.workspace, search)
        conduct(
            kept.database, at_work, search.id, lambda run: [ACCURACIES[run.recipe.training.optimizer.learning_rate]]
        )
        at_work.close()
        claim.release(kept.database, search.id, ME)
        assert searches.get(kept.database, search.id).is_at_rest
        lessons.switch_page(TUNE).run()
        assert not lessons.exception
        return lessons

    return answered_


def test_when_all_trials_are_done_the_answer_is_there_with_its_figures(answered):
    app = answered("middle")
    assert "It came out as you guessed." in [each.value for each in app.success]
    assert "0.1 went furthest" in texts(app).replace("\\", "")
    (table,) = (each.value for each in app.dataframe if "Learning rate" in each.value)
    assert table["Learning rate"].tolist() == ["0.0001", "0.003", "0.1", "3"]
    assert table["Right in validation"].tolist() == ["10.0%", "70.0%", "90.0%", "10.0%"]
    assert LESSON.hint in texts(app)


def test_a_guess_that_was_wrong_is_told_what_came_out(answered):
    app = answered("highest")
    assert "It came out differently, and now you know: One in the middle." in [each.value for each in app.info]
