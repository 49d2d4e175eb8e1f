"""The monitors against Keras's ``fit`` with the same callbacks, on the same figures."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import keras
import numpy as np
import pytest

from core.recipe import Recipe
from core.training.monitors import MODES, Monitors
from tests.core.training.nets import SMALL_NET, parts_of, recipe_of
from tests.samples import pairs

Value = TypeVar("Value")

FIGURES = {
    "better and worse": [1.0, 0.9, 0.8, 0.85, 0.81, 0.79, 0.83, 0.84, 0.85, 0.86, 0.87, 0.7],
    "always worse": [1.0 + 0.1 * epoch for epoch in range(12)],
    "always better": [1.0 - 0.05 * epoch for epoch in range(12)],
    "a little better": [1.0 - 0.004 * epoch for epoch in range(12)],
    "always the same": [0.5] * 12,
}
RATE = 0.1

EARLY_STOPPINGS = [
    {"patience": 0},
    {"patience": 2},
    {"patience": 2, "min_delta": 0.01},
    {"patience": 1, "start_from_epoch": 4},
    {"patience": 3, "monitor": "val_accuracy"},
]
PLATEAUS = [
    {"patience": 0, "factor": 0.5},
    {"patience": 2, "factor": 0.1},
    {"patience": 1, "factor": 0.5, "min_delta": 0.01},
    {"patience": 1, "factor": 0.5, "cooldown": 2},
    {"patience": 1, "factor": 0.1, "min_lr": 0.005},
    {"patience": 2, "factor": 0.5, "monitor": "val_accuracy"},
]


def recipe(**training: object) -> Recipe:
    return recipe_of(SMALL_NET, optimizer={"kind": "SGD", "learning_rate": RATE}, **training)


def by_repr(values: Iterable[Value]) -> dict[str, Value]:
    return {repr(value): value for value in values}


def figures_of(losses: Sequence[float]) -> list[dict[str, float]]:
    return [{"val_loss": loss, "val_accuracy": 1 - loss / 4} for loss in losses]


class Says(keras.callbacks.Callback):
    """Puts the figures of the table in the place of those that Keras measured, and keeps the rate of each epoch."""

    def __init__(self, losses: Sequence[float]) -> None:
        super().__init__()
        self._figures = figures_of(losses)
        self.rates: list[float] = []

    def on_epoch_begin(self, epoch, logs=None) -> None:
        self.rates.append(float(self.model.optimizer.learning_rate.numpy()))

    def on_epoch_end(self, epoch, logs=None) -> None:
        logs.update(self._figures[epoch])


def rates_of_keras(losses: Sequence[float], callback: keras.callbacks.Callback) -> list[float]:
    """The learning rate of each epoch that Keras's ``fit`` begins."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(RATE), "mean_squared_error")
    says = Says(losses)
    model.fit(np.zeros((1, 1)), np.zeros((1, 1)), epochs=len(losses), callbacks=[says, callback], verbose=0)
    return says.rates


def our_rates(losses: Sequence[float], **training: object) -> list[float]:
    """The same, as the monitors have it."""
    given = recipe(**training)
    monitors = Monitors(parts_of(given), given.training)
    rates = [RATE]
    for epoch, figures in enumerate(figures_of(losses), start=1):
        rates.append(rates[-1] * monitors.on_epoch(epoch, figures))
        if monitors.is_over:
            break
    return rates[: min(epoch, len(losses))]


@pytest.mark.parametrize(("settings", "losses"), pairs(by_repr(EARLY_STOPPINGS), FIGURES))
def test_early_stopping_ends_where_keras_ends(settings: dict, losses: list[float]) -> None:
    mode = MODES[settings.get("monitor", "val_loss")]
    expected = rates_of_keras(losses, keras.callbacks.EarlyStopping(**settings, mode=mode))

    assert len(our_rates(losses, early_stopping=settings)) == len(expected)


@pytest.mark.parametrize(("settings", "losses"), pairs(by_repr(PLATEAUS), FIGURES))
def test_a_plateau_lowers_the_rate_as_keras_does(settings: dict, losses: list[float]) -> None:
    mode = MODES[settings.get("monitor", "val_loss")]
    expected = rates_of_keras(losses, keras.callbacks.ReduceLROnPlateau(**settings, mode=mode))

    assert our_rates(losses, reduce_on_plateau=settings) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("forgotten_after", "losses"), pairs(by_repr(range(1, 12)), FIGURES))
def test_monitors_that_recall_what_others_remember_go_on_as_they_would(
    forgotten_after: int, losses: list[float]
) -> None:
    settings = {
        "early_stopping": {"patience": 4},
        "reduce_on_plateau": {"patience": 1, "factor": 0.5, "cooldown": 1},
        "keep_best": "val_accuracy",
    }
    given = recipe(epochs=12, **settings)
    whole, first, second = (Monitors(parts_of(given), given.training) for _ in range(3))

    def told(monitors: Monitors, epochs: Sequence[int]) -> list[tuple[float, bool, int | None]]:
        figures = figures_of(losses)
        return [
            (monitors.on_epoch(epoch, figures[epoch - 1]), monitors.is_over, monitors.best_epoch) for epoch in epochs
        ]

    expected = told(whole, range(1, 13))
    found = told(first, range(1, forgotten_after + 1))
    second.recall(first.content(), first.best_weights)
    found += told(second, range(forgotten_after + 1, 13))

    assert [(round(factor, 5), *rest) for factor, *rest in found] == [
        (round(factor, 5), *rest) for factor, *rest in expected
    ]


@pytest.mark.parametrize(
    ("keep_best", "losses", "best"), [(None, FIGURES["better and worse"], 12), ("val_accuracy", [0.5, 0.5, 0.9], 1)]
)
def test_the_weights_of_the_best_epoch_come_back(keep_best: str | None, losses: list[float], best: int) -> None:
    given = recipe(keep_best=keep_best)
    parts = parts_of(given)
    monitors = Monitors(parts, given.training)
    for epoch, figures in enumerate(figures_of(losses), start=1):
        parts.model.set_weights([np.full_like(weights, epoch) for weights in parts.model.get_weights()])
        monitors.on_epoch(epoch, figures)
    parts.model.set_weights([np.zeros_like(weights) for weights in parts.model.get_weights()])

    monitors.restore_best()

    assert monitors.best_epoch == best
    assert {number for weights in parts.model.get_weights() for number in weights.ravel().tolist()} == {best}


def test_before_the_first_epoch_the_weights_stay_as_they_are() -> None:
    given = recipe()
    parts = parts_of(given)
    monitors = Monitors(parts, given.training)
    fresh = parts.model.get_weights()

    monitors.restore_best()

    assert monitors.best_epoch is None
    for old, new in zip(fresh, parts.model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_patience_begins_anew_for_a_training_that_is_to_go_further() -> None:
    given = recipe(early_stopping={"patience": 2})
    monitors = Monitors(parts_of(given), given.training)
    figures = figures_of(FIGURES["always worse"])
    for epoch in (1, 2, 3):
        monitors.on_epoch(epoch, figures[epoch - 1])
    assert monitors.is_over

    monitors.go_further()

    ends = []
    for epoch in (4, 5):
        monitors.on_epoch(epoch, figures[epoch - 1])
        ends.append(monitors.is_over)
    assert ends == [False, True]
