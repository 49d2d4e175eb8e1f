"""Settings of the course of a training that would not do what they are there for."""

from collections.abc import Iterator
from typing import Any

from core.message import Message, say
from core.objective.epochs import MOST_EPOCHS
from core.objective.monitoring import EarlyStopping, ReduceLROnPlateau
from core.objective.schedules import StepDecay, WarmedUp
from core.objective.training import Training
from core.problem import Fix, Problem, Severity


def course_problems(training: Training) -> tuple[Problem, ...]:
    """Warnings about what cannot act within the epochs of ``training``. No layer is the cause: ``place`` is None."""
    found = (check(training) for check in _CHECKS)
    return tuple(problem for problem in found if problem)


def _warm_up_without_an_end(training: Training) -> Problem | None:
    schedule = training.schedule
    if not isinstance(schedule, WarmedUp) or schedule.warmup_epochs < training.epochs:
        return None
    message = say(
        "The warm-up takes {warmup:g} epochs and the training has {epochs:,}: the learning rate never gets to its full "
        "value.",
        warmup=schedule.warmup_epochs,
        epochs=training.epochs,
    )
    shorter = training.epochs / 10
    fix = _fix(say("Set warmup_epochs to {size:g}", size=shorter), schedule=schedule.changed(warmup_epochs=shorter))
    return _warning(message, fix)


def _steps_that_never_come(training: Training) -> Problem | None:
    schedule = training.schedule
    if not isinstance(schedule, StepDecay) or schedule.warmup_epochs >= training.epochs:
        return None
    first = schedule.warmup_epochs + schedule.decay_epochs
    if first < training.epochs:
        return None
    message = say(
        "The learning rate never drops: the first drop comes after {first:g} epochs, and the training has {epochs:,}.",
        first=first,
        epochs=training.epochs,
    )
    third = float(f"{(training.epochs - schedule.warmup_epochs) / 3:.2g}")
    fix = _fix(say("Set decay_epochs to {size:g}", size=third), schedule=schedule.changed(decay_epochs=third))
    return _warning(message, fix)


def _stopping_that_never_comes(training: Training) -> Problem | None:
    stopping = training.early_stopping
    if stopping is None or stopping.earliest_end < training.epochs:
        return None
    message = say(
        "Early stopping cannot make this training shorter: it ends after epoch {earliest:,} at the earliest, and the "
        "training has {epochs:,}.",
        earliest=stopping.earliest_end,
        epochs=training.epochs,
    )
    return _warning(message, *_ways_to_stop(training, stopping))


def _ways_to_stop(training: Training, stopping: EarlyStopping) -> Iterator[Fix]:
    longer = min(stopping.start_from_epoch + 4 * max(stopping.patience, 1), MOST_EPOCHS)
    if stopping.earliest_end < longer:
        yield _fix(say("Train for up to {epochs:,} epochs", epochs=longer), epochs=longer)
    less_patient = stopping.changed(patience=max(training.epochs // 4, 1))
    if less_patient.earliest_end < training.epochs:
        message = say("Set the patience of early stopping to {patience:,}", patience=less_patient.patience)
        yield _fix(message, early_stopping=less_patient)


def _lowering_that_never_comes(training: Training) -> Problem | None:
    lowering = training.reduce_on_plateau
    if lowering is None or lowering.earliest < training.epochs:
        return None
    message = say(
        "The learning rate is never lowered: that happens after epoch {earliest:,} at the earliest, and the training "
        "has {epochs:,}.",
        earliest=lowering.earliest,
        epochs=training.epochs,
    )
    return _warning(message, *_ways_to_lower(training, lowering))


def _ways_to_lower(training: Training, lowering: ReduceLROnPlateau) -> Iterator[Fix]:
    longer = min(4 * max(lowering.patience, 1), MOST_EPOCHS)
    if lowering.earliest < longer:
        yield _fix(say("Train for {epochs:,} epochs, so that there is time for it", epochs=longer), epochs=longer)
    sooner = lowering.changed(patience=max(training.epochs // 4, 1))
    if sooner.earliest < training.epochs:
        message = say("Lower the learning rate with a patience of {patience:,}", patience=sooner.patience)
        yield _fix(message, reduce_on_plateau=sooner)


def _lowering_behind_the_end(training: Training) -> Problem | None:
    """Where both look at the same figure, the more patient of the two comes too late."""
    stopping, lowering = training.early_stopping, training.reduce_on_plateau
    if stopping is None or lowering is None or stopping.monitor != lowering.monitor:
        return None
    if lowering.earliest < stopping.earliest_end or lowering.earliest >= training.epochs:
        return None
    message = say(
        "Early stopping ends the training before the learning rate is lowered: its patience of {stopping:,} has to be "
        "larger than the {lowering:,} of reduce_on_plateau.",
        stopping=stopping.patience,
        lowering=lowering.patience,
    )
    return _warning(message, *_ways_to_lower_first(stopping, lowering))


def _ways_to_lower_first(stopping: EarlyStopping, lowering: ReduceLROnPlateau) -> Iterator[Fix]:
    sooner = lowering.changed(patience=stopping.patience // 2)
    if sooner.patience:
        yield _fix(
            say("Set the patience of reduce_on_plateau to {patience:,}", patience=sooner.patience),
            reduce_on_plateau=sooner,
        )
    later = stopping.changed(patience=min(2 * max(lowering.patience, 1), MOST_EPOCHS))
    yield _fix(say("Set the patience of early_stopping to {patience:,}", patience=later.patience), early_stopping=later)


_CHECKS = (
    _warm_up_without_an_end,
    _steps_that_never_come,
    _stopping_that_never_comes,
    _lowering_that_never_comes,
    _lowering_behind_the_end,
)


def _fix(message: Message, **training: Any) -> Fix:
    return Fix(message, training=training)


def _warning(message: Message, *fixes: Fix) -> Problem:
    return Problem(None, message, fixes, Severity.WARNING)
