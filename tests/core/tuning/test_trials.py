"""What trials have reached, as tables; how much each parameter mattered; and how long the rest takes."""

import subprocess
import sys
from itertools import pairwise
from math import isnan

import pytest
from sqlalchemy import inspect

from core.message import Message
from core.runs.database import Database
from core.runs.process import PROJECT_ROOT
from core.runs.states import RunState
from core.tuning.importance import FEWEST_TRIALS, MOST_TRIALS, importance, spread
from core.tuning.searches import SearchError
from core.tuning.trials import COLUMNS, best_k, best_so_far, curves, finished, trials
from tests.core.tuning.builders import RATE, conduct, conductor, create, make_space

SEED, SIZE = "training.seed", "training.batch_size"
TWO = f"parameters: {{{RATE}: {{low: 0.0001, high: 0.01, log: true}}, {SEED}: {{low: 0, high: 9}}}}"
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
    assert found.shares["parameter"].tolist() == [RATE, SEED]
    assert found.shares["share"].sum() == pytest.approx(1)
    assert found.shares["share"][0] > 0.8


@pytest.mark.parametrize(
    ("accuracies", "text", "said"),
    [
        ([0.5] * (FEWEST_TRIALS - 1), TWO, "cannot be told from 9 complete trials. It takes 10 at least."),
        ([0.5] * FEWEST_TRIALS, TWO, "reached the same"),
        ([each / 20 for each in range(10)], "parameters: {training.seed: {choices: [1]}}", "had the same values"),
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
