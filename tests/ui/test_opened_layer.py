import pytest

from core.architecture import Residual
from core.architecture.layers.flatten import Flatten
from ui import opened_layer

FLAT = Flatten()
NET = (FLAT, Residual(layers=(FLAT, Residual(layers=(FLAT,)))), FLAT)

PLACES = [
    ((0,), (0,)),
    ((2,), (2,)),
    ((3,), (2,)),
    ((99,), (2,)),
    ((1, 0), (1, 0)),
    ((1, 7), (1, 1)),
    ((1, 1, 0), (1, 1, 0)),
    ((1, 1, 5), (1, 1, 0)),
    ((2, 4), (2,)),
    ((0, 0, 0), (0,)),
    ((-1,), (0,)),
    ((1, -1), (1, 0)),
]


@pytest.mark.parametrize(("opened", "found"), PLACES)
def test_the_nearest_layer_that_there_is_is_open(session_state, opened, found):
    opened_layer.open_at(opened)
    assert opened_layer.place(NET) == found


def test_the_first_layer_is_open_at_first_and_none_of_an_empty_list(session_state):
    assert opened_layer.place(NET) == (0,)
    assert opened_layer.place(()) is None


def test_an_emptied_residual_is_open_itself(session_state):
    opened_layer.open_at((0, 0))
    assert opened_layer.place((Residual(layers=()),)) == (0,)


def test_a_residual_is_closed_and_opened_by_turns(session_state):
    assert not opened_layer.is_closed((1,))
    opened_layer.turn((1,))
    opened_layer.turn((1, 1))
    assert opened_layer.is_closed((1,))
    opened_layer.turn((1,))
    assert not opened_layer.is_closed((1,))
    assert opened_layer.is_closed((1, 1))
