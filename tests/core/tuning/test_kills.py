"""A conductor that is killed at any step, and the next one that goes on: nothing is lost and nothing is told twice."""

from contextlib import suppress
from random import Random

import pytest
from optuna.storages import RDBStorage

from core.runs import store
from core.runs.series import runs_of
from core.runs.states import SearchState
from core.tuning import claim, searches
from core.tuning import conductor as module
from core.tuning.conductor import Next
from core.tuning.study import Study
from core.tuning.trials import curves, trials
from tests.core.runs.builders import make_recipe
from tests.core.tuning.builders import RATE, by_rate, conductor, create, make_space, work

STEPS = [
    *((Study, name) for name in ("ask", "note", "report", "complete", "prune", "fail")),
    *((RDBStorage, name) for name in ("create_new_trial", "set_trial_param", "set_trial_state_values")),
    *((RDBStorage, name) for name in ("set_trial_system_attr", "set_trial_intermediate_value")),
    *((module, name) for name in ("admit_assigned", "request_stop", "put_off", "go_on")),
    (claim, "change"),
]
"""Whatever a conductor writes. It can be killed right before and right after each."""

COUNT = 5
WHEN, REPORTING = ("before", "after"), ("system_attr", "intermediate_value")
CHANGING = ["run_id", "run_number"]
"""Columns in which two searches of the same trials differ."""


class KilledError(BaseException):
    """As SIGKILL: nothing is tidied up."""


@pytest.fixture
def death(monkeypatch):
    """Comes when it likes, at most every few steps; ``places`` is where it came."""

    class Death:
        def __init__(self) -> None:
            self.random, self.chance, self.places = Random(0), 0.0, set()

        def pass_by(self, place: str) -> None:
            if self.random.random() < self.chance:
                self.places.add(place)
                raise KilledError

    death = Death()
    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, _dangerous(getattr(owner, name), name, death))
    return death


def _dangerous(step, name, death):
    def dangerous(*arguments, **named):
        death.pass_by(f"before {name}")
        result = step(*arguments, **named)
        death.pass_by(f"after {name}")
        return result

    return dangerous


def search_with_kills(database, workspace, search, slots: int, worker=by_rate) -> searches.Search:
    conducting = None
    for _ in range(2000):
        with suppress(KilledError):
            conducting = conducting or conductor(database, workspace, search, slots)
            if conducting.turn(searches.get(database, search.id)) is Next.NEVER:
                return searches.get(database, search.id)
            work(database, worker)
            continue
        conducting = None
    raise AssertionError("the search comes to no end")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("pruner", "slots"), [("none", 1), ("median", 2)])
def test_a_search_that_is_killed_again_and_again_has_exactly_its_trials(
    database, workspace, dataset, death, pruner, slots, seed
):
    death.random, death.chance = Random(seed), 0.1
    space = make_space(pruner=pruner, seed=seed)
    search = create(database, workspace, dataset, space, trials=COUNT, recipe=make_recipe(epochs=4))
    search = search_with_kills(database, workspace, search, slots)
    table = trials(database, search.id)
    finished = table[table["state"].isin(["complete", "pruned"])]
    assert death.places, "it was killed at all"
    assert (search.state, len(finished)) == (SearchState.COMPLETED, COUNT)
    assert set(table["state"]) <= {"complete", "pruned", "failed"}, "no trial is left behind"
    assert finished["run_id"].is_unique
    for trial in finished.to_dict(orient="records"):
        run = store.get(database, trial["run_id"])
        assert run.recipe.training.optimizer.learning_rate == pytest.approx(trial[RATE], rel=1e-3)
        assert trial["value"] in [pytest.approx(value) for value in by_rate(run)]
    assert all(run.state.is_finished for run in runs_of(database, search.id)), "no run is left behind"


@pytest.mark.parametrize("place", [f"{when} {name}" for when in ("before", "after") for _, name in STEPS])
def test_a_kill_at_this_step_costs_no_trial_that_has_a_run(database, workspace, dataset, death, place):
    """Each step once, the first time that it comes. A step that does not come costs nothing either."""
    death.pass_by = _once(place)
    space = make_space(pruner="median")
    search = create(database, workspace, dataset, space, trials=6, recipe=make_recipe(epochs=4))
    accuracies = (0.9 - number / 10 for number in range(100))
    search = search_with_kills(database, workspace, search, 1, lambda run: [next(accuracies)] * 4)
    table = trials(database, search.id)
    assert search.state is SearchState.COMPLETED
    assert table["state"].isin(["complete", "pruned"]).sum() == 6
    assert table["run_id"].notna().sum() == 6, "no run was for nothing"
    assert len(table) - 6 <= 1


def _once(place: str):
    left = [place]

    def pass_by(here: str) -> None:
        if here in left:
            left.remove(here)
            raise KilledError

    return pass_by


def test_a_killed_search_tries_what_an_undisturbed_one_tries(database, workspace, dataset, death):
    """Where the kill costs no trial: right after one was told."""
    tables = []
    for place in ("nowhere", "after complete"):
        death.pass_by = _once(place)
        search = create(database, workspace, dataset, make_space(sampler="tpe"), trials=12)
        search_with_kills(database, workspace, search, 1)
        tables.append(trials(database, search.id)[["value", RATE]])
    assert tables[0].equals(tables[1])


@pytest.mark.parametrize("place", [f"{when} set_trial_{what}" for when in WHEN for what in REPORTING])
@pytest.mark.parametrize("pruner", ["median", "hyperband"])
def test_a_kill_amid_a_report_changes_no_verdict(database, workspace, dataset, death, pruner, place):
    """Every report is killed once and made again."""
    tables = []
    for each in ("nowhere", place):
        death.pass_by = _every_other_time_in_a_report(each)
        space = make_space(pruner=pruner)
        search = create(database, workspace, dataset, space, trials=8, recipe=make_recipe(epochs=4))
        accuracies = (0.5 + (-1) ** number / (3 + number) for number in range(100))
        search_with_kills(database, workspace, search, 1, lambda run, left=accuracies: [next(left)] * 4)
        tables.append([table.drop(columns=CHANGING, errors="ignore") for table in read(database, search.id)])
    (table, curve), (table_killed, curve_killed) = tables
    assert "pruned" in set(table["state"])
    assert table_killed.equals(table)
    assert curve_killed.equals(curve)


def _every_other_time_in_a_report(place: str):
    is_reporting, passed = False, 0

    def pass_by(here: str) -> None:
        nonlocal is_reporting, passed
        if here.endswith(" report"):
            is_reporting = here.startswith("before")
        if is_reporting and here == place:
            passed += 1
            is_reporting = passed % 2 == 0
            if not is_reporting:
                raise KilledError

    return pass_by


def read(database, search_id: str):
    return trials(database, search_id), curves(database, search_id)
