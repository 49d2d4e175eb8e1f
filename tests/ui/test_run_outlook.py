from dataclasses import replace

import pytest

from core.runs.states import RunState
from tests.ui.example_runs import AFTER_240, BUILT, NOW, RUN
from ui.run_outlook import outlook

PARENT = replace(BUILT, number=3, epoch=5)
ENDED = replace(AFTER_240, finished_at=NOW)
COMPLETED = replace(ENDED, state=RunState.COMPLETED, epoch=5, step=500)
STOPPED = replace(ENDED, state=RunState.STOPPED)
NEVER_BEGUN = replace(RUN, state=RunState.STOPPED, started_at=None)
BY_LOSS, BY_ACCURACY = "val_loss", "val_accuracy"

GOES_ON = "Continue goes on from update 240, as if it had never stopped."
FROM_CHECKPOINT = "Continue goes on from its last checkpoint, shortly before update 240, as if nothing had happened."


def keeping(run, keep_best):
    training = run.recipe.training.model_copy(update={"keep_best": keep_best})
    return replace(run, recipe=run.recipe.model_copy(update={"training": training}))


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (keeping(AFTER_240, None), ["The model will be that of the last epoch."]),
        (
            keeping(AFTER_240, BY_LOSS),
            ["The model will be that of the epoch with the lowest validation loss."],
        ),
        (
            keeping(AFTER_240, BY_ACCURACY),
            ["The model will be that of the epoch with the highest validation accuracy."],
        ),
        (keeping(COMPLETED, None), ["The model is that of epoch 5."]),
        (
            keeping(replace(COMPLETED, kept_epoch=4), BY_LOSS),
            ["The model is that of epoch 4, with the lowest validation loss."],
        ),
        (
            keeping(replace(COMPLETED, kept_epoch=2), BY_ACCURACY),
            ["The model is that of epoch 2, with the highest validation accuracy."],
        ),
        (
            keeping(replace(STOPPED, kept_epoch=1), BY_LOSS),
            ["The model is that of epoch 1, with the lowest validation loss.", GOES_ON],
        ),
        (
            keeping(replace(STOPPED, kept_epoch=2), None),
            ["The model is that of epoch 2, with the lowest validation loss.", GOES_ON],
        ),
        (
            replace(STOPPED, epoch=0, step=40),
            ["The model is that of update 40.", "Continue goes on from update 40, as if it had never stopped."],
        ),
        (replace(AFTER_240, state=RunState.PAUSED), [GOES_ON]),
        (replace(ENDED, state=RunState.LOST), [FROM_CHECKPOINT]),
        (replace(ENDED, state=RunState.FAILED), [FROM_CHECKPOINT]),
        (NEVER_BEGUN, ["Continue puts it into the queue again."]),
    ],
)
def test_what_comes_of_a_run(run, expected):
    assert [str(sentence) for sentence in outlook(run, None, has_checkpoint=True)] == expected


def test_a_run_that_trains_another_further_says_so_first():
    first, *_ = outlook(AFTER_240, PARENT, has_checkpoint=True)
    assert str(first) == "It continues run 3 from epoch 5."


def test_a_run_without_a_checkpoint_does_not_promise_to_go_on():
    *_, last = outlook(replace(ENDED, state=RunState.LOST), None, has_checkpoint=False)
    assert str(last) == "It left no checkpoint: Continue has it begin anew."
