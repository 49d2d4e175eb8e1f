"""What trials have reached, as tables; how much each parameter mattered; and how long the rest takes."""

import subprocess
import sys
from itertools import pairwise
from math import isnan, log10

import pytest
from sqlalchemy import inspect

from core.message import Message
from core.runs.database import Database
from core.runs.process import PROJECT_ROOT
from core.runs.states import RunState
from core.tuning.importance import FEWEST_TRIALS, MOST_TRIALS, importance, spread
from core.tuning.searches import SearchError
from core.tuning.study import FINISHED as FINISHED_IN_OPTUNA
from core.tuning.trial_states import FINISHED
from core.tuning.trials import COLUMNS, STATES, best_k, best_settings, best_so_far, curves, finished, trials
from tests.core.tuning.builders import RATE, conduct, conductor, create, make_space

SIZE, SMOOTHING = "training.batch_size", "training.label_smoothing"
TWO = f"parameters: {{{RATE}: {{low: 0.0001, high: 0.01, log: true}}, {SIZE}: {{low: 1, high: 9}}}}"
THREE = f"""
parameters:
  {RATE}: {{low: 0.001, high: 1.0}}
  {SIZE}: {{low: 1, high: 10}}
  {SMOOTHING}: {{low: 0.0, high: 0.5}}
"""
STEPS = "parameters: {training.batch_size: {choices: [4, 8]}}"
ACCURACIES = [0.5, 0.25, 0.75, 0.75, 0.625]


@pytest.fixture
def searched(database, workspace, dataset):
    """A search to its end, whose trials reach these accuracies."""

    def searched(accuracies, text=TWO, **changes):
        left = iter(accuracies)
        space = make_space(text, sampler="random", **changes)
        search = create(database, workspace, dataset, space, trials=len(accuracies))
        return conduct(database, conductor(database, workspace, search), search.id, lambda run: [0.1, next(left)])

    return searched


def test_a_search_that_has_not_begun_has_no_trials_and_makes_no_tables(database, workspace, dataset):
    search = create(database, workspace, dataset)
    assert list(trials(database, search.id)) == [*COLUMNS, RATE]
    assert (len(trials(database, search.id)), len(curves(database, search.id)), finished(database, search.id)) == (
        0,
        0,
        0,
    )
    assert not inspect(database.engine).has_table("studies")


def test_the_trials_of_no_search_are_refused(database):
    with pytest.raises(SearchError):
        trials(database, "search-0")


def test_best_so_far_only_gets_better(database, searched):
    search = searched(ACCURACIES)
    table = best_so_far(trials(database, search.id), search.space)
    assert table["value"].tolist() == ACCURACIES
    assert table["best"].tolist() == [0.5, 0.5, 0.75, 0.75, 0.75]


def test_of_losses_the_smallest_is_the_best(database, searched):
    search = searched(ACCURACIES, objective="val_loss")
    table = trials(database, search.id)
    assert table["value"].tolist() == pytest.approx([1 - accuracy for accuracy in ACCURACIES])
    assert best_k(table, search.space)["number"].tolist() == [2]
    assert best_so_far(table, search.space)["best"].tolist() == [0.5, 0.5, 0.25, 0.25, 0.25]


@pytest.mark.parametrize(("k", "numbers"), [(1, [2]), (3, [2, 3, 4]), (9, [2, 3, 4, 0, 1])])
def test_the_best_come_first_and_of_equal_ones_the_first(database, searched, k, numbers):
    search = searched(ACCURACIES)
    assert best_k(trials(database, search.id), search.space, k)["number"].tolist() == numbers


def test_of_trials_that_tried_the_same_values_the_first_of_the_best_stands_for_all(database, searched):
    search = searched([0.5, 0.75, 0.75, 0.5, 0.25, 0.75], STEPS)
    table = trials(database, search.id)
    best, other = best_settings(table, search.space, 3).itertuples()
    assert best.number == 1
    sizes = table[SIZE].tolist()
    assert other.number == best_k(table[table[SIZE] != sizes[1]], search.space)["number"].item()
    assert best_settings(table, search.space, 1)["number"].tolist() == [1]


def test_the_same_trials_count_as_finished_with_optuna_and_without():
    assert {STATES[state] for state in FINISHED_IN_OPTUNA} == set(FINISHED)


def test_the_curve_of_each_trial_has_a_point_for_each_epoch(database, searched):
    search = searched([0.5, 0.75])
    assert curves(database, search.id).to_numpy().tolist() == [
        [0, "complete", 1, 0.1],
        [0, "complete", 2, 0.5],
        [1, "complete", 1, 0.1],
        [1, "complete", 2, 0.75],
    ]


def test_a_failed_trial_says_why_and_has_no_value(database, workspace, dataset):
    ends = iter([RunState.FAILED, [0.5]])
    search = create(database, workspace, dataset, make_space("parameters: {layers.1.units: {choices: [2]}}"), trials=1)
    conduct(database, conductor(database, workspace, search), search.id, lambda run: next(ends))
    failed = trials(database, search.id).iloc[0]
    assert (failed["state"], failed["run_state"], failed["reason"]) == ("failed", RunState.FAILED, None)
    assert isnan(failed["value"])


def test_the_parameter_that_decides_is_found(database, workspace, dataset):
    """The accuracy depends on the learning rate alone."""
    search = create(database, workspace, dataset, make_space(TWO, sampler="random"), trials=25)
    search = conduct(database, conductor(database, workspace, search), search.id)
    found = importance(database, search.id)
    assert found.shares["parameter"].tolist() == [RATE, SIZE]
    assert found.shares["share"].sum() + found.rest == pytest.approx(1)
    assert found.shares["share"][0] > 0.8


def together(run) -> float:
    """Two settings that matter only together, each of their quarters as often right as wrong; and a third one."""
    training = run.recipe.training
    is_same_side = (training.optimizer.learning_rate > 0.5) == (training.batch_size > 5)
    return 0.5 + (0.3 if is_same_side else -0.3) + 0.1 * (training.label_smoothing - 0.25)


def added_up(run) -> float:
    """Over 0–1 and over 0–0.5, the variances are in the ratio of 4 to 1."""
    training = run.recipe.training
    return 0.2 + 0.5 * training.optimizer.learning_rate + 0.5 * training.label_smoothing


def test_on_a_logarithmic_range_every_order_of_magnitude_weighs_alike(database, workspace, dataset):
    """The accuracy rises by as much over the four decades of one setting as over the range of the other. Were rates
    taken as they are, nine tenths of them would lie in the last decade, and hardly differ."""
    text = f"parameters: {{{RATE}: {{low: 0.0001, high: 1, log: true}}, {SMOOTHING}: {{low: 0.0, high: 0.4}}}}"
    search = create(database, workspace, dataset, make_space(text, sampler="random"), trials=60)

    def worker(run):
        training = run.recipe.training
        return [0.1 + 0.1 * (4 + log10(training.optimizer.learning_rate)) + training.label_smoothing]

    conduct(database, conductor(database, workspace, search), search.id, worker)
    shares = importance(database, search.id).shares.set_index("parameter")["share"]
    assert shares[RATE] == pytest.approx(0.5, abs=0.15)
    assert shares[SMOOTHING] == pytest.approx(0.5, abs=0.15)


@pytest.mark.parametrize(
    ("reaches", "rest", "said"),
    [(together, (0.6, 1.0), "goes with several of them together"), (added_up, (0.0, 0.1), "by itself")],
)
def test_what_goes_with_several_settings_together_is_the_share_of_none(
    database, workspace, dataset, reaches, rest, said
):
    space = make_space(THREE, sampler="random")
    search = create(database, workspace, dataset, space, trials=60)
    conduct(database, conductor(database, workspace, search), search.id, lambda run: [reaches(run)])
    found = importance(database, search.id)
    assert rest[0] <= found.rest <= rest[1]
    assert said in str(found.message)
    assert found.shares["share"].sum() + found.rest == pytest.approx(1)


def test_where_no_parameter_matters_by_itself_nothing_is_told(database, workspace, dataset):
    """Four corners, of which those that lie across are alike: no parameter has a main effect."""
    space = make_space("parameters: {training.batch_size: {low: 4, high: 5}, training.epochs: {low: 2, high: 3}}")
    search = create(database, workspace, dataset, space.model_copy(update={"sampler": "random"}), trials=20)

    def worker(run):
        return [0.1, 0.25 if (run.recipe.training.batch_size == 4) == (run.epochs == 2) else 0.75]

    conduct(database, conductor(database, workspace, search), search.id, worker)
    found = importance(database, search.id)
    assert found.shares.empty
    assert "of the differences between 20 trials goes with several of them" in str(found.message)


@pytest.mark.parametrize(
    ("accuracies", "text", "said"),
    [
        ([0.5] * (FEWEST_TRIALS - 1), TWO, "cannot be told from 9 complete trials. It takes 10 at least."),
        ([0.5] * FEWEST_TRIALS, TWO, "reached the same"),
        ([each / 20 for each in range(10)], "parameters: {training.batch_size: {choices: [8]}}", "had the same values"),
        ([each / 20 for each in range(10)], STEPS, "Only one parameter has different values"),
    ],
)
def test_where_nothing_can_be_told_it_is_said(database, searched, accuracies, text, said):
    found = importance(database, searched(accuracies, text).id)
    assert found.shares.empty
    assert said in str(found.message)


def test_optunas_tables_do_not_disturb_ours(database, workspace, searched):
    searched([0.5])
    tables = set(inspect(database.engine).get_table_names())
    assert {"studies", "trials", "alembic_version", "layerlab_version", "searches"} <= tables
    Database.open(workspace).close()


def test_what_screens_need_to_choose_a_space_comes_without_optuna():
    code = "import sys, core.tuning, core.tuning.flattery, core.tuning.forecast; sys.exit('optuna' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, check=False).returncode == 0


def test_a_reason_is_a_message_that_can_be_translated(database, workspace, dataset):
    space = make_space("parameters: {layers.1.units: {choices: [3, 2]}}", sampler="grid", seed=1)
    search = create(database, workspace, dataset, space, trials=2)
    conduct(database, conductor(database, workspace, search), search.id, lambda run: [0.5])
    table = trials(database, search.id).set_index("layers.1.units")
    assert isinstance(table["reason"][3], Message)
    assert table["run_id"].isna().to_dict() == {3: True, 2: False}
    assert table["reason"].isna().to_dict() == {3: False, 2: True}


def test_of_very_many_trials_some_are_looked_at_spread_over_all():
    trials = list(range(1001))
    seen = spread(trials)
    assert len(seen) == MOST_TRIALS
    assert seen[0] == 0
    assert max(b - a for a, b in pairwise(seen)) <= 6
    assert 995 <= seen[-1] < 1001
    assert spread(trials[:50]) == trials[:50]
