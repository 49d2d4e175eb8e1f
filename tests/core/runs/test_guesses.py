"""Predict, then reveal: the question, the guess that is kept, and what the run answers."""

import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.dummy import DummyRegressor
from sklearn.metrics import mean_absolute_error

from core.errors import RunError
from core.recipe import Recipe, parse
from core.runs import progress, queue, store
from core.runs.breakdown import breakdown
from core.runs.guess_outcomes import Course, answered, outcome
from core.runs.guesses import Guess, guess_of, save_guess
from core.runs.progress import EpochMetrics
from core.runs.questions import (
    AS_FAST,
    FASTER,
    HIGHER,
    KINDS,
    LOWER,
    NOT_AT_ALL,
    SLOWER,
    THE_SAME,
    Question,
    question,
)
from core.runs.states import RunState
from core.split import read_assignment
from tests.core.dataset.number_images import number_dataset
from tests.core.runs.builders import ELSEWHERE, make_recipe

EVEN = np.array([50, 50])
"""A hundred validation images of two classes: guessing is right on half of them."""

ACCURACY, ERROR = Question("accuracy", 1), Question("error", 1)
SPEED = Question("higher_rate", 1)
GUESS = Guess(SPEED, FASTER)


def with_training(recipe: Recipe, **changes) -> Recipe:
    return recipe.model_copy(update={"training": recipe.training.model_copy(update=changes)})


def with_rate(recipe: Recipe, rate: float) -> Recipe:
    return with_training(recipe, optimizer=recipe.training.optimizer.model_copy(update={"learning_rate": rate}))


def with_batches(recipe: Recipe, size: int) -> Recipe:
    return with_training(recipe, batch_size=size)


def course(number: int, *accuracies: float, counts: np.ndarray = EVEN, **known) -> Course:
    rows = {"epoch": range(1, len(accuracies) + 1), "val_loss": [1 - each for each in accuracies]}
    return Course(number, pd.DataFrame(rows | {"val_accuracy": accuracies}), counts, **known)


def errors(number: int, *values: float, **known) -> Course:
    rows = {"epoch": range(1, len(values) + 1), "val_loss": [each**2 for each in values], "val_accuracy": np.nan}
    table = pd.DataFrame(rows | {"val_mean_absolute_error": values})
    return Course(number, table, np.zeros(0, dtype=np.int64), **known)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (lambda recipe: with_rate(recipe, 0.1), "higher_rate"),
        (lambda recipe: with_rate(recipe, 0.0001), "lower_rate"),
        (lambda recipe: with_batches(recipe, 64), "larger_batch"),
        (lambda recipe: with_batches(recipe, 8), "smaller_batch"),
        (lambda recipe: with_batches(with_rate(recipe, 0.1), 8), "accuracy"),
        (lambda recipe: with_training(recipe, epochs=9), "accuracy"),
        (lambda recipe: recipe, "accuracy"),
    ],
)
def test_the_question_follows_from_what_changed(changed, kind):
    recipe = make_recipe()
    asked = question(recipe, 3, changed(recipe), has_accuracy=True)
    assert asked == Question(kind, 3)
    assert "run 3" in str(asked.message)


def test_numbers_are_asked_about_by_their_error():
    recipe = make_recipe()
    assert question(recipe, 3, with_training(recipe, epochs=9), has_accuracy=False).kind == "error"


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_read_back_as_it_was_kept(kind):
    asked = Question(kind, 1_234)
    assert Question.parse(asked.to_text()) == asked
    assert len(Question(kind, 10**12).to_text()) <= 32


# The other run has its best, 80 %, in epoch 3.
OTHER = course(1, 0.5, 0.7, 0.8, 0.75)


@pytest.mark.parametrize(
    ("asked", "ours", "theirs", "answer"),
    [
        (SPEED, course(2, 0.7, 0.8), OTHER, FASTER),
        (SPEED, course(2, 0.6, 0.7, 0.9), OTHER, AS_FAST),
        (SPEED, course(2, 0.6, 0.7, 0.7, 0.81), OTHER, SLOWER),
        (SPEED, course(2, 0.7, 0.79), OTHER, SLOWER),  # it never gets there
        (SPEED, course(2, 0.9, 0.5), OTHER, NOT_AT_ALL),
        (SPEED, course(2, 0.9, np.float32(0.1), counts=np.full(10, 10)), OTHER, NOT_AT_ALL),  # a bit above 0.1
        (SPEED, course(2, 0.7, 0.61), OTHER, SLOWER),  # 61 of 100: the interval begins at 51 %
        (SPEED, course(2, 0.7, 0.6, counts=np.array([40, 60])), OTHER, NOT_AT_ALL),  # 60 % are of one class
        (SPEED, course(2, has_diverged=True), OTHER, NOT_AT_ALL),
        (SPEED, course(2, 0.9, has_diverged=True), OTHER, NOT_AT_ALL),
        (SPEED, errors(2, 4.0, 1.0), errors(1, 5.0, 3.0, 1.5), FASTER),
        (SPEED, errors(2, 4.0, 4.5), errors(1, 5.0, 3.0, 1.5), NOT_AT_ALL),
        (SPEED, errors(2, 2.0, 1.2, 2.1), errors(1, 5.0, 3.0, 1.5), FASTER),  # it overfits after its best
        (SPEED, errors(2, 2.0, 1.2, 2.1, guessing_error=2.05), errors(1, 5.0, 3.0, 1.5), FASTER),
        (SPEED, errors(2, 2.0, 2.4, guessing_error=3.0), errors(1, 5.0, 3.0, 1.5), SLOWER),
        (SPEED, errors(2, 4.0, 3.6, guessing_error=3.0), errors(1, 5.0, 3.0, 1.5), NOT_AT_ALL),
        # 80 of 100 can mean 71.1 % to 86.7 % (Wilson)
        (ACCURACY, course(2, 0.87), OTHER, HIGHER),
        (ACCURACY, course(2, 0.86), OTHER, THE_SAME),
        (ACCURACY, course(2, 0.72), OTHER, THE_SAME),
        (ACCURACY, course(2, 0.71), OTHER, LOWER),
        (ERROR, errors(2, 1.0), errors(1, 1.2), LOWER),
        (ERROR, errors(2, 1.0), errors(1, 1.05), THE_SAME),
        (ERROR, errors(2, 1.2), errors(1, 1.0), HIGHER),
    ],
)
def test_the_run_answers_by_stated_rules(asked, ours, theirs, answer):
    found = outcome(asked, ours, theirs)
    assert found is not None
    assert found.answer == answer
    assert answer in KINDS[asked.kind].answers
    assert "{" not in str(found.evidence)


@pytest.mark.parametrize(
    ("ours", "evidence"),
    [
        (
            course(2, 0.9, 0.5),
            "Run 2 ended no better than guessing: 50.0% of the validation images are right, and always answering the "
            "most common class gets 50.0%.",
        ),
        (
            errors(2, 4.0, 3.6, 3.8, guessing_error=3.0),
            "Run 2 was never better than guessing: its lowest error is 3.6, and always answering the mean of the "
            "training images gets 3.",
        ),
        (
            errors(2, 4.0, 4.5),
            "On the validation images run 2 was at 4 after its first epoch, and after no later one better.",
        ),
    ],
)
def test_that_a_run_learned_nothing_is_told_by_what_is_known(ours, evidence):
    assert str(outcome(SPEED, ours, OTHER).evidence) == evidence


FEW = np.array([10, 10])
"""Twenty validation images. Of 14 right the interval begins at 48.1 %, of 15 at 53.1 % (Wilson); of 55 of a hundred,
at 45.2 %."""


@pytest.mark.parametrize(
    "ours",
    [
        course(2, 0.7, counts=FEW),
        course(2, 0.9, 0.7, counts=FEW),
        course(2, 0.9, 0.55),
        course(2, 0.7, 0.61, counts=np.array([40, 60])),
    ],
)
def test_whether_an_accuracy_just_above_guessing_is_more_than_chance_cannot_be_told(ours):
    found = outcome(SPEED, ours, OTHER)
    assert found.answer is None
    assert "validation images are too few to tell run 2 from guessing" in str(found.evidence)
    assert outcome(ACCURACY, ours, OTHER).answer is not None


def test_too_few_images_are_told_with_their_number():
    assert str(outcome(SPEED, course(2, 0.7, counts=FEW), OTHER).evidence) == (
        "20 validation images are too few to tell run 2 from guessing: it ended with 70.0% of them right, and always "
        "answering the most common class gets 50.0%."
    )


@pytest.mark.parametrize(("accuracy", "answer"), [(0.5, NOT_AT_ALL), (0.45, NOT_AT_ALL), (0.75, SLOWER)])
def test_few_images_can_be_enough(accuracy, answer):
    assert outcome(SPEED, course(2, accuracy, counts=FEW), OTHER).answer == answer


@pytest.mark.parametrize(("ours", "theirs"), [(course(2), OTHER), (OTHER, course(2))])
@pytest.mark.parametrize("asked", [SPEED, ACCURACY])
def test_without_figures_it_cannot_be_told(asked, ours, theirs):
    found = outcome(asked, ours, theirs)
    assert found.answer is None
    assert str(found.evidence) == "Run 2 has no figure on the validation images to compare."


@pytest.mark.parametrize(("last", "answer"), [(np.nan, NOT_AT_ALL), (0.8, FASTER)])
def test_a_run_whose_last_figure_is_no_number_has_not_learned(last, answer):
    found = outcome(SPEED, course(2, 0.8, last), OTHER)
    assert found.answer == answer
    assert ("no number any more" in str(found.evidence)) is (answer == NOT_AT_ALL)


def test_how_far_a_run_got_before_its_figures_were_no_numbers_counts():
    assert outcome(ACCURACY, course(2, 0.9, np.nan), OTHER).answer == HIGHER
    assert outcome(SPEED, course(2, 0.7, 0.8), course(1, 0.5, 0.8, np.nan)).answer == AS_FAST


shares = st.lists(st.integers(70, 100).map(lambda right: right / 100), min_size=1, max_size=8)


@given(shares, shares)
def test_the_faster_of_two_that_get_equally_far_is_answered_by_slower(first, second):
    first, second = [*first, 1.0], [*second, 1.0]
    mirrored = {FASTER: SLOWER, SLOWER: FASTER, AS_FAST: AS_FAST}
    there = outcome(SPEED, course(2, *first), course(1, *second))
    back = outcome(SPEED, course(2, *second), course(1, *first))
    assert there is not None
    assert back is not None
    assert mirrored[there.answer] == back.answer


@pytest.fixture
def queued(database, workspace, project, dataset):
    return lambda **recipe: store.enqueue(database, workspace, project.id, dataset.id, make_recipe(**recipe)).id


def work(database, run_id: str, *accuracies: float) -> None:
    assert queue.claim(database, ELSEWHERE) == run_id
    progress.begin(database, run_id, os.getpid())
    epochs = [EpochMetrics(epoch, 1, 0.5, 1, accuracy, 2, step=epoch) for epoch, accuracy in enumerate(accuracies, 1)]
    progress.report(database, run_id, epochs=epochs)


def test_a_guess_is_kept_with_the_run_and_stays(database, queued):
    run_id = queued()
    assert guess_of(database, run_id) is None
    save_guess(database, run_id, GUESS)
    save_guess(database, run_id, Guess(ACCURACY, LOWER))
    assert guess_of(database, run_id) == GUESS


def test_what_has_shown_something_cannot_be_guessed(database, queued):
    run_id = queued()
    work(database, run_id, 0.5)
    with pytest.raises(RunError, match="Guess before"):
        save_guess(database, run_id, GUESS)


def test_the_answer_comes_when_both_runs_are_over(database, workspace, queued):
    first, second = queued(), queued(seed=1)
    work(database, first, 0.5, 1.0)
    progress.finish(database, first, RunState.COMPLETED)
    work(database, second, 1.0)
    asked = Question("lower_rate", 1)
    assert answered(database, workspace, store.get(database, second), asked) is None
    progress.finish(database, second, RunState.COMPLETED)
    found = answered(database, workspace, store.get(database, second), asked)
    assert found is not None
    assert found.answer == FASTER
    assert str(found.evidence) == "Run 2 reached 100.0%, the best of run 1, in epoch 1; run 1 did in epoch 2."


def test_a_training_that_broke_down_did_not_learn_at_all(database, workspace, queued):
    first, second = queued(), queued(seed=1)
    work(database, first, 1.0)
    progress.finish(database, first, RunState.COMPLETED)
    work(database, second)
    progress.finish(database, second, RunState.FAILED, breakdown(1, float("nan"), 10.0))
    found = answered(database, workspace, store.get(database, second), SPEED)
    assert found is not None
    assert found.answer == NOT_AT_ALL


NUMBERS = """
image: {height: 8, width: 8, channels: 1}
layers: [{kind: Flatten}, {kind: Dense, units: 1}]
training: {loss: mean_squared_error, optimizer: {kind: Adam}, metrics: [mean_absolute_error], seed: %d}
"""


@pytest.mark.parametrize(("share", "answer"), [(1.01, NOT_AT_ALL), (0.99, FASTER)])
def test_numbers_are_guessed_by_the_mean_of_the_training_images(database, workspace, tmp_path, share, answer):
    dataset = number_dataset(tmp_path, workspace.datasets, 40)
    first, second = (store.enqueue(database, workspace, None, dataset.id, parse(NUMBERS % seed)) for seed in range(2))
    values, split = dataset.images[["value"]], read_assignment(store.run_folder(workspace, second.id) / "split.csv")
    train, validation = values.iloc[split.rows("train")], values.iloc[split.rows("validation")]
    guessed = DummyRegressor(strategy="mean").fit(train, train["value"]).predict(validation)
    guessing = mean_absolute_error(validation["value"], guessed)
    for run, errors_ in ((first, [9 * guessing, guessing]), (second, [share * guessing, 2 * guessing])):
        assert queue.claim(database, ELSEWHERE) == run.id
        progress.begin(database, run.id, os.getpid())
        epochs = [
            EpochMetrics(epoch, 1.0, None, 1.0, None, 2.0, step=epoch, metrics={"val_mean_absolute_error": error})
            for epoch, error in enumerate(errors_, 1)
        ]
        progress.report(database, run.id, epochs=epochs)
        progress.finish(database, run.id, RunState.COMPLETED)
    found = answered(database, workspace, store.get(database, second.id), SPEED)
    assert found is not None
    assert found.answer == answer


@pytest.fixture
def pair(database, queued):
    """Ends two runs that have done one epoch of three, each in its own way; their ids."""

    def pair(first: RunState, second: RunState) -> list[str]:
        run_ids = [queued(), queued(seed=1)]
        for run_id, state in zip(run_ids, (first, second), strict=True):
            work(database, run_id, 1.0)
            if state is not RunState.RUNNING:
                progress.finish(database, run_id, state)
        return run_ids

    return pair


CUT_SHORT = {
    RunState.STOPPED: "was stopped in epoch 2 of 3",
    RunState.FAILED: "failed in epoch 2 of 3",
    RunState.LOST: "was lost in epoch 2 of 3",
}


@pytest.mark.parametrize("asked", [SPEED, ACCURACY])
@pytest.mark.parametrize("is_ours", [True, False])
@pytest.mark.parametrize("state", CUT_SHORT)
def test_of_a_run_that_was_cut_short_nothing_can_be_told(database, workspace, pair, asked, is_ours, state):
    whole = RunState.COMPLETED
    _, second = pair(*((whole, state) if is_ours else (state, whole)))
    found = answered(database, workspace, store.get(database, second), asked)
    assert found is not None
    assert found.answer is None
    assert str(found.evidence).startswith(f"Run {2 if is_ours else 1} {CUT_SHORT[state]}, and nobody knows")


def test_while_the_other_run_is_at_work_there_is_no_answer_yet(database, workspace, pair):
    _, second = pair(RunState.RUNNING, RunState.COMPLETED)
    assert answered(database, workspace, store.get(database, second), SPEED) is None


@pytest.mark.parametrize("asked", [SPEED, ACCURACY])
def test_where_the_other_run_was_deleted_it_cannot_be_told(database, workspace, pair, asked):
    first, second = pair(RunState.COMPLETED, RunState.COMPLETED)
    store.delete(database, workspace, first)
    found = answered(database, workspace, store.get(database, second), asked)
    assert found is not None
    assert found.answer is None
    assert str(found.evidence) == "Run 1, which it was to be compared with, was deleted."


def test_a_run_of_the_command_line_is_compared_with_one_of_the_command_line(database, workspace, dataset):
    runs = [store.enqueue(database, workspace, None, dataset.id, make_recipe(seed=seed)) for seed in (0, 1)]
    for run in runs:
        work(database, run.id, 1.0)
        progress.finish(database, run.id, RunState.COMPLETED)
    found = answered(database, workspace, store.get(database, runs[1].id), SPEED)
    assert found is not None
    assert found.answer == AS_FAST
