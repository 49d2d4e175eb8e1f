from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.runs.run import Run
from core.runs.states import RunState
from tests.core.runs.builders import EPOCHS, make_recipe

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
QUEUED = Run(
    id="run",
    number=1,
    project_id=None,
    dataset_id="0" * 16,
    recipe=make_recipe(),
    state=RunState.QUEUED,
    epoch=0,
    step=0,
    steps_per_epoch=None,
    parameters=None,
    stop_requested=False,
    message=None,
    process=None,
    created_at=NOON,
    started_at=None,
    heartbeat_at=None,
    finished_at=None,
    epoch_seconds=None,
)
BEGUN = replace(QUEUED, state=RunState.RUNNING, started_at=NOON, steps_per_epoch=100)
ONE_EPOCH = replace(BEGUN, epoch=1, step=150, epoch_seconds=8.0)
DONE = replace(ONE_EPOCH, state=RunState.COMPLETED, epoch=3, step=300, finished_at=NOON + timedelta(seconds=24))
SHORT_TRAINING = replace(DONE, state=RunState.STOPPED, step=150)
PACED = replace(ONE_EPOCH, seconds_per_step=0.1, validation_seconds=3.0)
PAUSED = replace(ONE_EPOCH, state=RunState.PAUSED, started_at=None, worked_seconds=6.0)


@pytest.mark.parametrize(
    ("run", "progress", "elapsed", "eta"),
    [
        (QUEUED, 0, 0, None),
        (replace(BEGUN, steps_per_epoch=None), 0, 10, None),
        (BEGUN, 0, 10, None),
        (replace(BEGUN, step=50), 1 / 6, 10, 50),  # 10 s for 50 steps, 250 to go
        (ONE_EPOCH, 1 / 2, 10, 12),  # 8 s for 100 steps, 150 to go
        (replace(BEGUN, step=50, seconds_per_step=0.1), 1 / 6, 10, 25),  # 250 steps; validation is not known yet
        (PACED, 1 / 2, 10, 21),  # 150 steps and two looks at the validation images
        (replace(PACED, step=200), 2 / 3, 10, 16),  # the second look is still to come
        (PAUSED, 1 / 2, 6, None),
        (replace(PAUSED, state=RunState.QUEUED), 1 / 2, 6, None),
        (replace(PACED, worked_seconds=6.0), 1 / 2, 16, 21),
        (replace(DONE, worked_seconds=6.0), 1, 30, None),
        (DONE, 1, 24, None),
        (SHORT_TRAINING, 1 / 2, 24, None),
    ],
)
def test_a_run_says_how_far_it_is(run, progress, elapsed, eta):
    now = NOON + timedelta(seconds=10)
    assert run.epochs == EPOCHS == 3
    assert run.progress == pytest.approx(progress)
    assert run.elapsed_seconds(now) == elapsed
    assert run.eta_seconds(now) == (eta if eta is None else pytest.approx(eta))


@pytest.mark.parametrize(
    ("run", "has_begun", "is_resumable"),
    [(QUEUED, False, False), (BEGUN, True, False), (PAUSED, True, True), (SHORT_TRAINING, True, True)],
)
def test_a_run_says_whether_it_has_begun_and_can_be_continued(run, has_begun, is_resumable):
    assert (run.has_begun, run.is_resumable) == (has_begun, is_resumable)
