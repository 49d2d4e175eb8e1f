from dataclasses import replace

import pytest

from core.runs.states import RunState
from tests.ui.example_runs import AFTER_240, BUILT, CONTINUED, EPOCHS, NOW, RUN, STEPS
from ui.run_progress import progress, roughly


@pytest.mark.parametrize(
    ("run", "before", "expected"),
    [
        (
            replace(RUN, state=RunState.QUEUED, started_at=None),
            0,
            "Next in line: the training process is getting ready",
        ),
        (replace(RUN, state=RunState.QUEUED, started_at=None), 1, "In the queue: 1 run is before it."),
        (replace(RUN, state=RunState.QUEUED, started_at=None), 3, "In the queue: 3 runs are before it."),
        (RUN, 0, "Getting ready: the model is being built"),
        (BUILT, 0, f"Epoch 1 of {EPOCHS} · update 0 of {100 * EPOCHS} · 12 seconds so far"),
        (
            replace(BUILT, epoch=1, step=100, epoch_seconds=12.0),
            0,
            f"Epoch 2 of {EPOCHS} · update 100 of {100 * EPOCHS} · about 50 seconds left",
        ),
        (
            replace(BUILT, epoch=EPOCHS, step=100 * EPOCHS, epoch_seconds=12.0),
            0,
            f"All {EPOCHS} epochs are done: the model is",
        ),
        (replace(BUILT, stop_requested=True), 0, "Stopping after the update that is being made."),
        (
            replace(BUILT, epoch=1, step=150, seconds_per_step=0.1, validation_seconds=2.0, epoch_seconds=100.0),
            0,
            f"Epoch 2 of {EPOCHS} · update 150 of {STEPS} · about 45 seconds left",
        ),
        (replace(AFTER_240, pause_requested=True), 0, "Pausing after the update that is being made."),
        (replace(AFTER_240, pause_requested=True, stop_requested=True), 0, "Stopping after the update"),
        (
            replace(CONTINUED, state=RunState.PAUSED, started_at=None),
            0,
            f"Paused · Epoch 3 of {EPOCHS} · update 240 of {STEPS} · 48 seconds so far",
        ),
        (replace(CONTINUED, started_at=None), 0, "Going on from update 240: the model is being built"),
        (replace(CONTINUED, resumed_at=(2, 240)), 0, "Going on from update 240: the model is being built"),
        (
            replace(CONTINUED, resumed_at=(2, 200)),
            0,
            f"Epoch 3 of {EPOCHS} · update 240 of {STEPS} · about 1 minute 5 seconds left",
        ),
        (replace(AFTER_240, parent_id="parent", started_at=None), 0, "Going on from update 240"),
        (replace(CONTINUED, resumed_at=(0, 0), epoch=0, step=0), 0, f"Epoch 1 of {EPOCHS} · update 0 of {STEPS}"),
        (
            replace(BUILT, state=RunState.COMPLETED, epoch=EPOCHS, finished_at=NOW),
            0,
            f"{EPOCHS} of {EPOCHS} epochs done in 12 seconds",
        ),
        (
            replace(BUILT, state=RunState.COMPLETED, epoch=2, finished_at=NOW),
            0,
            f"2 of {EPOCHS} epochs done in 12 seconds, then early stopping ended it",
        ),
        (
            replace(BUILT, state=RunState.STOPPED, epoch=2, finished_at=NOW),
            0,
            f"2 of {EPOCHS} epochs done in 12 seconds",
        ),
        (replace(RUN, state=RunState.LOST, started_at=None), 0, f"0 of {EPOCHS} epochs done in under a second"),
        (replace(RUN, state=RunState.STOPPED, started_at=None), 0, "It was taken out of the queue before it began."),
    ],
)
def test_how_far_a_run_is(run, before, expected):
    assert str(progress(run, NOW, before)).startswith(expected)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, 1), (12.4, 12), (44, 45), (97, 95), (124, 120), (284, 280), (299, 300), (764, 780), (5000, 4980)],
)
def test_a_forecast_is_said_as_exactly_as_it_is_good_for(seconds, expected):
    assert roughly(seconds) == expected
