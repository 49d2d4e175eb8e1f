"""Additions become Residuals; every other way of branching is refused by name."""

from collections.abc import Callable
from typing import Any

import keras
import pytest

from core.architecture import Layer, Residual
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from tests.core.architecture.keras_file.models import IMAGE, as_json, layers_of, refusal

L = keras.layers
CONV = Conv2D(filters=3, kernel_size=3, padding="same")


def branching(make: Callable[[Any], Any]) -> keras.Model:
    image = keras.Input(IMAGE)
    return keras.Model(image, make(L.Rescaling(1 / 255)(image)))


def conv(values: Any, filters: int = 3, kernel_size: int = 3, **arguments: Any) -> Any:
    return L.Conv2D(filters, kernel_size, **({"padding": "same"} | arguments))(values)


def projection(values: Any, filters: int, **arguments: Any) -> Any:
    return L.Conv2D(filters, 1, **({"use_bias": False} | arguments))(values)


def shared(values: Any) -> Any:
    layer = L.Conv2D(3, 3, padding="same", name="twice")
    return layer(layer(values))


def crossed(x: Any) -> Any:
    """The projection of one addition is the stack of another: no Residual has its own projection elsewhere."""
    one = projection(x, 4)
    inner = L.Add()([conv(x, 4), one])
    return L.Add(name="outer")([inner, one])


def nested(values: Any, levels: int) -> Any:
    if levels == 0:
        return conv(values)
    return L.Add()([nested(values, levels - 1), values])


def nested_residual(levels: int) -> Layer:
    return Residual(layers=(CONV,)) if levels == 1 else Residual(layers=(nested_residual(levels - 1),))


WIDER = Conv2D(filters=6, kernel_size=3, padding="same")
HALVED = Conv2D(filters=6, kernel_size=3, strides=2, padding="same")
RESIDUALS = [
    ("as it is", lambda x: L.Add()([conv(x), x]), [Residual(layers=(CONV,))]),
    ("the other way round", lambda x: L.Add()([x, conv(x)]), [Residual(layers=(CONV,))]),
    ("with a plus", lambda x: conv(x) + x, [Residual(layers=(CONV,))]),
    ("wider", lambda x: L.Add()([conv(x, 6), projection(x, 6)]), [Residual(layers=(WIDER,))]),
    ("wider, the other way round", lambda x: L.Add()([projection(x, 6), conv(x, 6)]), [Residual(layers=(WIDER,))]),
    ("halved", lambda x: L.Add()([conv(x, 6, strides=2), projection(x, 6, strides=2)]), [Residual(layers=(HALVED,))]),
    (
        "halved with a padded projection",
        lambda x: L.Add()([conv(x, 6, strides=2), projection(x, 6, strides=2, padding="same")]),
        [Residual(layers=(HALVED,))],
    ),
    (
        "of a vector",
        lambda x: (lambda v: L.Add()([L.Dense(7)(v), L.Dense(7, use_bias=False)(v)]))(L.Flatten()(x)),
        [Flatten(), Residual(layers=(Dense(units=7),))],
    ),
    (
        "with an activation",
        lambda x: L.Activation("tanh")(L.Add()([conv(x), x])),
        [Residual(layers=(CONV,), activation="tanh")],
    ),
    ("with a ReLU", lambda x: L.ReLU()(L.Add()([conv(x), x])), [Residual(layers=(CONV,), activation="relu")]),
    (
        "with a ReLU that has a limit",
        lambda x: L.ReLU(6)(L.Add()([conv(x), x])),
        [Residual(layers=(CONV,)), ReLU(max_value=6)],
    ),
    (
        "with two activations",
        lambda x: L.ReLU()(L.Activation("tanh")(L.Add()([conv(x), x]))),
        [Residual(layers=(CONV,), activation="tanh"), ReLU()],
    ),
    (
        "with an activation that only the next stack passes",
        lambda x: (lambda y: L.Add()([conv(L.ReLU()(y)), y]))(L.Add()([conv(x), x])),
        [Residual(layers=(CONV,)), Residual(layers=(ReLU(), CONV))],
    ),
    (
        "one behind the other",
        lambda x: (lambda y: L.Add()([conv(y), y]))(L.ReLU()(L.Add()([conv(x), x]))),
        [Residual(layers=(CONV,), activation="relu"), Residual(layers=(CONV,))],
    ),
    (
        "around one that begins at the same tensor",
        lambda x: L.Add()([conv(L.Add()([conv(x), x])), x]),
        [Residual(layers=(Residual(layers=(CONV,)), CONV))],
    ),
    (
        "around one with a projection of its own",
        lambda x: L.Add()([L.Add()([conv(x, 6), projection(x, 6)]), projection(x, 6)]),
        [Residual(layers=(Residual(layers=(WIDER,)),))],
    ),
    ("three inside each other", lambda x: nested(x, 3), [nested_residual(3)]),
]


@pytest.mark.parametrize(("make", "layers"), [case[1:] for case in RESIDUALS], ids=[case[0] for case in RESIDUALS])
def test_an_addition_becomes_a_residual(make: Callable[[Any], Any], layers: list[Layer]) -> None:
    assert layers_of(branching(make)) == tuple(layers)


SUM = "Add 'sum': only the sum of a stack of layers and of what went into it can be taken over"
REFUSED = [
    ("a projection with a bias", lambda x: L.Add(name="sum")([conv(x, 6), projection(x, 6, use_bias=True)]), SUM),
    ("an active projection", lambda x: L.Add(name="sum")([conv(x, 6), projection(x, 6, activation="relu")]), SUM),
    (
        "a projection with a price",
        lambda x: L.Add(name="sum")([conv(x, 6), projection(x, 6, kernel_regularizer="l2")]),
        SUM,
    ),
    ("a projection that is not needed", lambda x: L.Add(name="sum")([conv(x), projection(x, 3)]), SUM),
    ("a projection with a larger kernel", lambda x: L.Add(name="sum")([conv(x, 6), conv(x, 6, use_bias=False)]), SUM),
    (
        "a projection and its normalization",
        lambda x: L.Add(name="sum")([conv(x, 6), L.BatchNormalization()(projection(x, 6))]),
        SUM,
    ),
    ("a tensor and itself", lambda x: L.Add(name="sum")([x, x]), SUM),
    ("a sum that stretches one side", lambda x: L.Add(name="sum")([conv(x, 1), x]), SUM),
    ("three tensors", lambda x: L.Add(name="sum")([conv(x), conv(x), x]), "Add 'sum': it adds 3 tensors"),
    ("a tensor and a number", lambda x: conv(x) + 1.0, "it is called with 1.0, which is not possible here."),
    ("concatenation", lambda x: L.Concatenate(name="c")([conv(x), x]), "Concatenate 'c': there is no such layer here."),
    ("multiplication", lambda x: L.Multiply(name="m")([conv(x), x]), "Multiply 'm': there is no such layer here."),
    ("weights used twice", shared, "Conv2D 'twice': it is used 2 times with the same weights"),
    ("additions that cross", crossed, "its output goes to several layers in a way that no Residual can have."),
    ("four inside each other", lambda x: nested(x, 4), "at most 3 additions may stand inside each other."),
    (
        "dropout that never ends",
        lambda x: L.Dropout(0.5, name="d")(x, training=True),
        "Dropout 'd': it is called with training=true, which is not possible here.",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_every_other_branching_is_refused_by_name(make: Callable[[Any], Any], sentence: str) -> None:
    assert sentence in refusal(as_json(branching(make)))


def test_several_inputs_are_refused_by_name() -> None:
    one, two = keras.Input(IMAGE, name="left"), keras.Input(IMAGE, name="right")
    model = keras.Model([one, two], L.Add()([conv(one), two]))

    assert "InputLayer 'left', InputLayer 'right': the model has several inputs" in refusal(as_json(model))


def test_several_outputs_are_refused_by_name() -> None:
    image = keras.Input(IMAGE)
    model = keras.Model(image, [L.Conv2D(2, 3, name="one")(image), L.Conv2D(2, 3, name="two")(image)])

    assert "Conv2D 'one', Conv2D 'two': the model has several outputs" in refusal(as_json(model))


def test_an_addition_behind_a_layer_that_is_refused_is_not_blamed() -> None:
    def make(x: Any) -> Any:
        y = L.Conv2DTranspose(6, 3, name="wrong")(x)
        return L.Add(name="sum")([conv(y, 8), projection(y, 8)])

    sentence = refusal(as_json(branching(make)))

    assert "Conv2DTranspose 'wrong'" in sentence
    assert "sum" not in sentence


def test_models_inside_the_model_are_laid_open() -> None:
    image, inner_image = keras.Input(IMAGE), keras.Input(IMAGE)
    functional = keras.Model(inner_image, L.Add()([conv(inner_image), inner_image]), name="functional")
    sequential = keras.Sequential([L.MaxPooling2D(), keras.Sequential([L.Flatten(), L.Dense(3)])], name="sequential")
    model = keras.Model(image, L.Activation("softmax")(sequential(functional(L.Rescaling(1 / 255)(image)))))

    assert layers_of(model) == (
        Residual(layers=(CONV,)),
        MaxPooling2D(),
        Flatten(),
        Dense(units=3),
        Activation(activation="softmax"),
    )


def test_a_model_that_is_used_twice_is_refused_by_name() -> None:
    inner = keras.Sequential([keras.Input(IMAGE), L.Conv2D(3, 3, padding="same")], name="inner")

    assert "Sequential 'inner': it is used 2 times" in refusal(as_json(branching(lambda x: inner(inner(x)))))


def test_a_model_at_the_head_of_a_sequential_brings_the_input() -> None:
    image = keras.Input(IMAGE)
    base = keras.Model(image, conv(L.Rescaling(1 / 255)(image)))

    assert layers_of(keras.Sequential([base, L.Flatten()])) == (CONV, Flatten())
