from math import prod

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.architecture import Layer, Residual, Shape, summarize
from core.architecture.comparison import Pair, aligned, dense_parameters
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.readout import Readout, walk
from core.architecture.templates import TEMPLATES, template_layers
from tests.core.architecture.stacks import image_shapes, stacks

IMAGE = (16, 16, 1)
C8, C16 = (Conv2D(filters=filters, kernel_size=3, padding="same") for filters in (8, 16))
POOL, FLAT, HALF = MaxPooling2D(), Flatten(), Dropout(rate=0.5)
D10, D20 = Dense(units=10), Dense(units=20)
BLOCK, WIDE = Residual(layers=(C8, C8)), Residual(layers=(C8, C16))


def of(*layers: Layer) -> tuple[Readout, ...]:
    return summarize(layers, IMAGE).readouts


def layers_of(pairs: tuple[Pair, ...]) -> list[tuple[Layer | None, Layer | None]]:
    return [(pair.left and pair.left.layer, pair.right and pair.right.layer) for pair in pairs]


ALIGNED: list[tuple[tuple[Layer, ...], tuple[Layer, ...], list[tuple[Layer | None, Layer | None]]]] = [
    ((), (), []),
    ((C8, FLAT), (), [(C8, None), (FLAT, None)]),
    ((), (C8, FLAT), [(None, C8), (None, FLAT)]),
    ((C8, FLAT), (C8, FLAT), [(C8, C8), (FLAT, FLAT)]),
    ((C8, FLAT, D10), (C16, FLAT, D10), [(C8, C16), (FLAT, FLAT), (D10, D10)]),
    ((C8, POOL, FLAT), (C8, HALF, FLAT), [(C8, C8), (POOL, None), (None, HALF), (FLAT, FLAT)]),
    ((C8, FLAT, D10), (C8, POOL, FLAT, D10), [(C8, C8), (None, POOL), (FLAT, FLAT), (D10, D10)]),
    ((C8, POOL, C16, POOL, FLAT), (C8, POOL, FLAT), [(C8, C8), (POOL, POOL), (C16, None), (POOL, None), (FLAT, FLAT)]),
    ((FLAT, D20, D10), (FLAT, D20, HALF, D10), [(FLAT, FLAT), (D20, D20), (None, HALF), (D10, D10)]),
    ((FLAT, D20, D20), (FLAT, D10), [(FLAT, FLAT), (D20, D10), (D20, None)]),
    ((BLOCK, FLAT), (BLOCK, FLAT), [(BLOCK, BLOCK), (C8, C8), (C8, C8), (FLAT, FLAT)]),
    ((BLOCK, FLAT), (WIDE, FLAT), [(BLOCK, WIDE), (C8, C8), (C8, C16), (FLAT, FLAT)]),
    ((C8, FLAT), (BLOCK, FLAT), [(C8, None), (None, BLOCK), (None, C8), (None, C8), (FLAT, FLAT)]),
]


@pytest.mark.parametrize(("left", "right", "expected"), ALIGNED)
def test_equal_layers_stand_beside_each_other_then_those_of_one_kind(
    left: tuple[Layer, ...], right: tuple[Layer, ...], expected: list[tuple[Layer | None, Layer | None]]
) -> None:
    assert layers_of(aligned(of(*left), of(*right))) == expected


def test_only_the_very_same_layer_is_the_same() -> None:
    pairs = aligned(of(C8, POOL, FLAT, D10), of(C8, HALF, FLAT, D20))

    assert [pair.is_same_layer for pair in pairs] == [True, False, False, True, False]


@given(stacks, stacks, image_shapes)
def test_every_layer_of_both_nets_is_there_once_in_its_order(
    left: list[Layer], right: list[Layer], image: Shape
) -> None:
    lefts, rights = summarize(left, image).readouts, summarize(right, image).readouts

    pairs = aligned(lefts, rights)

    assert [pair.left for pair in pairs if pair.left] == list(walk(lefts))
    assert [pair.right for pair in pairs if pair.right] == list(walk(rights))
    assert all(pair.left or pair.right for pair in pairs)
    kinds = [(pair.left.layer.kind, pair.right.layer.kind) for pair in pairs if pair.left and pair.right]
    assert all(one == other for one, other in kinds)


@given(stacks, image_shapes)
def test_a_net_beside_itself_is_the_same_all_over(stack: list[Layer], image: Shape) -> None:
    readouts = summarize(stack, image).readouts

    assert all(pair.is_same_layer for pair in aligned(readouts, readouts))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_layer_does_not_stand_beside_one_at_another_depth(name: str) -> None:
    """A Residual's own layers are compared with those inside another one."""
    first_cnn = summarize(template_layers("first_cnn"), (64, 64, 3))
    other = summarize(template_layers(name), (64, 64, 3))

    pairs = [pair for pair in aligned(first_cnn.readouts, other.readouts) if pair.left and pair.right]

    assert all(len(pair.left.place) == len(pair.right.place) for pair in pairs if pair.left and pair.right)


small_shapes = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 4)) | st.tuples(st.integers(1, 40))


@given(small_shapes, small_shapes)
def test_a_dense_from_every_number_to_every_number_has_the_parameters_of_keras(before: Shape, after: Shape) -> None:
    dense = keras.layers.Dense(prod(after))
    dense.build((None, prod(before)))

    assert dense_parameters(before, after) == dense.count_params()
