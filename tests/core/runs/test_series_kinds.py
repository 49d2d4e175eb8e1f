"""What a series is by its name, and whom its runs may be given to."""

import pytest
from sqlalchemy import select

from core.runs import store
from core.runs.series import join
from core.runs.series_kinds import (
    DEMONSTRATION,
    FOLDS,
    REPEATS,
    SEARCH,
    is_demonstration,
    is_in_series_of,
    is_of_folds,
    is_of_repeats,
    is_of_search,
    is_to_be_had,
    kind_of,
    new_series,
)
from core.runs.tables import RunRow
from tests.core.runs.builders import make_recipe

KINDS = (FOLDS, REPEATS, DEMONSTRATION, SEARCH)
OF_KIND = {FOLDS: "1f9c", REPEATS: "seeds-1f9c", DEMONSTRATION: "leaks-1f9c", SEARCH: "search-1f9c"}
ALL = (None, *OF_KIND.values())
QUESTIONS = {
    FOLDS: is_of_folds,
    REPEATS: is_of_repeats,
    DEMONSTRATION: is_demonstration,
    SEARCH: is_of_search,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_series_is_of_its_kind_alone(kind):
    assert kind_of(OF_KIND[kind]) == kind
    assert [series for series in ALL if QUESTIONS[kind](series)] == [OF_KIND[kind]]


def test_a_run_that_was_started_alone_is_of_no_kind():
    assert kind_of(None) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_series_is_of_its_kind_and_has_a_name_of_its_own(kind):
    names = {new_series(kind) for _ in range(20)}
    assert len(names) == 20
    assert {kind_of(name) for name in names} == {kind}
    assert max(map(len, names)) <= RunRow.series.type.length


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_finds_the_runs_of_a_kind(database, workspace, project, dataset, kind):
    for seed, series in enumerate(ALL):
        run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=seed))
        if series is not None:
            join(database, run.id, series)
    assert database.rows(select(RunRow.series).where(is_in_series_of(kind))) == [(OF_KIND[kind],)]


@pytest.mark.parametrize("wanted", ALL)
def test_a_run_that_was_started_alone_is_for_all_and_one_of_a_series_for_its_like(wanted):
    assert [series for series in ALL if is_to_be_had(series, wanted)] == [None, *([wanted] if wanted else [])]


@pytest.mark.parametrize("kind", KINDS)
def test_another_series_of_the_same_kind_is_its_like(kind):
    assert is_to_be_had(OF_KIND[kind], f"{kind}2a")
