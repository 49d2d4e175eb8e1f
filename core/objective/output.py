"""The output of a net: the Dense at its end, with the activations behind it."""

from collections.abc import Sequence

from core.architecture.layer import Layer
from core.architecture.layers.activation import Activation
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.elu import ELU
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.relu import ReLU
from core.architecture.layers.softmax import Softmax
from core.architecture.layers.spatial_dropout2d import SpatialDropout2D
from core.architecture.normalization import Normalization
from core.objective.losses import LossName

ONE_OF_SEVERAL: tuple[LossName, ...] = ("categorical_crossentropy", "sparse_categorical_crossentropy")

ACTIVATIONS: dict[type[Layer], str] = {Softmax: "softmax", ReLU: "relu", LeakyReLU: "leaky_relu", ELU: "elu"}
"""Layers that are one activation each, by its Keras name."""

ACTIVATION_LAYERS: tuple[type[Layer], ...] = (Activation, *ACTIVATIONS)
"""The layers that are nothing but an activation."""

REGULARIZING: tuple[type[Layer], ...] = (Dropout, SpatialDropout2D, Normalization)
"""What steadies the layers inside a net, and has no place behind its answers."""

SHARES = frozenset({"softmax", "sparsemax"})
ONE_BY_ONE = frozenset({"sigmoid", "hard_sigmoid", "sparse_sigmoid"})
PROBABILITIES = SHARES | ONE_BY_ONE
"""The activations that give numbers from 0 to 1: as shares of one whole, or each by itself."""


def activation_of(layer: Layer) -> str:
    """The Keras name of the activation that the numbers of ``layer`` pass through at last."""
    return ACTIVATIONS.get(type(layer)) or getattr(layer, "activation", None) or "linear"


def fitting_output(loss: LossName, classes: int) -> Dense:
    """The last layer that belongs to ``loss`` on a dataset of ``classes`` classes; of 0, one number is to be predicted,
    whatever the loss.

    For mean squared error on more than two classes, softmax against one-hot labels: the Brier score (Brier, 1950).
    """
    if classes == 0:
        return Dense(units=1)
    if loss in ONE_OF_SEVERAL:
        return Dense(units=classes, activation="softmax")
    if loss == "binary_crossentropy":
        return Dense(units=1 if classes == 2 else classes, activation="sigmoid")
    return Dense(units=1) if classes == 2 else Dense(units=classes, activation="softmax")


def with_fitting_output(
    layers: Sequence[Layer], loss: LossName, classes: int, is_map: bool = False, bridge: Layer | None = None
) -> tuple[Layer, ...]:
    """``layers`` with an output that is right for ``loss`` and ``classes``, in place of the one that they have, if any.

    ``is_map`` says that the list ends with a map, of which ``bridge``, a Flatten by default, first makes a vector.
    Disabled layers stay where they are. What regularizes behind the old output comes before the new one.
    """
    old = output_positions(layers, classes)
    output = _resembling(layers, old, fitting_output(loss, classes))
    end = ((bridge or Flatten(),) if is_map else ()) + (output,)
    if not old or any(isinstance(layer, REGULARIZING) and not layer.disabled for layer in layers[old[0] :]):
        return (*_without(layers, old), *end)
    return (*layers[: old[0]], *end, *_without(layers, old)[old[0] :])


def output_positions(layers: Sequence[Layer], classes: int | None) -> tuple[int, ...]:
    """Where the output stands in ``layers``: a Dense and the activations behind it, or, where another layer ends the
    net, the activations alone that make probabilities of its numbers.

    A Dense with regularizing layers behind it is an output only if it looks like one: else it is inside the net.
    """
    enabled = [position for position, layer in enumerate(layers) if not layer.disabled]
    behind = _count_at_the_end(layers, enabled, REGULARIZING)
    inside = enabled[: len(enabled) - behind]
    activations = _count_at_the_end(layers, inside, ACTIVATION_LAYERS)
    end = inside[len(inside) - activations :]
    dense = inside[-activations - 1] if len(inside) > activations else None
    if dense is None or not isinstance(layers[dense], Dense):
        return tuple(position for position in end if activation_of(layers[position]) in PROBABILITIES)
    if behind and not _looks_like_an_output([layers[position] for position in (dense, *end)], classes):
        return ()
    return (dense, *end)


def _count_at_the_end(layers: Sequence[Layer], positions: Sequence[int], kinds: tuple[type[Layer], ...]) -> int:
    count = 0
    while count < len(positions) and isinstance(layers[positions[-count - 1]], kinds):
        count += 1
    return count


def _looks_like_an_output(layers: Sequence[Layer], classes: int | None) -> bool:
    """By its activation, or, where it has none, by one unit or one for each class."""
    activations = {activation_of(layer) for layer in layers} - {"linear"}
    if activations:
        return bool(activations & PROBABILITIES)
    return isinstance(layers[0], Dense) and layers[0].units in (1, classes)


def _resembling(layers: Sequence[Layer], old: Sequence[int], output: Dense) -> Dense:
    """``output`` with the bias and the regularizer of the Dense that it replaces."""
    replaced = layers[old[0]] if old else None
    if not isinstance(replaced, Dense):
        return output
    return replaced.changed(units=output.units, activation=output.activation)


def _without(layers: Sequence[Layer], positions: Sequence[int]) -> tuple[Layer, ...]:
    return tuple(layer for position, layer in enumerate(layers) if position not in positions)
