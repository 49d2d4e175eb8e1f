"""How far a run is, in one line."""

from datetime import datetime

from core.message import Message, say, say_count
from core.runs.run import Run
from ui.numbers import duration


def progress(run: Run, now: datetime, before: int) -> Message:
    """What ``run`` is doing; ``before`` is how many runs have to end before a queued one begins."""
    if run.state.is_waiting:
        return _waiting(before)
    if run.state.is_finished:
        return _finished(run, now)
    if run.is_stopping:
        return say("Stopping after the update that is being made.")
    if run.steps is None:
        return say("Getting ready: the model is being built, which takes a few seconds.")
    return _working(run, run.steps, now)


def _waiting(before: int) -> Message:
    if before == 0:
        return say("Next in line: the training process is getting ready, which takes some seconds the first time.")
    return say_count(
        "In the queue: {count} run is before it. It begins by itself.",
        "In the queue: {count} runs are before it. It begins by itself.",
        count=before,
    )


def _working(run: Run, steps: int, now: datetime) -> Message:
    done = say(
        "Epoch {epoch:,} of {epochs:,} · update {step:,} of {steps:,}",
        epoch=min(run.epoch + 1, run.epochs),
        epochs=run.epochs,
        step=run.step,
        steps=steps,
    )
    elapsed, remaining = duration(run.elapsed_seconds(now)), run.eta_seconds(now)
    if remaining is None:
        return say("{done} · {elapsed} so far", done=done, elapsed=elapsed)
    return say(
        "{done} · {elapsed} so far · about {left} left", done=done, elapsed=elapsed, left=duration(max(1.0, remaining))
    )


def _finished(run: Run, now: datetime) -> Message:
    if run.started_at is None:
        return say("It was taken out of the queue before it began.")
    return say(
        "{epoch:,} of {epochs:,} epochs done in {elapsed}",
        epoch=run.epoch,
        epochs=run.epochs,
        elapsed=duration(run.elapsed_seconds(now)),
    )
