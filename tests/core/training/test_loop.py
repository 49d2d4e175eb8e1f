"""The loop learns what Keras's own ``fit`` learns, and is not disturbed by how it is cut into chunks or stopped."""

from functools import cache

import keras
import numpy as np
import pytest

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.errors import RunError
from core.runs.progress import RateChange
from core.training.batches import shuffled
from core.training.loop import Outcome, fit
from tests.core.training.nets import (
    CLASSES,
    NORMALIZED_NET,
    RANDOM_NET,
    SMALL_NET,
    SOFTMAX,
    Recorder,
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
SCHEDULES_OF_KERAS = [
    {"kind": "CosineDecay", "warmup_epochs": 0.5, "alpha": 0.1},
    {"kind": "ExponentialDecay", "decay_rate": 0.5},
    {"kind": "StepDecay", "decay_rate": 0.5},
]
INTERRUPTED = {"stop_after_calls": Outcome.STOPPED, "pause_after_calls": Outcome.PAUSED}

WEIGHTS = {"class_weights": (0.5, 2.0, 3.0)}


@pytest.mark.parametrize(
    ("layers", "loss", "optimizer", "options"),
    [
        (SMALL_NET, "categorical_crossentropy", SGD, {}),
        (SMALL_NET, "sparse_categorical_crossentropy", ADAM, {}),
        (NORMALIZED_NET, "categorical_crossentropy", ADAMW, {}),
        ((Conv2D(filters=4, kernel_size=3, groups=1), Flatten(), Dense(units=1)), "mean_squared_error", ADAM, {}),
        ((Flatten(), Dense(units=1, activation="sigmoid")), "binary_crossentropy", SGD, {}),
        (SMALL_NET, "categorical_crossentropy", SGD, WEIGHTS),
        (SMALL_NET, "sparse_categorical_crossentropy", ADAM, WEIGHTS),
        ((Flatten(), Dense(units=1, activation="sigmoid")), "binary_crossentropy", SGD, {"class_weights": (4.0, 0.5)}),
        (SMALL_NET, "categorical_crossentropy", SGD, {"label_smoothing": 0.2}),
        ((Flatten(), Dense(units=1, activation="sigmoid")), "binary_crossentropy", SGD, {"label_smoothing": 0.3}),
        (SMALL_NET, "categorical_crossentropy", ADAM, {"label_smoothing": 0.2, **WEIGHTS}),
        (SMALL_NET, "categorical_crossentropy", SGD | {"clipnorm": 0.1}, {}),
        (SMALL_NET, "categorical_crossentropy", SGD | {"clipvalue": 0.01}, {}),
        (SMALL_NET, "categorical_crossentropy", SGD | {"global_clipnorm": 0.1}, {}),
    ],
)
def test_weights_and_history_are_those_of_keras_fit(layers, loss, optimizer, options) -> None:
    class_weights = options.get("class_weights")
    recipe = recipe_of(layers, loss=loss, optimizer=optimizer, label_smoothing=options.get("label_smoothing", 0.0))
    classes = 2 if layers[-1].units == 1 else CLASSES
    ours, theirs = parts_of(recipe), parts_of(recipe)
    data = some_data(ours, classes=classes, class_weights=class_weights)

    report = train(recipe, ours, data)

    accuracy = theirs.metrics["accuracy"]
    theirs.model.compile(theirs.optimizer, theirs.loss, metrics=[accuracy])
    for epoch, figures in enumerate(report.history, start=1):
        order = shuffled(recipe.training.seed, epoch, len(data.train))
        history = theirs.model.fit(
            data.train.pixels[order].astype(np.float32),
            data.train.labels[order],
            batch_size=recipe.training.batch_size,
            shuffle=False,
            class_weight=dict(enumerate(class_weights)) if class_weights else None,
            validation_data=(data.validation.pixels.astype(np.float32), data.validation.labels),
            validation_batch_size=recipe.training.batch_size,
            verbose=0,
        ).history
        names = ("loss", accuracy.name, "val_loss", f"val_{accuracy.name}")
        assert figures == pytest.approx([history[name][0] for name in names], abs=1e-5)
    for our_weights, their_weights in zip(ours.model.get_weights(), theirs.model.get_weights(), strict=True):
        np.testing.assert_allclose(our_weights, their_weights, atol=1e-5)


@pytest.mark.parametrize("metric", ["top_3_accuracy", "mean_absolute_error", "mean_squared_error"])
def test_further_metrics_are_those_of_keras_for_steps_and_epochs(metric: str) -> None:
    recipe = recipe_of((Flatten(), Dense(units=5, activation="softmax")), metrics=(metric,))
    parts = parts_of(recipe)
    data = some_data(parts)

    report = train(recipe, parts, data)

    measured = parts.metrics[metric]
    measured.reset_state()
    measured.update_state(data.validation.labels, parts.model.predict(data.validation.pixels, verbose=0))
    last = report.epochs[-1].metrics
    assert last[f"val_{metric}"] == pytest.approx(float(measured.result()), abs=1e-5)
    of_steps = [step.metrics[metric] for step in report.steps[6:]]
    assert last[metric] == pytest.approx(np.average(of_steps, weights=[8, 8, 8, 8, 8, 4]), abs=1e-5)


@pytest.mark.parametrize("schedule", SCHEDULES_OF_KERAS, ids=lambda schedule: schedule["kind"])
def test_a_schedule_gives_the_rates_and_weights_of_keras(schedule: dict) -> None:
    recipe = recipe_of(SMALL_NET, optimizer=SGD, schedule=schedule, epochs=3)
    ours, theirs = parts_of(recipe), parts_of(recipe)
    data = some_data(ours)

    report = train(recipe, ours, data)

    name, arguments = recipe.training.schedule.keras_schedule(SGD["learning_rate"], 6, 3)
    rates = getattr(keras.optimizers.schedules, name)(**arguments)
    assert [step.learning_rate for step in report.steps] == pytest.approx([float(rates(step)) for step in range(18)])
    optimizer = keras.optimizers.SGD(learning_rate=rates, momentum=0.9, nesterov=True)
    theirs.model.compile(optimizer, theirs.loss)
    for epoch in (1, 2, 3):
        order = shuffled(recipe.training.seed, epoch, len(data.train))
        images, labels = data.train.pixels[order].astype(np.float32), data.train.labels[order]
        theirs.model.fit(images, labels, batch_size=8, shuffle=False, verbose=0)
    for our_weights, their_weights in zip(ours.model.get_weights(), theirs.model.get_weights(), strict=True):
        np.testing.assert_allclose(our_weights, their_weights, atol=1e-5)


def test_a_changed_learning_rate_counts_from_the_next_step_on_and_its_step_is_told() -> None:
    recipe = recipe_of(SMALL_NET, optimizer=SGD)
    parts = parts_of(recipe)
    changes = [RateChange(1, 0.02, step=4), RateChange(2, 0.01)]

    recorder = Recorder(rate_changes=changes)

    fit(parts, some_data(parts), recipe.training, recorder, chunk_seconds=ALL_AT_ONCE)

    assert recorder.applied == [RateChange(2, 0.01, step=0)]
    rates = [step.learning_rate for call in recorder.calls for step in call]
    assert rates == pytest.approx([0.01] * 4 + [0.02] * 8)


def test_validation_is_what_keras_evaluates() -> None:
    recipe = recipe_of(NORMALIZED_NET, epochs=1)
    parts = parts_of(recipe)
    data = some_data(parts)

    report = train(recipe, parts, data)

    parts.metrics["accuracy"].reset_state()
    parts.model.compile(loss=parts.loss, metrics=[parts.metrics["accuracy"]])
    evaluated = parts.model.evaluate(data.validation.pixels.astype(np.float32), data.validation.labels, verbose=0)
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


def test_nothing_is_learned_where_a_stop_comes_first() -> None:
    recipe = recipe_of(SMALL_NET)
    parts = parts_of(recipe)
    fresh = parts.model.get_weights()

    report = train(recipe, parts, some_data(parts), stop_after_calls=0)

    assert (report.outcome, report.kept_epoch, report.calls) == (Outcome.STOPPED, None, 0)
    for old, new in zip(fresh, parts.model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


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


@pytest.mark.parametrize("order", ["stop_after_calls", "pause_after_calls"])
def test_an_interrupted_training_leaves_the_weights_of_its_best_epoch(order: str) -> None:
    whole, interrupted = recipe_of(SMALL_NET, optimizer=SGD, epochs=1), recipe_of(SMALL_NET, optimizer=SGD, epochs=50)
    expected, parts = parts_of(whole), parts_of(interrupted)
    train(whole, expected, some_data(expected))

    report = train(interrupted, parts, some_data(parts), **{order: 9}, chunk_seconds=ONE_BY_ONE)

    assert (report.outcome, report.kept_epoch) == (INTERRUPTED[order], 1)
    for ours, theirs in zip(parts.model.get_weights(), expected.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


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
