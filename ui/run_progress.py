"""How far a run is, in one line."""

from datetime import datetime

from core.message import Message, say, say_count
from core.runs.run import Run
from ui.numbers import duration
from ui.run_states import is_completed


def progress(run: Run, now: datetime, before: int) -> Message:
    """What ``run`` is doing; ``before`` is how many runs begin before a queued one."""
    if run.state.is_waiting:
        return _waiting(before)
    if run.state.is_finished:
        return _finished(run, now)
    if run.state.is_paused:
        return say("Paused · {done} · {elapsed} so far", done=_place(run), elapsed=_elapsed(run, now))
    if run.is_stopping:
        return say("Stopping after the update that is being made.")
    if run.is_pausing:
        return say("Pausing after the update that is being made.")
    if run.steps is None:
        return say("Getting ready: the model is being built, which takes a few seconds.")
    if run.step and _has_yet_to_go_on(run):
        return say("Going on from update {step:,}: the model is being built, which takes a few seconds.", step=run.step)
    return _working(run, now)


def _waiting(before: int) -> Message:
    if before == 0:
        return say("Next in line: the training process is getting ready, which takes some seconds the first time.")
    return say_count(
        "In the queue: {count} run is before it. It begins by itself.",
        "In the queue: {count} runs are before it. It begins by itself.",
        count=before,
    )


def _has_yet_to_go_on(run: Run) -> bool:
    """Whether it continues earlier work, and no update of its own is added yet."""
    continues = run.worked_seconds > 0 or run.parent_id is not None
    return continues and (run.resumed_at is None or run.step == run.resumed_at[1])


def _place(run: Run) -> Message:
    """``Epoch 2 of 5 · update 240 of 500``; before the model was built it has no place yet."""
    return say(
        "Epoch {epoch:,} of {epochs:,} · update {step:,} of {steps:,}",
        epoch=min(run.epoch + 1, run.epochs),
        epochs=run.epochs,
        step=run.step,
        steps=run.steps or 0,
    )


def _working(run: Run, now: datetime) -> Message:
    if run.epoch >= run.epochs:
        return say("All {epochs:,} epochs are done: the model is being saved.", epochs=run.epochs)
    remaining = run.eta_seconds(now)
    if remaining is None:
        return say("{done} · {elapsed} so far", done=_place(run), elapsed=_elapsed(run, now))
    return say("{done} · about {left} left", done=_place(run), left=duration(roughly(remaining)))


def roughly(seconds: float) -> float:
    """``seconds`` to as many as a forecast is good for: single ones below half a minute, minutes beyond five."""
    width = next((width for limit, width in ((30, 1), (120, 5), (300, 10)) if seconds < limit), 60)
    return max(1, round(seconds / width)) * width


def _finished(run: Run, now: datetime) -> Message:
    if not run.has_begun and not run.state.is_trouble:
        return say("It was taken out of the queue before it began.")
    done = say(
        "{epoch:,} of {epochs:,} epochs done in {elapsed}",
        epoch=run.epoch,
        epochs=run.epochs,
        elapsed=_elapsed(run, now),
    )
    if is_completed(run) and run.epoch < run.epochs:
        return say("{done}, then early stopping ended it", done=done)
    return done


def _elapsed(run: Run, now: datetime) -> Message:
    return duration(run.elapsed_seconds(now))
