"""The agreement between the last layer, the loss and the labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.architecture.layer import Layer, Shape
from core.architecture.layers.activation import Activation
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.message import Message, say, times
from core.objective.losses import LossName
from core.problem import Fix, Problem, Severity

ONE_OF_SEVERAL: tuple[LossName, ...] = ("categorical_crossentropy", "sparse_categorical_crossentropy")


def fitting_output(loss: LossName, classes: int) -> Dense:
    """The last layer that belongs to ``loss`` on a dataset of ``classes`` classes.

    For mean squared error on more than two classes, softmax against one-hot labels: the Brier score (Brier, 1950).
    """
    if loss in ONE_OF_SEVERAL:
        return Dense(units=classes, activation="softmax")
    if loss == "binary_crossentropy":
        return Dense(units=1 if classes == 2 else classes, activation="sigmoid")
    return Dense(units=1) if classes == 2 else Dense(units=classes, activation="softmax")


def with_fitting_output(
    layers: Sequence[Layer], loss: LossName, classes: int, is_map: bool = False
) -> tuple[Layer, ...]:
    """``layers`` with the last one set right for ``loss`` and ``classes``; one is added where the list ends with no
    Dense.

    ``is_map`` says that the list ends with a map, which is then flattened first.
    """
    flatten = (Flatten(),) if is_map else ()
    return (*_without_dense_at_the_end(layers), *flatten, fitting_output(loss, classes))


def _without_dense_at_the_end(layers: Sequence[Layer]) -> Sequence[Layer]:
    """A Dense goes together with the activations behind it; the activation of another layer stays."""
    end = len(layers)
    while end and isinstance(layers[end - 1], Activation):
        end -= 1
    return layers[: end - 1] if end and isinstance(layers[end - 1], Dense) else layers


def output_problems(
    layers: Sequence[Layer], output_shape: Shape, loss: LossName, classes: int | None
) -> tuple[Problem, ...]:
    """What does not agree between the end of ``layers``, ``loss`` and a dataset of ``classes`` classes (None: not
    known)."""
    output = _Output(tuple(layers), output_shape, loss, classes)
    for check in _CHECKS:
        problem = check(output)
        if problem:
            return (problem,)
    return ()


@dataclass(frozen=True)
class _Output:
    layers: tuple[Layer, ...]
    shape: Shape
    loss: LossName
    classes: int | None

    @property
    def units(self) -> int:
        return self.shape[-1]

    @property
    def position(self) -> int:
        return len(self.layers) - 1

    @property
    def activation(self) -> str:
        return getattr(self.layers[-1], "activation", None) or "linear"

    def problem(self, message: Message, *losses: LossName, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at the last layer, with a fix that makes the output fit each of ``losses``."""
        fixes = tuple(self._fix(loss) for loss in dict.fromkeys(losses)) if (self.classes or 0) > 1 else ()
        return Problem(self.position, message, fixes, severity)

    def _fix(self, loss: LossName) -> Fix:
        assert self.classes is not None
        layers = with_fitting_output(self.layers, loss, self.classes, is_map=len(self.shape) == 3)
        last = layers[-1]
        assert isinstance(last, Dense)
        message = say(
            "End with Dense({units}), {activation}, and {loss}",
            units=last.units,
            activation=last.activation or "linear",
            loss=loss,
        )
        return Fix(message, layers, {"loss": loss})


def _ends_with_a_map(output: _Output) -> Problem | None:
    if len(output.shape) == 1:
        return None
    message = say(
        "The last layer gives a map of {shape}, but the answer has to be a vector: one number per class.",
        shape=times(output.shape),
    )
    return output.problem(message, output.loss)


def _softmax_on_one_unit(output: _Output) -> Problem | None:
    if output.units > 1 or output.activation != "softmax":
        return None
    message = say("Softmax on one unit is always 1, whatever the image: nothing can be learned.")
    return output.problem(message, "binary_crossentropy" if output.classes == 2 else "categorical_crossentropy")


def _one_unit_for_several_classes(output: _Output) -> Problem | None:
    if output.classes is None or output.units > 1 or output.loss in ONE_OF_SEVERAL or output.classes == 2:
        return None
    message = say(
        "One unit can tell two classes apart, but this dataset has {classes:,}.",
        classes=output.classes,
    )
    return output.problem(message, "categorical_crossentropy")


def _units_are_not_classes(output: _Output) -> Problem | None:
    one_is_enough = output.units == 1 and output.loss not in ONE_OF_SEVERAL
    if output.classes is None or output.units == output.classes or one_is_enough:
        return None
    message = say(
        "The last layer has {units:,} units, but the dataset has {classes:,} classes: one unit is needed for each.",
        units=output.units,
        classes=output.classes,
    )
    return output.problem(message, output.loss)


def _one_unit_with_categorical(output: _Output) -> Problem | None:
    if output.units > 1 or output.loss not in ONE_OF_SEVERAL:
        return None
    message = say("Categorical cross-entropy compares at least two classes, but the last layer has one unit.")
    alternative = "binary_crossentropy" if output.classes == 2 else output.loss
    return output.problem(message, output.loss, alternative)


def _cross_entropy_without_probabilities(output: _Output) -> Problem | None:
    wanted = "softmax" if output.loss in ONE_OF_SEVERAL else "sigmoid"
    if output.loss == "mean_squared_error" or output.activation in (wanted, "sigmoid"):
        return None
    message = say(
        "The loss {loss} expects probabilities from {wanted}, but the last layer ends with {activation}.",
        loss=output.loss,
        wanted=wanted,
        activation=output.activation,
    )
    alternative = "categorical_crossentropy" if output.activation == "softmax" else output.loss
    return output.problem(message, output.loss, alternative)


def _sigmoid_for_one_of_several(output: _Output) -> Problem | None:
    if output.activation != "sigmoid" or output.units == 1 or output.loss == "mean_squared_error":
        return None
    message = say(
        "Sigmoid judges each class by itself, as for images with several labels. Here each image has exactly one: "
        "softmax with categorical cross-entropy says so to the net."
    )
    return output.problem(message, "categorical_crossentropy", severity=Severity.WARNING)


def _squared_error_on_classes(output: _Output) -> Problem | None:
    if output.loss != "mean_squared_error" or output.classes is None:
        return None
    message = say(
        "Mean squared error is for predicting a number. It can be trained on classes too, but cross-entropy learns "
        "faster from a confident mistake."
    )
    better: LossName = "binary_crossentropy" if output.classes == 2 else "categorical_crossentropy"
    return output.problem(message, better, severity=Severity.WARNING)


_CHECKS = (
    _ends_with_a_map,
    _softmax_on_one_unit,
    _one_unit_for_several_classes,
    _one_unit_with_categorical,
    _units_are_not_classes,
    _cross_entropy_without_probabilities,
    _sigmoid_for_one_of_several,
    _squared_error_on_classes,
)
"""In the order in which they are worth telling: the first that finds something speaks alone."""
