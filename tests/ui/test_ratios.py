import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.split import PARTS, Split
from ui import ratios

numbers = st.integers(-50, 150)
shares_of_100 = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda pair: ratios.between_handles(*pair))


def is_whole(shares):
    return list(shares) and set(shares) == set(PARTS) and sum(shares.values()) == 100 and min(shares.values()) >= 0


@given(numbers, numbers)
def test_two_handles_cut_shares_that_sum_to_100(first, second):
    assert is_whole(ratios.between_handles(first, second))


@given(shares_of_100)
def test_the_handles_stand_where_they_cut(shares):
    assert ratios.between_handles(*ratios.handles(shares)) == shares


@given(shares_of_100, st.sampled_from(PARTS), numbers)
def test_whichever_share_is_changed_they_sum_to_100(shares, part, share):
    changed = ratios.with_share(shares, part, share)
    assert is_whole(changed)
    assert changed[part] == max(0, min(100, share))


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.integers(0, 100)), max_size=20))
def test_they_sum_to_100_after_many_changes_and_the_split_accepts_them(changes):
    split = Split()
    for part, share in changes:
        split = ratios.with_percents(split, ratios.with_share(ratios.percents(split), part, share))
        assert is_whole(ratios.percents(split))
    assert Split.model_validate(split.model_dump()) == split


@given(shares_of_100)
def test_percents_come_back_from_a_split_as_they_went_in(shares):
    assert ratios.percents(ratios.with_percents(Split(), shares)) == shares


@pytest.mark.parametrize(
    ("train", "validation", "test", "expected"),
    [
        (0.7, 0.15, 0.15, (70, 15, 15)),
        (1 / 3, 1 / 3, 1 / 3, (34, 33, 33)),
        (0.985, 0.0075, 0.0075, (98, 1, 1)),
    ],
)
def test_shares_between_whole_percents_are_rounded_together(train, validation, test, expected):
    assert tuple(ratios.percents(Split(train=train, validation=validation, test=test)).values()) == expected
