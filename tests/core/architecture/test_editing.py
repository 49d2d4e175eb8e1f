"""Edits of a list of layers, at the top and inside Residuals. Expected lists are written out by hand."""

import pytest
from pydantic import ValidationError

from core.architecture import Layer, Place, Residual
from core.architecture.editing import duplicate, insert, layer_at, move, put_in_place, remove, replace
from core.architecture.layers.dense import Dense
from core.architecture.layers.residual import DEEPEST

A, B, C, D, NEW = (Dense(units=units) for units in (1, 2, 3, 4, 9))


def inside(*layers: Layer) -> Residual:
    return Residual(layers=layers, projection=False, activation="relu")


NET = (A, inside(B, inside(C, D)), D)

PLACES = [((0,), A), ((1,), NET[1]), ((1, 0), B), ((1, 1), inside(C, D)), ((1, 1, 1), D), ((2,), D)]


@pytest.mark.parametrize(("place", "layer"), PLACES)
def test_a_place_leads_to_its_layer(place: Place, layer: Layer) -> None:
    assert layer_at(NET, place) == layer


INSERTED = [
    ((0,), (NEW, A, inside(B, inside(C, D)), D)),
    ((3,), (A, inside(B, inside(C, D)), D, NEW)),
    ((1, 0), (A, inside(NEW, B, inside(C, D)), D)),
    ((1, 2), (A, inside(B, inside(C, D), NEW), D)),
    ((1, 1, 1), (A, inside(B, inside(C, NEW, D)), D)),
]


@pytest.mark.parametrize(("place", "expected"), INSERTED)
def test_a_layer_is_inserted_and_the_others_move_back(place: Place, expected: tuple[Layer, ...]) -> None:
    assert insert(NET, place, NEW) == expected
    assert remove(expected, place) == NET


REPLACED = [
    ((0,), (NEW, inside(B, inside(C, D)), D)),
    ((1,), (A, NEW, D)),
    ((1, 1), (A, inside(B, NEW), D)),
    ((1, 1, 0), (A, inside(B, inside(NEW, D)), D)),
]


@pytest.mark.parametrize(("place", "expected"), REPLACED)
def test_a_layer_is_replaced(place: Place, expected: tuple[Layer, ...]) -> None:
    assert replace(NET, place, NEW) == expected


def test_several_layers_take_the_place_of_one() -> None:
    assert put_in_place(NET, (1,), (B, C)) == (A, B, C, D)
    assert put_in_place(NET, (1, 1), (C, D)) == (A, inside(B, C, D), D)
    assert put_in_place(NET, (1,), ()) == (A, D)


def test_a_duplicate_stands_right_behind() -> None:
    assert duplicate(NET, (0,)) == (A, A, *NET[1:])
    assert duplicate(NET, (1, 1, 0)) == (A, inside(B, inside(C, C, D)), D)


MOVED = [
    ((0,), (2,), (inside(B, inside(C, D)), D, A)),
    ((2,), (0,), (D, A, inside(B, inside(C, D)))),
    ((0,), (0, 1), (inside(B, A, inside(C, D)), D)),
    ((1, 0), (0,), (B, A, inside(inside(C, D)), D)),
    ((1, 1), (1,), (A, inside(C, D), inside(B), D)),
    ((2,), (1, 1, 0), (A, inside(B, inside(D, C, D)))),
]


@pytest.mark.parametrize(("place", "to", "expected"), MOVED)
def test_a_layer_moves_to_a_place_of_the_list_without_it(place: Place, to: Place, expected: tuple[Layer, ...]) -> None:
    assert move(NET, place, to) == expected
    assert layer_at(expected, to) == layer_at(NET, place)


def test_a_list_is_not_changed_by_an_edit_of_it() -> None:
    before = tuple(NET)

    remove(NET, (1, 0))

    assert before == NET


def test_residuals_that_would_be_too_deep_are_refused() -> None:
    net: tuple[Layer, ...] = (A,)
    for _ in range(DEEPEST):
        net = (inside(*net),)

    with pytest.raises(ValidationError, match=f"at most {DEEPEST}"):
        insert(net, (0,) * (DEEPEST + 1), inside(A))
