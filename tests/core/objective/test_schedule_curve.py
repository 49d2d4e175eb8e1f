"""The table of the learning rate that is drawn before a training begins."""

import numpy as np
import pytest

from core.objective import Adam, Schedule, Training
from core.objective.schedule_curve import MOST_ROWS, schedule_curve
from core.objective.schedules import Constant, CosineDecay, OneCycle, StepDecay


def training(schedule: Schedule, epochs: int) -> Training:
    return Training(
        loss="mean_squared_error", optimizer=Adam(learning_rate=0.1), batch_size=10, epochs=epochs, schedule=schedule
    )


def test_a_short_training_is_shown_step_by_step() -> None:
    curve = schedule_curve(training(StepDecay(decay_epochs=1.0), epochs=2), images=15)

    assert curve.to_dict("list") == {
        "epoch": [0.0, 0.5, 1.0, 1.5, 2.0],
        "step": [0, 1, 2, 3, 4],
        "learning_rate": [0.1, 0.1, 0.05, 0.05, 0.05],
    }


LONG = [
    (Constant(warmup_epochs=3.0), 50, 10_000),
    (StepDecay(decay_epochs=7.0), 100, 10_000),
    (StepDecay(decay_epochs=0.5), 1000, 100),
    (CosineDecay(), 59, 100),
    (CosineDecay(), 60, 100),
    (OneCycle(), 10_000, 1_000_000),
]


@pytest.mark.parametrize(("schedule", "epochs", "images"), LONG, ids=repr)
def test_a_long_training_is_shown_from_end_to_end_in_few_rows(schedule: Schedule, epochs: int, images: int) -> None:
    curve = schedule_curve(training(schedule, epochs), images)

    assert 200 < len(curve) <= MOST_ROWS
    assert curve["step"].is_monotonic_increasing
    assert curve["step"].is_unique
    assert (curve["epoch"].iloc[0], curve["epoch"].iloc[-1]) == (0, epochs)
    assert np.diff(curve["epoch"]).max() <= epochs / 200


def test_every_drop_is_shown_from_both_sides() -> None:
    """1,000 steps per epoch, a drop every 7 epochs: 14 of them before epoch 100."""
    curve = schedule_curve(training(StepDecay(decay_epochs=7.0), epochs=100), images=10_000).set_index("step")

    for drop in range(1, 15):
        before, behind = curve["learning_rate"].loc[[7000 * drop - 1, 7000 * drop]]
        assert (before, behind) == pytest.approx((0.1 * 0.5 ** (drop - 1), 0.1 * 0.5**drop))


def test_the_peaks_are_shown() -> None:
    for schedule in (Constant(warmup_epochs=3.3), CosineDecay(warmup_epochs=3.3), OneCycle(rise=0.12345)):
        curve = schedule_curve(training(schedule, epochs=10), images=10_000)
        assert curve["learning_rate"].max() == pytest.approx(0.1, rel=1e-5)


def test_without_images_there_are_no_rows() -> None:
    curve = schedule_curve(training(CosineDecay(), epochs=3), images=0)

    assert curve.empty
    assert list(curve) == ["epoch", "step", "learning_rate"]
