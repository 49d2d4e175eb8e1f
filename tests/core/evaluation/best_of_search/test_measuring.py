"""How much the best of a search flatters: reckoned at first, measured on the answers of its trials once asked."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from core.errors import RunError
from core.evaluation import judge
from core.evaluation.best_of_search import measuring
from core.evaluation.best_of_search.measuring import candidates, judgeable, measured, of_search, task_of
from core.evaluation.judge import stored_evaluation
from core.runs import analyses, store
from core.runs.states import IntakeState, RunState
from core.training.build import build
from core.training.export_files import save_model
from core.tuning.flattery import by_bootstrap, by_formula
from core.tuning.trials import trials
from tests.core.runs.builders import eventually
from tests.core.runs.conftest import database, dataset, upgraded_file, workspace
from tests.core.tuning.builders import conduct, conductor, create, make_space

__all__ = ["database", "dataset", "upgraded_file", "workspace"]

VALIDATION_IMAGES = 4
ACCURACIES = (0.5, 0.75, 0.25)
FIRSTS = np.array([[0.9, 0.9, 0.9, 0.9], [0.9, 0.1, 0.9, 0.1], [0.1, 0.1, 0.1, 0.9]])
"""Of each trial and image, the probability of the first class."""


@pytest.fixture
def searched(database, workspace, dataset):
    """A search to its end, whose trials come to these accuracies, or end in these states; and its table."""

    def searched(came_to=ACCURACIES, **changes):
        left = iter(came_to)
        search = create(database, workspace, dataset, make_space(sampler="random", **changes), trials=len(ACCURACIES))

        def worker(_run):
            each = next(left)
            return each if isinstance(each, RunState) else [each]

        search = conduct(database, conductor(database, workspace, search), search.id, worker)
        return search, trials(database, search.id)

    return searched


@pytest.fixture
def answers(monkeypatch):
    """Each trial's model, by its number, gives the two classes these probabilities on each validation image."""

    def answers(of_trials):
        def predict(model, _images, rows):
            assert len(rows) == VALIDATION_IMAGES
            first = np.asarray(of_trials[int(model.parent.name.rsplit("-", 1)[1])], dtype=float)
            return np.column_stack([first, 1 - first])

        monkeypatch.setattr(judge, "predict", predict)

    return answers


def labels(database, workspace, table) -> np.ndarray:
    return stored_evaluation(database, workspace, table["run_id"][0], "validation").predictions["label"].to_numpy()


def test_before_it_is_measured_it_is_reckoned(database, workspace, searched):
    search, table = searched()
    assert of_search(database, workspace, search, table) == by_formula(3, VALIDATION_IMAGES, 0.75)


def test_of_losses_nothing_is_reckoned(database, workspace, searched):
    assert of_search(database, workspace, *searched(objective="val_loss")) is None


def test_of_a_search_without_a_complete_trial_there_is_nothing_to_say(database, workspace, dataset):
    search = create(database, workspace, dataset)
    assert of_search(database, workspace, search, trials(database, search.id)) is None


def test_it_is_measured_on_what_the_trials_answer_and_kept(database, workspace, searched, answers, monkeypatch):
    search, table = searched()
    answers(FIRSTS)
    flattery = measured(database, workspace, search, table)
    right = (FIRSTS < 0.5) == labels(database, workspace, table)
    assert flattery == by_bootstrap(right)
    monkeypatch.setattr(measuring, "evaluate", None)
    assert measured(database, workspace, search, table) == flattery
    assert of_search(database, workspace, search, table) == flattery


def test_losses_are_measured_as_the_search_saw_them(database, workspace, searched, answers):
    """By hand: minus log p of the true class, and on every image of a trial alike what makes their mean its value."""
    search, table = searched(objective="val_loss")
    firsts = np.array([[0.9, 0.8, 0.4, 0.3], [0.7, 0.2, 0.9, 0.1], [0.6, 0.6, 0.5, 0.2]])
    answers(firsts)
    flattery = measured(database, workspace, search, table)
    of_class_0 = labels(database, workspace, table) == 0
    by_hand = -np.log(np.where(of_class_0, firsts, 1 - firsts))
    by_hand += table["value"].to_numpy()[:, None] - by_hand.mean(axis=1, keepdims=True)
    assert flattery.amount == pytest.approx(by_bootstrap(-by_hand, is_loss=True).amount)
    assert "of loss" in str(flattery.message)


def without(database, workspace, search, table, *numbers: int):
    """The table, after the runs of these trials were deleted."""
    for number in numbers:
        store.delete(database, workspace, table["run_id"][number])
    return trials(database, search.id)


def test_what_was_measured_outlives_the_deletion_of_a_bad_run(database, workspace, searched, answers):
    search, table = searched()
    answers(FIRSTS)
    flattery = measured(database, workspace, search, table)
    assert of_search(database, workspace, search, without(database, workspace, search, table, 2)) == flattery
    assert of_search(database, workspace, search, without(database, workspace, search, table, 0, 1)) == flattery


def test_it_is_measured_anew_once_there_are_other_candidates(searched):
    search, table = searched()
    assert task_of(search, table) != task_of(search, table.head(2))


def test_the_formula_goes_by_all_complete_trials_whatever_was_deleted(database, workspace, searched):
    search, table = searched()
    table = without(database, workspace, search, table, 0, 2)
    assert of_search(database, workspace, search, table) == by_formula(3, VALIDATION_IMAGES, 0.75)
    assert of_search(database, workspace, search, without(database, workspace, search, table, 1)) is None


def test_measured_without_some_it_says_so(database, workspace, searched, answers):
    search, table = searched()
    answers(FIRSTS)
    table = without(database, workspace, search, table, 2)
    flattery = measured(database, workspace, search, table)
    assert flattery == by_bootstrap((FIRSTS[:2] < 0.5) == labels(database, workspace, table), missing=1)
    assert "The best of 2 trials looks better" in str(flattery.message)
    assert "1 complete trial more is not counted, as its run was deleted" in str(flattery.message)


def test_with_one_run_left_of_several_nothing_is_measured(database, workspace, searched):
    search, table = searched()
    table = without(database, workspace, search, table, 0, 2)
    with pytest.raises(RunError, match="cannot be measured any more: their runs are deleted, all but 1"):
        measured(database, workspace, search, table)


def test_only_complete_trials_are_candidates(searched):
    _, table = searched([0.5, RunState.FAILED, 0.25, 0.75])
    assert candidates(table)["value"].tolist() == [0.5, 0.25, 0.75]
    assert candidates(table.assign(state="pruned")).empty
    assert candidates(table.assign(run_id=None))["value"].tolist() == [0.5, 0.25, 0.75]
    assert judgeable(table.assign(run_id=None)).empty


def leave_model(workspace, run) -> None:
    keras.utils.set_random_seed(run.number)
    save_model(build(run.recipe), run.recipe.layers, store.run_folder(workspace, run.id))


def test_a_process_of_its_own_measures_it(database, workspace, searched):
    search, table = searched()
    runs = [store.get(database, run_id) for run_id in table["run_id"]]
    for run in runs:
        leave_model(workspace, run)
    task = task_of(search, table)
    analyses.start(database, workspace, task)
    eventually(lambda: analyses.state(database, task).state.is_finished)
    ended = analyses.state(database, task)
    assert (ended.state, ended.message, ended.progress) == (IntakeState.COMPLETED, None, 1.0)
    flattery = of_search(database, workspace, search, table)
    assert (flattery.is_measured, flattery.trials, flattery.images) == (True, 3, VALIDATION_IMAGES)
    assert flattery == replace(flattery, amount=measured(database, workspace, search, table).amount)


def test_trials_whose_models_are_gone_are_said_so(database, workspace, searched):
    search, table = searched()
    task = task_of(search, table)
    analyses.start(database, workspace, task)
    eventually(lambda: analyses.state(database, task).state.is_finished)
    ended = analyses.state(database, task)
    assert ended.state is IntakeState.FAILED
    assert "There is no trained model" in str(ended.message)
