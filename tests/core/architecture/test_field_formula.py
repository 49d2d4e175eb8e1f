"""How a receptive field comes about: worked by hand, and always ending in what `test_receptive_field` holds true."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.architecture import Layer, Residual, Shape, summarize
from core.architecture.field_formula import FieldFormula, field_formulas
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.recipe import load
from tests.core.architecture.stacks import equally_often, image_shapes, readouts_of, sizes, stacks

RECIPES = Path(__file__).parents[3] / "recipes"
BOTH = "height and width"

CONV5, CONV3, POOL = Conv2D(filters=1, kernel_size=5), Conv2D(filters=1, kernel_size=3), MaxPooling2D()
SAME5 = Conv2D(filters=1, kernel_size=5, padding="same")
BLOCK = Residual(layers=(SAME5, POOL))

FORMULAS = [
    ([CONV5], (28, 28, 1), [(BOTH, "1 + (5 − 1) × 1 = 5", None)]),
    ([CONV5, POOL], (28, 28, 1), [(BOTH, "5 + (2 − 1) × 1 = 6", None)]),
    ([CONV5, POOL, CONV3], (28, 28, 1), [(BOTH, "6 + (3 − 1) × 2 = 10", None)]),
    ([CONV5, POOL, CONV3, POOL], (28, 28, 1), [(BOTH, "10 + (2 − 1) × 2 = 12", None)]),
    ([Conv2D(filters=1, kernel_size=3, dilation_rate=4)], (28, 28, 1), [(BOTH, "1 + (9 − 1) × 1 = 9", None)]),
    (
        [MaxPooling2D(pool_size=(2, 3)), Conv2D(filters=1, kernel_size=(1, 3))],
        (28, 28, 1),
        [("height", "2 + (1 − 1) × 2 = 2", None), ("width", "3 + (3 − 1) × 3 = 9", None)],
    ),
    (
        [POOL, POOL, SAME5, BatchNormalization(), SAME5],
        (28, 28, 1),
        [(BOTH, "20 + (5 − 1) × 4 = 36", "cut to 28 by the image")],
    ),
    (
        [POOL, POOL, SAME5, SAME5],
        (48, 28, 1),
        [("height", "20 + (5 − 1) × 4 = 36", None), ("width", "20 + (5 − 1) × 4 = 36", "cut to 28 by the image")],
    ),
    ([ZeroPadding2D(padding=4), CONV3], (9, 9, 1), [(BOTH, "1 + (3 − 1) × 1 = 3", None)]),
    ([BLOCK, CONV3], (28, 28, 1), [(BOTH, "6 + (3 − 1) × 2 = 10", None)]),
    ([Dense(units=4), CONV3], (9, 9, 1), [(BOTH, "1 + (3 − 1) × 1 = 3", None)]),
    ([SAME5.changed(kernel_size=1201), CONV3], (9, 9, 1), [(BOTH, "1,201 + (3 − 1) × 1 = 1,203", "cut to 9")]),
]


@pytest.mark.parametrize(("stack", "shape", "expected"), FORMULAS)
def test_a_receptive_field_is_written_out(stack: list[Layer], shape: Shape, expected: list) -> None:
    formulas = field_formulas(summarize(stack, shape).readouts[-1])

    assert [(each.name, each.formula) for each in formulas] == [(name, formula) for name, formula, _ in expected]
    for formula, (_, _, cut) in zip(formulas, expected, strict=True):
        assert str(formula.cut).startswith(str(cut))


NO_FORMULA = [
    [Flatten()],
    [GlobalAveragePooling2D()],
    [BLOCK],
    [BatchNormalization()],
    [Dense(units=3)],
    [UpSampling2D()],
    [ZeroPadding2D()],
    [CONV3.changed(disabled=True)],
    [Conv2D(filters=1, kernel_size=99)],
    [Flatten(), CONV3],
    [UpSampling2D(), CONV3],
    [GlobalAveragePooling2D(keepdims=True), SAME5],
]


@pytest.mark.parametrize("stack", NO_FORMULA)
def test_what_is_no_window_on_evenly_spaced_inputs_has_no_formula(stack: list[Layer]) -> None:
    assert field_formulas(summarize(stack, (28, 28, 1)).readouts[-1]) == ()


VGG16 = [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212]
"""Behind each convolution and pooling, worked by hand up to the 212 of Araujo, Norris and Sim:
https://distill.pub/2019/computing-receptive-fields/"""


def test_the_fields_of_vgg16_end_in_the_published_one() -> None:
    readouts = load(RECIPES / "vgg16.yaml").summary().readouts
    formulas = [formula for readout in readouts for formula in field_formulas(readout)]

    assert [_result(formula) for formula in formulas] == VGG16
    assert {(formula.name, formula.cut) for formula in formulas} == {(BOTH, None)}
    assert formulas[-2].formula == "164 + (3 − 1) × 16 = 196"


valid_windows = equally_often(
    st.builds(Conv2D, filters=st.just(1), kernel_size=sizes(4), strides=sizes(2)),
    st.builds(Conv2D, filters=st.just(1), kernel_size=sizes(3), dilation_rate=sizes(3)),
    st.builds(MaxPooling2D, pool_size=sizes(3), strides=st.none() | sizes(3)),
)


@given(stack=st.lists(valid_windows, min_size=1, max_size=4))
def test_a_formula_ends_in_what_is_seen_where_the_image_does_not_end(stack: list[Layer]) -> None:
    readout = readouts_of(stack, (301, 302, 1))[-1]
    formulas = field_formulas(readout)

    assert {_result(formula) for formula in formulas} == set(readout.receptive_field)
    assert [formula.cut for formula in formulas] == [None] * len(formulas)


@settings(max_examples=300)
@given(stack=stacks, shape=image_shapes)
def test_an_image_that_ends_only_cuts(stack: list[Layer], shape: Shape) -> None:
    for readout in readouts_of(stack, shape):
        for formula in field_formulas(readout):
            axes = {"height": [0], "width": [1], BOTH: [0, 1]}[formula.name]
            for axis in axes:
                seen = readout.receptive_field[axis]
                assert _result(formula) >= seen
                assert str(formula.cut) == ("None" if _result(formula) == seen else f"cut to {seen} by the image")


def _result(formula: FieldFormula) -> int:
    return int(formula.formula.rpartition("=")[2].replace(",", ""))
