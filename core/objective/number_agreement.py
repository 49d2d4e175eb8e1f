"""The agreement between the output of a net and images that have a number each instead of a class."""

from collections.abc import Mapping

from core.message import Message, say, times
from core.objective.checked_output import CheckedOutput
from core.objective.ending import output_behind
from core.objective.output import PROBABILITIES
from core.problem import Problem, Severity

ALWAYS_THE_SAME = frozenset({"softmax", "sparsemax", "log_softmax"})
"""The activations that compare the units of a layer, and so say nothing on one unit."""

BOUNDS: Mapping[str, tuple[float | None, float | None]] = {
    "sigmoid": (0, 1),
    "hard_sigmoid": (0, 1),
    "sparse_sigmoid": (0, 1),
    "tanh": (-1, 1),
    "hard_tanh": (-1, 1),
    "softsign": (-1, 1),
    "relu": (0, None),
    "relu6": (0, 6),
    "exponential": (0, None),
    "softplus": (0, None),
    "sparse_plus": (0, None),
    "squareplus": (0, None),
    "gelu": (-0.17, None),
    "silu": (-0.28, None),
    "mish": (-0.31, None),
    "hard_silu": (-0.375, None),
    "elu": (-1, None),
    "celu": (-1, None),
    "selu": (-1.76, None),
    "log_sigmoid": (None, 0),
}
"""The lowest and the highest number that an activation gives, None where there is no end; the others give all numbers.
Source: https://keras.io/api/layers/activations/"""


def number_problem(output: CheckedOutput, standardize: bool) -> Problem | None:
    """What is most worth telling about the answers of a net that is to predict a number; ``standardize`` says that it
    learns them as distances from their mean."""
    found = (check(output) for check in _CHECKS)
    return next((problem for problem in found if problem), None) or _bounded_answers(output, standardize)


def _a_map(output: CheckedOutput) -> Problem | None:
    if len(output.shape) == 1:
        return None
    message = say(
        "The last layer gives a map of {shape}, but the answer has to be one number.", shape=times(output.shape)
    )
    return Problem(output.answer.place, message, tuple(output.endings_of_a_map()))


def _several_units(output: CheckedOutput) -> Problem | None:
    if output.units == 1:
        return None
    if not output.has_dense:
        message = say(
            "The net ends with the {numbers:,} numbers of {kind}, but each image has one number to predict: a Dense "
            "with one unit has to come last.",
            numbers=output.units,
            kind=output.answer.layer.kind,
        )
        return output.problem(message, output.meant)
    message = say(
        "The last layer has {units:,} units, but each image has one number to predict: one unit is needed.",
        units=output.units,
    )
    is_inside = output.activation not in PROBABILITIES and output.activation != "linear"
    first = (output_behind(output.layers, output.meant, 0),) if is_inside else ()
    return output.problem(message, output.meant, first=first)


def _loss_for_classes(output: CheckedOutput) -> Problem | None:
    if output.loss == output.meant:
        return None
    message = say(
        "The loss {loss} judges probabilities of classes, but each image has a number to predict: {better} judges how "
        "far off an answer is.",
        loss=output.loss,
        better=output.meant,
    )
    return output.problem(message, output.meant)


def _one_unit_among_none(output: CheckedOutput) -> Problem | None:
    if output.activation not in ALWAYS_THE_SAME:
        return None
    message = say(
        "{activation} on one unit always gives the same number, whatever the image: nothing can be learned.",
        activation=output.activation,
    )
    return output.problem(message, output.meant)


def _bounded_answers(output: CheckedOutput, standardize: bool) -> Problem | None:
    if output.activation not in BOUNDS:
        return None
    keeping = {"activation": output.activation, "range": _range(*BOUNDS[output.activation])}
    message = (
        say(
            "The numbers are learned in standard deviations from their mean, and {activation} keeps these {range}: "
            "numbers beyond that can never be predicted.",
            **keeping,
        )
        if standardize
        else say("{activation} keeps the answers {range}: numbers beyond that can never be predicted.", **keeping)
    )
    return output.problem(message, output.meant, severity=Severity.WARNING)


def _range(low: float | None, high: float | None) -> Message:
    if low is None:
        return say("at {high:g} or below", high=high)
    if high is None:
        return say("at {low:g} or above", low=low)
    return say("between {low:g} and {high:g}", low=low, high=high)


_CHECKS = (_a_map, _several_units, _loss_for_classes, _one_unit_among_none)
"""In the order in which they are worth telling: the first that finds something speaks alone."""
