"""Settings of a training that have no meaning where a number is to be predicted, or only there."""

from collections.abc import Iterator
from typing import Any

from core.message import Message, say
from core.objective.number_scale import NumberScale
from core.objective.training import Training
from core.problem import Fix, Problem, Severity

LARGE, SMALL = 2.0, 0.01
"""Numbers that a fresh net learns slowly as they are: those with a mean or a standard deviation above the one, or a
deviation below the other. After five epochs of the first CNN, with Adam's learning rate of 0.001, the mean absolute
error on pictures of a needle was 1.9 % of the range for standardized numbers; as they were, 1.8 % for numbers from 0 to
1, 3.7 % for 0 to 10, 22 % for 0 to 100 and 27 % for 0 to 1,000,000, where answering the mean each time has 25 %."""


def number_problems(training: Training, classes: int | None, numbers: NumberScale | None = None) -> tuple[Problem, ...]:
    """What should be said where a dataset of ``classes`` classes has numbers instead (0), or no numbers (all else).

    ``numbers`` are those of the images, if known. No layer is the cause, so that ``place`` is None.
    """
    if classes == 0:
        return tuple(_of_numbers(training, numbers))
    return tuple(_of_classes(training)) if classes is not None else ()


def _of_numbers(training: Training, numbers: NumberScale | None) -> Iterator[Problem]:
    yield from _class_weights(training)
    yield from _watched_accuracies(training)
    if numbers is not None and not training.standardize and _is_slow(numbers):
        yield _far_from_a_fresh_net(numbers)


def _of_classes(training: Training) -> Iterator[Problem]:
    if training.standardize:
        message = say("standardize belongs to numbers that are to be predicted, but these images have classes.")
        yield Problem(None, message, (_fix(say("Switch standardize off"), standardize=False),))


def _class_weights(training: Training) -> Iterator[Problem]:
    if training.class_weights is not None:
        message = say("There are no classes to weigh: each image has a number to predict.")
        yield Problem(None, message, (_fix(say("Leave the weights of the classes out"), class_weights=None),))


def _watched_accuracies(training: Training) -> Iterator[Problem]:
    """An answer that is a number is not right or wrong, but near or far."""
    if training.keep_best == "val_accuracy":
        yield _watched_accuracy("keep_best", "val_loss")
    for name in ("early_stopping", "reduce_on_plateau"):
        monitoring = getattr(training, name)
        if monitoring is not None and monitoring.monitor == "val_accuracy":
            yield _watched_accuracy(name, monitoring.changed(monitor="val_loss"))


def _watched_accuracy(setting: str, better: Any) -> Problem:
    message = say(
        "{setting} looks at val_accuracy, but a number is near or far, not right or wrong: there is no accuracy.",
        setting=setting,
    )
    return Problem(None, message, (_fix(say("Have {setting} look at val_loss", setting=setting), **{setting: better}),))


def _is_slow(numbers: NumberScale) -> bool:
    return max(abs(numbers.mean), numbers.deviation) > LARGE or numbers.deviation < SMALL


def _far_from_a_fresh_net(numbers: NumberScale) -> Problem:
    message = say(
        "The numbers to predict are about {mean:.4g} ± {deviation:.4g}. A fresh net answers with numbers of about −1 "
        "to 1, and may take many epochs to get to others.",
        mean=numbers.mean,
        deviation=numbers.deviation,
    )
    fix = _fix(say("Learn them as distances from their mean, in standard deviations"), standardize=True)
    return Problem(None, message, (fix,), Severity.WARNING)


def _fix(message: Message, **training: Any) -> Fix:
    return Fix(message, training=training)
