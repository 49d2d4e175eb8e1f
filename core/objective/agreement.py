"""The agreement between the output of a net, the loss and the labels."""

from collections.abc import Iterator
from math import e

from core.architecture.editing import move, remove, replace
from core.architecture.layer import Layer
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.dense import Dense
from core.architecture.naming import named
from core.architecture.normalization import Normalization
from core.architecture.readout import Readout
from core.architecture.shapes import work
from core.architecture.summary import Summary, summarize
from core.message import Message, say, times
from core.objective.checked_output import CheckedOutput
from core.objective.ending import output_behind
from core.objective.losses import LossName
from core.objective.number_agreement import number_problem
from core.objective.output import ONE_BY_ONE, ONE_OF_SEVERAL, PROBABILITIES, SHARES
from core.problem import Fix, Problem, Severity


def output_problems(
    summary: Summary, loss: LossName, classes: int | None, standardize: bool = False
) -> tuple[Problem, ...]:
    """What does not agree between the end of a net that works, ``loss`` and a dataset of ``classes`` classes (None:
    not known, 0: a number is to be predicted, which is learned in standard deviations if ``standardize``): one thing
    about the answers, and each layer behind the output that spoils them."""
    output = CheckedOutput(summary, loss, classes)
    if classes == 0:
        first = number_problem(output, standardize)
    else:
        found = (check(output) for check in _CHECKS)
        first = next((problem for problem in found if problem), None)
    return (*((first,) if first else ()), *_regularizing_behind(output))


def _ends_with_a_map(output: CheckedOutput) -> Problem | None:
    if len(output.shape) == 1:
        return None
    message = say(
        "The last layer gives a map of {shape}, but the answer has to be a vector: one number per class.",
        shape=times(output.shape),
    )
    return Problem(output.answer.place, message, tuple(output.endings_of_a_map()))


def _softmax_on_one_unit(output: CheckedOutput) -> Problem | None:
    if output.units > 1 or output.activation not in SHARES:
        return None
    message = say("Softmax on one unit is always 1, whatever the image: nothing can be learned.")
    return output.problem(message, "binary_crossentropy" if output.classes == 2 else "categorical_crossentropy")


def _one_unit_for_several_classes(output: CheckedOutput) -> Problem | None:
    if output.classes is None or output.units > 1 or output.loss in ONE_OF_SEVERAL or output.classes == 2:
        return None
    message = say(
        "One unit can tell two classes apart, but this dataset has {classes:,}.",
        classes=output.classes,
    )
    return output.problem(message, "categorical_crossentropy")


def _one_unit_with_categorical(output: CheckedOutput) -> Problem | None:
    if output.units > 1 or output.loss not in ONE_OF_SEVERAL:
        return None
    message = say("Categorical cross-entropy compares at least two classes, but the last layer has one unit.")
    alternative = "binary_crossentropy" if output.classes == 2 else output.loss
    return output.problem(message, output.loss, alternative)


def _units_are_not_classes(output: CheckedOutput) -> Problem | None:
    one_is_enough = output.units == 1 and output.loss not in ONE_OF_SEVERAL
    if output.classes is None or output.units == output.classes or one_is_enough:
        return None
    if not output.has_dense:
        return _no_output(output, output.classes)
    message = say(
        "The last layer has {units:,} units, but the dataset has {classes:,} classes: one unit is needed for each.",
        units=output.units,
        classes=output.classes,
    )
    is_inside = output.activation not in PROBABILITIES and output.activation != "linear" and output.classes > 1
    first = (output_behind(output.layers, output.meant, output.classes),) if is_inside else ()
    return output.problem(message, output.meant, first=(*_switching_on(output), *first))


def _no_output(output: CheckedOutput, classes: int) -> Problem:
    message = say(
        "The net ends with the {numbers:,} numbers of {kind}, but the dataset has {classes:,} classes: a Dense with "
        "one unit for each has to come last.",
        numbers=output.units,
        kind=output.answer.layer.kind,
        classes=classes,
    )
    return output.problem(message, output.meant, first=_switching_on(output))


def _switching_on(output: CheckedOutput) -> tuple[Fix, ...]:
    """A disabled Dense behind the answers that would be the right output."""
    for readout in reversed(output.summary.readouts[output.answer.place[0] :]):
        if readout.layer.disabled and isinstance(readout.layer, Dense):
            layers = replace(output.layers, readout.place, readout.layer.changed(disabled=False))
            switched = CheckedOutput(summarize(layers, output.image_shape), output.loss, output.classes)
            if not any(check(switched) for check in _CHECKS):
                return (Fix(say("Switch {layer} on", layer=named(readout.layer, readout.place)), layers),)
    return ()


def _cross_entropy_without_probabilities(output: CheckedOutput) -> Problem | None:
    if output.loss == "mean_squared_error" or output.activation in PROBABILITIES:
        return None
    message = say(
        "The loss {loss} expects probabilities from {wanted}, but the last layer ends with {activation}.",
        loss=output.loss,
        wanted="softmax" if output.loss in ONE_OF_SEVERAL else "sigmoid",
        activation=output.activation,
    )
    return output.problem(message, output.meant)


def _probabilities_twice(output: CheckedOutput) -> Problem | None:
    """The largest share of softmax over one 1 and otherwise 0 is e ÷ (e + units − 1)."""
    last, *before = output.activations
    first = next((name for name in before if name in PROBABILITIES), None)
    if last != "softmax" or first is None:
        return None
    message = say(
        "The answers pass through {first} and then through softmax again. The second one gets numbers between 0 and 1, "
        "so that none of {units:,} answers can be above {most:.2f}, however sure the net is.",
        first=first,
        units=output.units,
        most=e / (e + output.units - 1),
    )
    return output.problem(message, output.meant, severity=Severity.WARNING)


def _softmax_with_binary(output: CheckedOutput) -> Problem | None:
    if output.loss != "binary_crossentropy" or output.activation not in SHARES:
        return None
    if output.units == 2:
        message = say(
            "With two units and softmax, binary cross-entropy is the same number as categorical cross-entropy, whose "
            "name says what is meant. One unit with sigmoid is enough for two classes, too."
        )
        return output.problem(message, "categorical_crossentropy", output.meant, severity=Severity.WARNING)
    message = say(
        "Binary cross-entropy judges each of the {units:,} answers by itself, but softmax has made them shares of one "
        "whole already. Categorical cross-entropy judges the share of the true class alone.",
        units=output.units,
    )
    return output.problem(message, "categorical_crossentropy", severity=Severity.WARNING)


def _sigmoid_for_one_of_several(output: CheckedOutput) -> Problem | None:
    if output.activation not in ONE_BY_ONE or output.units == 1 or output.loss == "mean_squared_error":
        return None
    message = say(
        "Sigmoid judges each class by itself, as for images with several labels. Here each image has exactly one: "
        "softmax with categorical cross-entropy says so to the net."
    )
    return output.problem(message, "categorical_crossentropy", severity=Severity.WARNING)


def _flat_probabilities(output: CheckedOutput) -> Problem | None:
    """Keras cuts probabilities off at 1e-7 before it takes the logarithm, and what is cut off has no slope:
    https://github.com/keras-team/keras/blob/master/keras/src/backend/tensorflow/nn.py"""
    if output.loss == "mean_squared_error" or output.activation in ("softmax", "sigmoid"):
        return None
    message = say(
        "{activation} gives exactly 0 for a class that the net thinks unlikely. Where that is the true class, "
        "cross-entropy has no slope there and nothing is learned; {smooth} never gets quite to 0.",
        activation=output.activation,
        smooth="softmax" if output.activation in SHARES else "sigmoid",
    )
    return output.problem(message, output.meant, severity=Severity.WARNING)


def _squared_error_on_classes(output: CheckedOutput) -> Problem | None:
    if output.loss != "mean_squared_error" or output.classes is None:
        return None
    better: LossName = "binary_crossentropy" if output.classes == 2 else "categorical_crossentropy"
    if output.activation in PROBABILITIES:
        message = say(
            "Mean squared error on probabilities can be trained (it is the Brier score), but it learns slowly from a "
            "confident mistake, because {activation} is almost flat there. Cross-entropy makes up for that.",
            activation=output.activation,
        )
    else:
        message = say(
            "Mean squared error is for predicting a number. It can be trained on classes too, but nothing keeps the "
            "answers between 0 and 1 here, so that they are no probabilities."
        )
    return output.problem(message, better, severity=Severity.WARNING)


def _regularizing_behind(output: CheckedOutput) -> Iterator[Problem]:
    for readout in output.spoiling:
        if getattr(readout.layer, "rate", None) != 0:
            yield Problem(readout.place, _what_it_does(readout.layer), tuple(_ways_back(output, readout)))


def _what_it_does(layer: Layer) -> Message:
    if isinstance(layer, BatchNormalization):
        return say(
            "Behind the output, this BatchNormalization shifts and stretches the answers themselves by the mean and "
            "the spread of each batch: what is said of one image depends on the others."
        )
    if isinstance(layer, Normalization):
        return say(
            "Behind the output, this {kind} shifts and stretches the answers to each image to mean 0 and spread 1: a "
            "sure answer and a guess look alike.",
            kind=layer.kind,
        )
    return say(
        "Behind the output, this {kind} sets {rate:.0%} of the answers themselves to 0 at random in training, the "
        "right one as well: what the loss then judges is no answer.",
        kind=layer.kind,
        rate=getattr(layer, "rate", 0.0),
    )


def _ways_back(output: CheckedOutput, readout: Readout) -> Iterator[Fix]:
    if output.positions:
        moved = move(output.layers, readout.place, output.positions[:1])
        if work(moved, output.image_shape):
            yield Fix(say("Move it before the output"), moved)
    yield Fix(say("Remove this {kind}", kind=readout.layer.kind), remove(output.layers, readout.place))


_CHECKS = (
    _ends_with_a_map,
    _softmax_on_one_unit,
    _one_unit_for_several_classes,
    _one_unit_with_categorical,
    _units_are_not_classes,
    _cross_entropy_without_probabilities,
    _probabilities_twice,
    _softmax_with_binary,
    _sigmoid_for_one_of_several,
    _flat_probabilities,
    _squared_error_on_classes,
)
"""In the order in which they are worth telling: the first that finds something speaks alone."""
