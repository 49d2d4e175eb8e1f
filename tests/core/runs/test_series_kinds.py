"""What a series is by its name, and whom its runs may be given to."""

import pytest

from core.runs.series_kinds import is_of_search, is_to_be_had, kind_of

FOLDS, REPEATS, DEMONSTRATION, SEARCH = "1f9c", "seeds-1f9c", "leaks-1f9c", "search-1f9c"
ALL = (None, FOLDS, REPEATS, DEMONSTRATION, SEARCH)


def test_each_series_is_of_its_kind_alone():
    assert [kind_of(series) for series in ALL] == [None, "", "seeds", "leaks", "search"]
    assert [is_of_search(series) for series in ALL] == [False, False, False, False, True]


@pytest.mark.parametrize("wanted", ALL)
def test_a_run_that_was_started_alone_is_for_all_and_one_of_a_series_for_its_like(wanted):
    assert [series for series in ALL if is_to_be_had(series, wanted)] == [None, *([wanted] if wanted else [])]


def test_another_series_of_the_same_kind_is_its_like():
    assert is_to_be_had(FOLDS, "2a")
    assert is_to_be_had(DEMONSTRATION, "leaks-2a")
