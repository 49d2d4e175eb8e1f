"""Settings of a training that its labels do not allow, or that say nothing of its answers."""

from collections.abc import Sequence

from core.message import say
from core.objective.losses import LossName, label_encoding
from core.objective.metrics import METRICS, TOP, MetricName
from core.objective.training import Training
from core.problem import Fix, Problem, Severity

SMOOTHED: tuple[LossName, ...] = ("categorical_crossentropy", "binary_crossentropy")
"""The losses whose Keras class has the argument ``label_smoothing``."""


def label_problems(training: Training, units: int) -> tuple[Problem, ...]:
    """What should be said of label smoothing and metrics, for a net with ``units`` outputs.

    An error is what has no meaning. No layer is the cause, so that ``place`` is None.
    """
    found = (check(training, units) for check in _CHECKS)
    return tuple(problem for problem in found if problem)


def _labels_that_cannot_be_smoothed(training: Training, units: int) -> Problem | None:
    if not training.label_smoothing or training.loss in SMOOTHED:
        return None
    message = say(
        "label_smoothing belongs to categorical_crossentropy and binary_crossentropy: {loss} cannot smooth its labels.",
        loss=training.loss,
    )
    unsmoothed = Fix(say("Set label_smoothing to 0"), training={"label_smoothing": 0.0})
    return Problem(None, message, (*_one_number_per_class(training), unsmoothed))


def _ranks_of_one_answer(training: Training, units: int) -> Problem | None:
    ranking = [name for name in _unfit(training, units) if name in TOP]
    if not ranking:
        return None
    message = say(
        "{metrics} looks for the true class among the likeliest ones, but the net answers with one number.",
        metrics=", ".join(ranking),
    )
    return Problem(None, message, (_without(training, ranking),))


def _distances_from_an_index(training: Training, units: int) -> Problem | None:
    comparing = [name for name in _unfit(training, units) if name not in TOP]
    if not comparing:
        return None
    message = say(
        "{metrics} compares the answer for each class with its label, but with {loss} the label is one number, the "
        "position of the class.",
        metrics=", ".join(comparing),
        loss=training.loss,
    )
    return Problem(None, message, (*_one_number_per_class(training), _without(training, comparing)))


def _ranks_of_few_answers(training: Training, units: int) -> Problem | None:
    full = [name for name in training.metrics if 1 < units <= TOP.get(name, 0)]
    if not full:
        return None
    message = say(
        "{metrics} is always 100 %: the net tells {units} classes apart, so that the true one is among them.",
        metrics=", ".join(full),
        units=units,
    )
    return Problem(None, message, (_without(training, full),), Severity.WARNING)


_CHECKS = (
    _labels_that_cannot_be_smoothed,
    _ranks_of_one_answer,
    _distances_from_an_index,
    _ranks_of_few_answers,
)


def _unfit(training: Training, units: int) -> list[MetricName]:
    labels = label_encoding(training.loss, units)
    return [name for name in training.metrics if not METRICS[name].applies(labels, units)]


def _one_number_per_class(training: Training) -> tuple[Fix, ...]:
    """The loss that differs from the sparse one only in its labels."""
    if training.loss != "sparse_categorical_crossentropy":
        return ()
    message = say("Take categorical_crossentropy: the same loss, with a number for each class as the label")
    return (Fix(message, training={"loss": "categorical_crossentropy"}),)


def _without(training: Training, names: Sequence[MetricName]) -> Fix:
    kept = tuple(name for name in training.metrics if name not in names)
    return Fix(say("Leave {metrics} out", metrics=", ".join(names)), training={"metrics": kept})
