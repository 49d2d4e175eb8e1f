import pytest

from core.architecture import Residual
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from ui import opened_layer
from ui.layer_edits import is_there, place_for_new

CONVOLUTION = Conv2D(filters=8, kernel_size=3)
HIDDEN = Dense(units=10, activation="relu")
NESTED = Residual(layers=(CONVOLUTION, Residual(layers=(CONVOLUTION,))))
NET = (NESTED, Flatten(), HIDDEN, Dense(units=10, activation="softmax"))

NEW = [
    (NET, (0,), (0, 2)),
    (NET, (0, 0), (0, 1)),
    (NET, (0, 1), (0, 1, 1)),
    (NET, (0, 1, 0), (0, 1, 1)),
    (NET, (1,), (2,)),
    (NET, (2,), (3,)),
    (NET, (3,), (3,)),
    (NET[:3], (2,), (3,)),
    ((Dense(units=1, activation="sigmoid"),), (0,), (0,)),
    ((Dense(units=1),), (0,), (1,)),
    ((*NET, Activation(activation="relu")), (3,), (4,)),
    ((Residual(layers=()),), (0,), (0, 0)),
    ((), None, (0,)),
]


@pytest.mark.parametrize(("layers", "opened", "expected"), NEW)
def test_a_new_layer_goes_into_an_open_residual_before_the_output_or_behind(session_state, layers, opened, expected):
    assert place_for_new(layers, opened) == expected


def test_a_new_layer_goes_behind_a_closed_residual(session_state):
    opened_layer.turn((0,))
    assert place_for_new(NET, (0,)) == (1,)


THERE = [
    ((0,), True),
    ((3,), True),
    ((4,), False),
    ((-1,), False),
    ((0, 1), True),
    ((0, 2), False),
    ((0, 1, 0), True),
    ((0, 0, 0), False),
    ((2, 0), False),
    ((9, 0), False),
    ((-1, 0), False),
]


@pytest.mark.parametrize(("place", "expected"), THERE)
def test_a_place_is_there_or_not(place, expected):
    assert is_there(NET, place) is expected
