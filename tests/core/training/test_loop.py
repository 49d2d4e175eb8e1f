"""The loop learns what Keras's own ``fit`` learns, and is not disturbed by how it is cut into chunks or stopped."""

from functools import cache

import numpy as np
import pytest

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.errors import RunError
from core.training.batches import shuffled
from core.training.loop import Outcome
from tests.core.training.nets import (
    CLASSES,
    NORMALIZED_NET,
    RANDOM_NET,
    SMALL_NET,
    SOFTMAX,
    Report,
    parts_of,
    recipe_of,
    some_data,
    train,
)

ALL_AT_ONCE, ONE_BY_ONE = 1e9, 0.0
SGD = {"kind": "SGD", "learning_rate": 0.05, "momentum": 0.9, "nesterov": True}
ADAM = {"kind": "Adam", "learning_rate": 0.01}
ADAMW = {"kind": "AdamW", "learning_rate": 0.01}


@pytest.mark.parametrize(
    ("layers", "loss", "optimizer"),
    [
        (SMALL_NET, "categorical_crossentropy", SGD),
        (SMALL_NET, "sparse_categorical_crossentropy", ADAM),
        (NORMALIZED_NET, "categorical_crossentropy", ADAMW),
        ((Conv2D(filters=4, kernel_size=3, groups=1), Flatten(), Dense(units=1)), "mean_squared_error", ADAM),
        ((Flatten(), Dense(units=1, activation="sigmoid")), "binary_crossentropy", SGD),
    ],
)
def test_weights_and_history_are_those_of_keras_fit(layers, loss, optimizer) -> None:
    recipe = recipe_of(layers, loss=loss, optimizer=optimizer)
    classes = 2 if layers[-1].units == 1 else CLASSES
    ours, theirs = parts_of(recipe), parts_of(recipe)
    data = some_data(ours, classes=classes)

    report = train(recipe, ours, data)

    theirs.model.compile(theirs.optimizer, theirs.loss, metrics=[theirs.accuracy])
    for epoch, figures in enumerate(report.history, start=1):
        order = shuffled(recipe.training.seed, epoch, len(data.train))
        history = theirs.model.fit(
            data.train.images[order].astype(np.float32),
            data.train.labels[order],
            batch_size=recipe.training.batch_size,
            shuffle=False,
            validation_data=(data.validation.images.astype(np.float32), data.validation.labels),
            validation_batch_size=recipe.training.batch_size,
            verbose=0,
        ).history
        accuracy = theirs.accuracy.name
        names = ("loss", accuracy, "val_loss", f"val_{accuracy}")
        assert figures == pytest.approx([history[name][0] for name in names], abs=1e-5)
    for our_weights, their_weights in zip(ours.model.get_weights(), theirs.model.get_weights(), strict=True):
        np.testing.assert_allclose(our_weights, their_weights, atol=1e-5)


def test_validation_is_what_keras_evaluates() -> None:
    recipe = recipe_of(NORMALIZED_NET, epochs=1)
    parts = parts_of(recipe)
    data = some_data(parts)

    report = train(recipe, parts, data)

    parts.accuracy.reset_state()
    parts.model.compile(loss=parts.loss, metrics=[parts.accuracy])
    evaluated = parts.model.evaluate(data.validation.images.astype(np.float32), data.validation.labels, verbose=0)
    assert report.history[0][2:] == pytest.approx(evaluated, abs=1e-6)


def test_every_step_is_reported_once_and_the_epoch_is_their_mean() -> None:
    recipe = recipe_of(SMALL_NET)
    parts = parts_of(recipe)

    report = train(recipe, parts, some_data(parts))

    assert [step.step for step in report.steps] == list(range(1, 13))
    sizes = [8, 8, 8, 8, 8, 4]
    assert report.epochs[0].loss == pytest.approx(np.average([step.loss for step in report.steps[:6]], weights=sizes))
    assert report.epochs[1].accuracy == pytest.approx(
        np.average([step.accuracy for step in report.steps[6:]], weights=sizes)
    )
    assert [epoch.epoch for epoch in report.epochs] == [1, 2]
    assert all(epoch.seconds > 0 for epoch in report.epochs)
    assert report.outcome is Outcome.COMPLETED


def test_the_same_seed_gives_the_same_weights_and_history_however_the_chunks_are_cut() -> None:
    one_by_one, weights = _trained(chunk_seconds=ONE_BY_ONE, seed=0)
    at_once, weights_at_once = _trained(chunk_seconds=ALL_AT_ONCE, seed=0)

    assert one_by_one.calls > at_once.calls
    assert one_by_one.steps == at_once.steps
    assert one_by_one.history == at_once.history
    for these, those in zip(weights, weights_at_once, strict=True):
        np.testing.assert_array_equal(these, those)


def test_another_seed_gives_another_history() -> None:
    assert (
        _trained(chunk_seconds=ALL_AT_ONCE, seed=0)[0].history != _trained(chunk_seconds=ALL_AT_ONCE, seed=1)[0].history
    )


def test_a_stop_is_obeyed_before_the_next_batch() -> None:
    recipe = recipe_of(SMALL_NET, epochs=50)
    parts = parts_of(recipe)
    fresh_weights = parts.model.get_weights()

    report = train(recipe, parts, some_data(parts), stop_after_calls=8, chunk_seconds=ONE_BY_ONE)

    assert report.outcome is Outcome.STOPPED
    assert [step.step for step in report.steps] == list(range(1, 9))
    assert [epoch.epoch for epoch in report.epochs] == [1]
    assert any((old != new).any() for old, new in zip(fresh_weights, parts.model.get_weights(), strict=True))


def test_a_stop_is_obeyed_between_training_and_validation() -> None:
    recipe = recipe_of(SMALL_NET, epochs=50)
    parts = parts_of(recipe)

    report = train(recipe, parts, some_data(parts), stop_after_calls=6, chunk_seconds=ONE_BY_ONE)

    assert report.outcome is Outcome.STOPPED
    assert not report.epochs


def test_a_training_that_diverges_ends_with_the_cure() -> None:
    layers = (Flatten(), Dense(units=64), Dense(units=64), Dense(units=CLASSES))
    recipe = recipe_of(layers, loss="mean_squared_error", optimizer={"kind": "SGD", "learning_rate": 100.0}, epochs=50)
    parts = parts_of(recipe)

    with pytest.raises(RunError, match=r"not a finite number.*learning rate of 100 is probably too high: try 10\."):
        train(recipe, parts, some_data(parts))


def test_grouped_convolutions_learn() -> None:
    layers = (Conv2D(filters=6, kernel_size=3, groups=3, activation="relu"), Flatten(), SOFTMAX)
    recipe = recipe_of(layers, size=(8, 8, 3), epochs=3)
    parts = parts_of(recipe)

    report = train(recipe, parts, some_data(parts, size=(8, 8, 3)))

    assert report.epochs[-1].loss < report.epochs[0].loss


@cache
def _trained(chunk_seconds: float, seed: int) -> tuple[Report, list[np.ndarray]]:
    recipe = recipe_of(RANDOM_NET, optimizer=ADAM, seed=seed)
    parts = parts_of(recipe)
    report = train(recipe, parts, some_data(parts), chunk_seconds=chunk_seconds)
    return report, parts.model.get_weights()
