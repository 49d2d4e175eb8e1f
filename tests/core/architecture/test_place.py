"""Names of places before and after a change, written out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.architecture import Place, Residual
from core.architecture.editing import layer_at, remove
from core.architecture.layers.dense import Dense
from core.architecture.place import behind, is_within, without

BEHIND = [((0,), (1,)), ((3,), (4,)), ((3, 0), (3, 1)), ((1, 2, 5), (1, 2, 6))]


@pytest.mark.parametrize(("place", "expected"), BEHIND)
def test_what_is_behind_stands_in_the_same_list(place: Place, expected: Place) -> None:
    assert behind(place) == expected


WITHIN = [
    ((3,), (3,), True),
    ((3, 0), (3,), True),
    ((3, 1, 2), (3, 1), True),
    ((3,), (3, 0), False),
    ((4, 0), (3,), False),
    ((3, 1), (3, 0), False),
    ((0,), (), True),
]


@pytest.mark.parametrize(("place", "outer", "expected"), WITHIN)
def test_a_place_is_within_itself_and_what_it_lies_in(place: Place, outer: Place, expected: bool) -> None:
    assert is_within(place, outer) is expected


WITHOUT = [
    ((5,), (2,), (4,)),
    ((1,), (2,), (1,)),
    ((5, 3), (2,), (4, 3)),
    ((1, 3), (2,), (1, 3)),
    ((2,), (2, 0), (2,)),
    ((3,), (2, 0), (3,)),
    ((2, 3), (2, 0), (2, 2)),
    ((2, 0), (2, 1), (2, 0)),
    ((4, 3), (2, 0), (4, 3)),
    ((2, 3, 1), (2, 0), (2, 2, 1)),
    ((2, 3, 1), (2, 3, 0), (2, 3, 0)),
    ((2, 1, 1), (2, 3, 0), (2, 1, 1)),
]


@pytest.mark.parametrize(("place", "removed", "expected"), WITHOUT)
def test_a_place_is_renamed_by_what_is_gone_before_it(place: Place, removed: Place, expected: Place) -> None:
    assert without(place, removed) == expected


def test_every_layer_that_stays_is_found_under_its_new_name() -> None:
    units = iter(range(1, 100))

    def inside(*layers: Dense | Residual) -> Residual:
        return Residual(layers=layers)

    def new() -> Dense:
        return Dense(units=next(units))

    net = (new(), inside(new(), inside(new(), new()), new()), new(), inside(new()))
    places = [(0,), (1,), (1, 0), (1, 1), (1, 1, 0), (1, 1, 1), (1, 2), (2,), (3,), (3, 0)]
    for removed in places:
        shorter = remove(net, removed)
        for place in places:
            if not is_within(place, removed) and not is_within(removed, place):
                assert layer_at(shorter, without(place, removed)) == layer_at(net, place)


places = st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple)


@given(places, places)
def test_what_is_gone_renames_one_position_by_one_at_most(place: Place, removed: Place) -> None:
    renamed = without(place, removed)
    assert len(renamed) == len(place)
    assert sum(place) - sum(renamed) in (0, 1)
