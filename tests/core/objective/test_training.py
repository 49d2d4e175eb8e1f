"""Losses, optimizers and the course of a training: Keras and the numbers of the lesson are the oracle."""

import inspect
import math

import keras
import numpy as np
import pytest
from pydantic import ValidationError

from core.objective import CLIPPINGS, LOSSES, OPTIMIZERS, Adam, Constant, LossName, Training, label_encoding

UPDATES = [
    (100, 10, 10),
    (100, 20, 5),
    (100, 30, 4),
    (1, 32, 1),
    (700, 32, 22),
    (704, 32, 22),
    (705, 32, 23),
    (0, 32, 0),
]


@pytest.mark.parametrize(("images", "batch_size", "updates"), UPDATES)
def test_updates_per_epoch(images: int, batch_size: int, updates: int) -> None:
    training = Training(loss="mean_squared_error", optimizer=Adam(), batch_size=batch_size)

    assert training.updates_per_epoch(images) == updates


# The worked numbers of the lesson: predicted 3 for 5; p = 0.9 for a positive; p = 0.7 for the true class.
LESSON = [
    ("mean_squared_error", [[5.0]], [[3.0]], 4),
    ("binary_crossentropy", [[1.0]], [[0.9]], 0.105),
    ("categorical_crossentropy", [[0.0, 1.0, 0.0]], [[0.1, 0.7, 0.2]], 0.357),
    ("sparse_categorical_crossentropy", [1], [[0.1, 0.7, 0.2]], 0.357),
]


@pytest.mark.parametrize(("loss", "labels", "outputs", "expected"), LESSON)
def test_a_loss_is_the_one_that_the_lesson_works_out(loss: LossName, labels, outputs, expected: float) -> None:
    value = keras.losses.get(loss)(np.array(labels), np.array(outputs))

    assert float(np.mean(value)) == pytest.approx(expected, abs=5e-4)


def test_every_loss_is_in_the_lesson_and_is_described() -> None:
    assert {loss for loss, *_ in LESSON} == set(LOSSES)
    for loss in LOSSES.values():
        assert loss.title
        assert loss.summary.endswith(".")
        assert loss.formula


ENCODINGS = [
    ("sparse_categorical_crossentropy", 10, "index"),
    ("sparse_categorical_crossentropy", 1, "index"),
    ("categorical_crossentropy", 10, "one_hot"),
    ("binary_crossentropy", 1, "number"),
    ("binary_crossentropy", 2, "one_hot"),
    ("mean_squared_error", 1, "number"),
    ("mean_squared_error", 10, "one_hot"),
]


@pytest.mark.parametrize(("loss", "units", "encoding"), ENCODINGS)
def test_how_a_loss_wants_its_labels(loss: LossName, units: int, encoding: str) -> None:
    assert label_encoding(loss, units) == encoding


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_defaults_of_an_optimizer_are_those_of_keras(kind: str) -> None:
    in_keras = inspect.signature(getattr(keras.optimizers, kind)).parameters
    optimizer = OPTIMIZERS[kind]()

    assert optimizer.kind == kind
    assert optimizer.keras_arguments() == {name: in_keras[name].default for name in optimizer.keras_arguments()}


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_field_of_an_optimizer_is_described(kind: str) -> None:
    fields = {name: field for name, field in OPTIMIZERS[kind].model_fields.items() if name != "kind"}

    assert OPTIMIZERS[kind].summary.endswith(".")
    assert [name for name, field in fields.items() if not field.description] == []


def test_defaults_of_a_training_are_those_of_keras_fit() -> None:
    training = Training(loss="mean_squared_error", optimizer=Adam())
    fit = inspect.signature(keras.Model.fit).parameters

    assert training.epochs == fit["epochs"].default
    assert training.batch_size == 32, "fit: 'If unspecified, batch_size will default to 32.'"
    assert training.class_weights is fit["class_weight"].default
    assert (training.metrics, training.label_smoothing, training.schedule) == ((), 0.0, Constant())
    assert (training.early_stopping, training.reduce_on_plateau, training.keep_best) == (None, None, None)
    assert not training.mixed_precision


def test_every_field_of_a_training_is_described() -> None:
    fields = Training.model_fields.items()

    assert [name for name, field in fields if not (field.description or "").endswith(".")] == []


OUT_OF_BOUNDS = [
    ("Adam", {"learning_rate": 0.0}),
    ("Adam", {"learning_rate": -0.1}),
    ("Adam", {"learning_rate": math.nan}),
    ("Adam", {"learning_rate": math.inf}),
    ("Adam", {"beta_1": 1.0}),
    ("AdamW", {"weight_decay": -1.0}),
    ("SGD", {"momentum": 1.5}),
    ("SGD", {"nesterov": 1}),
    ("RMSprop", {"rho": 1.0}),
    ("Adagrad", {"initial_accumulator_value": -0.1}),
    ("Adagrad", {"momentum": 0.9}),
    ("SGD", {"weight_decay": -0.1}),
    ("AdamW", {"weight_decay": None}),
    ("SGD", {"clipnorm": 0.0}),
    ("Adam", {"clipvalue": -1.0}),
    ("RMSprop", {"global_clipnorm": math.inf}),
]


@pytest.mark.parametrize(("kind", "arguments"), OUT_OF_BOUNDS)
def test_an_optimizer_refuses_what_is_out_of_bounds(kind: str, arguments: dict) -> None:
    with pytest.raises(ValidationError):
        OPTIMIZERS[kind](**arguments)


# At the edges of the bounds, where Keras has bounds of its own.
EDGES = [
    ("SGD", {"momentum": 1.0, "nesterov": True}),
    ("SGD", {"momentum": 0.0, "nesterov": True}),
    ("RMSprop", {"rho": 0.0, "momentum": 1.0, "centered": True}),
    ("Adam", {"beta_1": 0.0, "beta_2": 0.0, "amsgrad": True}),
    ("AdamW", {"weight_decay": 0.0}),
    ("AdamW", {"weight_decay": 1.0}),
    ("Adagrad", {"initial_accumulator_value": 0.0}),
    *((kind, {"weight_decay": decay}) for kind in OPTIMIZERS for decay in (0.0, 1.0)),
    *(("SGD", {name: limit}) for name in CLIPPINGS for limit in (1e-9, 1e6)),
]


@pytest.mark.parametrize(("kind", "arguments"), EDGES)
def test_keras_accepts_the_edges_of_the_bounds(kind: str, arguments: dict) -> None:
    optimizer = getattr(keras.optimizers, kind)(**OPTIMIZERS[kind](**arguments).keras_arguments())
    weight = keras.Variable([1.0, 2.0])

    optimizer.apply([np.array([0.5, -0.5], np.float32)], [weight])

    assert np.isfinite(weight.numpy()).all()


# The gradient (0.3, 0.4) of one weight and (1.2,) of another: lengths 0.5 and 1.2, together 1.3.
CLIPPED = [
    ({"clipnorm": 1.0}, [0.3, 0.4], [1.0]),
    ({"clipvalue": 0.35}, [0.3, 0.35], [0.35]),
    ({"global_clipnorm": 0.65}, [0.15, 0.2], [0.6]),
    ({}, [0.3, 0.4], [1.2]),
]


@pytest.mark.parametrize(("arguments", "first", "second"), CLIPPED)
def test_gradients_are_clipped_as_described(arguments: dict, first: list[float], second: list[float]) -> None:
    optimizer = keras.optimizers.SGD(**OPTIMIZERS["SGD"](learning_rate=1.0, **arguments).keras_arguments())
    weights = [keras.Variable([0.0, 0.0]), keras.Variable([0.0])]

    optimizer.apply([np.array([0.3, 0.4], np.float32), np.array([1.2], np.float32)], weights)

    assert weights[0].numpy() == pytest.approx([-number for number in first])
    assert weights[1].numpy() == pytest.approx([-number for number in second])


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("pair", [CLIPPINGS[:2], CLIPPINGS[1:], CLIPPINGS])
def test_an_optimizer_refuses_to_clip_in_two_ways_as_keras_does(kind: str, pair: tuple[str, ...]) -> None:
    arguments = dict.fromkeys(pair, 1.0)

    with pytest.raises(ValidationError, match="only one of"):
        OPTIMIZERS[kind](**arguments)
    with pytest.raises(ValueError, match="Only one of"):
        getattr(keras.optimizers, kind)(**arguments)


WRONG = [
    {"label_smoothing": 1.0},
    {"label_smoothing": -0.1},
    {"label_smoothing": math.nan},
    {"class_weights": "balance"},
    {"class_weights": {"cat": 0.0}},
    {"class_weights": {"cat": 1001.0}},
    {"class_weights": {"cat": math.nan}},
    {"class_weights": {3: 1.0}},
    {"class_weights": [1.0, 2.0]},
    {"keep_best": "loss"},
    {"mixed_precision": 1},
    {"schedule": None},
]


@pytest.mark.parametrize("settings", WRONG, ids=repr)
def test_a_training_refuses_what_is_out_of_bounds(settings: dict) -> None:
    with pytest.raises(ValidationError):
        Training(loss="categorical_crossentropy", optimizer=Adam(), **settings)
