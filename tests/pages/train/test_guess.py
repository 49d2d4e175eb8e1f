"""Predict, then reveal: a guess is committed with the start of a run and answered by it."""

import pytest

from core.runs import guesses, projects, store
from core.runs.questions import Question
from core.runs.series import join
from core.runs.states import RunState
from tests.pages.worked_runs import finished, running, with_seed

PAGE = "pages/train/runs.py"
ANSWER = "guess_form_higher_rate_1"


@pytest.fixture
def before(kept, project_with_digits):
    """A completed run, after which the learning rate of the draft was raised."""
    run = finished(kept, project_with_digits)
    draft = project_with_digits.draft
    optimizer = draft.training.optimizer.model_copy(update={"learning_rate": 0.01})
    training = draft.training.model_copy(update={"optimizer": optimizer})
    projects.save_draft(kept.database, project_with_digits.id, draft.model_copy(update={"training": training}))
    return run


def texts(app) -> str:
    kinds = (app.markdown, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def is_asked(app) -> bool:
    return "Guess first" in [expander.label for expander in app.expander]


def test_the_first_run_has_nothing_to_be_guessed_beside(open_screen):
    assert not is_asked(open_screen(PAGE))


def test_the_same_again_is_no_question(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    assert not is_asked(open_screen(PAGE))


def test_the_question_says_what_changed(open_screen, before):
    app = open_screen(PAGE)
    assert is_asked(app)
    assert "Only one thing changed, learning rate: 0.001 → 0.01." in texts(app)
    assert "The learning rate is higher than in run 1. Will it learn faster, slower, or not at all?" in texts(app)


def test_a_guess_is_kept_with_the_run_that_is_started(open_screen, kept, before):
    app = open_screen(PAGE)
    app.segmented_control(key=ANSWER).set_value("slower").run()
    app.button(key="runs_start").click().run()
    run = store.of_project(kept.database, before.project_id)[0]
    assert guesses.guess_of(kept.database, run.id) == guesses.Guess(Question("higher_rate", 1), "slower")
    assert "Your guess: slower" in texts(app)
    assert "The run answers when it is over." in texts(app)
    assert not is_asked(app)


def test_who_does_not_guess_starts_as_ever(open_screen, kept, before):
    app = open_screen(PAGE)
    app.button(key="runs_start").click().run()
    run = store.of_project(kept.database, before.project_id)[0]
    assert run.number == 2
    assert guesses.guess_of(kept.database, run.id) is None
    assert "Your guess" not in texts(app)


@pytest.mark.parametrize(("guess", "icon"), [("as_fast", "check_circle"), ("faster", "lightbulb")])
def test_the_run_answers(open_screen, kept, project_with_digits, before, guess, icon):
    draft = projects.get(kept.database, project_with_digits.id).draft
    run = store.enqueue(kept.database, kept.workspace, project_with_digits.id, before.dataset_id, draft)
    guesses.save_guess(kept.database, run.id, guesses.Guess(Question("higher_rate", 1), guess))
    assert finished(kept, project_with_digits, recipe=draft).id == run.id
    app = open_screen(PAGE)
    words = "It came out: about as fast.** Run 2 reached 90.0%, the best of run 1, in epoch 2; run 1 did in epoch 2."
    assert f":material/{icon}: **{words}" in texts(app)


def test_a_run_beside_one_that_trains_can_be_guessed(open_screen, kept, project_with_digits, before):
    running(kept, project_with_digits, 1)
    app = open_screen(PAGE)
    assert "than in run 2" in texts(app)


def test_what_a_run_that_was_stopped_answers_cannot_be_told(open_screen, kept, project_with_digits, before):
    draft = projects.get(kept.database, project_with_digits.id).draft
    run = store.enqueue(kept.database, kept.workspace, project_with_digits.id, before.dataset_id, draft)
    guesses.save_guess(kept.database, run.id, guesses.Guess(Question("higher_rate", 1), "faster"))
    finished(kept, project_with_digits, epochs=2, state=RunState.STOPPED, recipe=draft)
    app = open_screen(PAGE)
    assert ":material/help: **It cannot be told.** Run 2 was stopped in epoch 3 of 5" in texts(app)


def in_series(kept, project, series: str):
    """A completed run of another seed that belongs to a series."""
    run = finished(kept, project, recipe=with_seed(project.draft, 1))
    join(kept.database, run.id, series)


def stopped(kept, project):
    finished(kept, project, epochs=1, state=RunState.STOPPED, recipe=with_seed(project.draft, 1))


@pytest.mark.parametrize(
    ("newer", "number"),
    [
        (stopped, 1),
        (lambda kept, project: in_series(kept, project, "search-1f"), 1),
        (lambda kept, project: in_series(kept, project, "seeds-1f"), 2),
    ],
)
def test_it_is_compared_with_the_newest_run_that_can_be(open_screen, kept, project_with_digits, before, newer, number):
    newer(kept, project_with_digits)
    assert f"run {number}" in texts(open_screen(PAGE)).partition("changed")[2].partition("?")[0]
