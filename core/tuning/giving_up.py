"""When a search ends before it has all its trials, and what is said then."""

from collections.abc import Sequence

from optuna.trial import FrozenTrial

from core.message import Message, say
from core.tuning.searches import Search
from core.tuning.study import Failure, failure_of

MOST_IMPOSSIBLE = 100
MOST_FAILED = 10

_CAME_TO_NOTHING = (Failure.BROKE_DOWN, Failure.FAILED, Failure.LOST)


def reason(failures: Sequence[FrozenTrial]) -> Message | None:
    """Why a search cannot go on after ``failures``, the trials that failed since the last finished one, newest first.

    Trials whose runs somebody stopped do not count.
    """
    impossible = [trial for trial in failures if failure_of(trial) is Failure.IMPOSSIBLE]
    if len(impossible) >= MOST_IMPOSSIBLE:
        return say(
            "{count:,} trials in a row could not be trained, the last one since: {reason} Change the ranges of the "
            "search.",
            count=len(impossible),
            reason=told(impossible[0]),
        )
    failed = [trial for trial in failures if failure_of(trial) in _CAME_TO_NOTHING]
    if len(failed) >= MOST_FAILED:
        return say(
            "{count:,} runs in a row came to nothing, the last one since: {reason} Train the recipe once by itself, "
            "then search again.",
            count=len(failed),
            reason=told(failed[0]),
        )
    return None


def why_none(failures: Sequence[FrozenTrial]) -> Message | None:
    """What is said of a search at whose end no trial is finished: why the newest of ``failures`` failed of which that
    is known; None where it is of none."""
    reasons = (told(trial) for trial in failures)
    last = next((reason for reason in reasons if reason), None)
    return None if last is None else say("No trial could be finished, the last one since: {reason}", reason=last)


def why_fewer(search: Search, finished: int, target: int) -> Message | None:
    """What is said of a search that has ended with fewer trials than were asked for; None where it has all."""
    if finished < target:
        return say(
            "The time of {minutes:g} minutes was used up after {finished:,} of {trials:,} trials.",
            minutes=search.minutes or 0.0,
            finished=finished,
            trials=search.trials,
        )
    if target < search.trials:
        return say(
            "All points of the grid that can be trained were tried: {finished:,} instead of {trials:,} trials.",
            finished=finished,
            trials=search.trials,
        )
    return None


def told(trial: FrozenTrial) -> Message | str:
    """Why the trial failed; empty where nothing is known of it."""
    return Message.from_json(trial.user_attrs["message"]) if "message" in trial.user_attrs else ""
