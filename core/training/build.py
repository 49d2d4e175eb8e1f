"""From a recipe to the Keras objects that are trained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras

from core.architecture import Layer, Place, Residual, Shape
from core.architecture.regularizers import Regularizer
from core.errors import RecipeError
from core.message import say
from core.objective import Training, label_encoding
from core.objective.losses import LabelEncoding, LossName
from core.objective.optimizers import Optimizer
from core.recipe import Recipe

ACCURACIES: dict[LabelEncoding, type[keras.metrics.Metric]] = {
    "index": keras.metrics.SparseCategoricalAccuracy,
    "one_hot": keras.metrics.CategoricalAccuracy,
    "number": keras.metrics.BinaryAccuracy,
}
"""What counts as right: the largest output is the true class's; for one unit, it is on the label's side of 0.5."""


@dataclass(frozen=True)
class Parts:
    """Everything that a step of training needs, as Keras objects. ``labels``: how loss and accuracy want the labels."""

    model: keras.Model
    loss: keras.losses.Loss
    accuracy: keras.metrics.Metric
    optimizer: keras.optimizers.Optimizer
    labels: LabelEncoding


def build(recipe: Recipe) -> keras.Model:
    """The net of ``recipe``, with fresh weights: (images, height, width, channels) of 0–255 to (images, units).

    The output of the layer at a place of the recipe is that of the Keras layer named by `layer_name`; a disabled layer
    has none.
    """
    images = keras.Input(recipe.image.shape, name="images")
    values = keras.layers.Rescaling(1 / 255, name="scaling")(images)
    return keras.Model(images, _through(recipe.layers, values))


def layer_name(place: Place) -> str:
    """The name, in the Keras model, of the layer at ``place`` of the recipe: ``layer_3``, inside a Residual
    ``layer_3_0``."""
    return "_".join(["layer", *map(str, place)])


def keras_layer(layer: Layer, name: str) -> keras.layers.Layer:
    """The Keras layer that ``layer``, which is no Residual, describes."""
    arguments = {argument: _keras_value(value) for argument, value in layer.keras_arguments().items()}
    return getattr(keras.layers, layer.kind)(name=name, **arguments)


def _through(layers: Sequence[Layer], values: keras.KerasTensor, place: Place = ()) -> keras.KerasTensor:
    for position, layer in enumerate(layers):
        if not layer.disabled:
            values = _apply(layer, values, (*place, position))
    return values


def _apply(layer: Layer, values: keras.KerasTensor, place: Place) -> keras.KerasTensor:
    if isinstance(layer, Residual):
        return _add(layer, values, place)
    return keras_layer(layer, layer_name(place))(values)


def _add(residual: Residual, values: keras.KerasTensor, place: Place) -> keras.KerasTensor:
    """The layers inside, the projection where there is one, their sum and the activation behind it.

    The last of these has the name of the Residual itself.
    """
    name = layer_name(place)
    inside = _through(residual.layers, values, place)
    projection = residual.projection_layer(_shape(values))
    shortcut = values if projection is None else keras_layer(projection, f"{name}_projection")(values)
    if residual.activation is None:
        return keras.layers.Add(name=name)([inside, shortcut])
    total = keras.layers.Add(name=f"{name}_sum")([inside, shortcut])
    return keras.layers.Activation(residual.activation, name=name)(total)


def _shape(values: keras.KerasTensor) -> Shape:
    return tuple(values.shape[1:])


def _keras_value(value: Any) -> Any:
    if isinstance(value, Regularizer):
        return getattr(keras.regularizers, value.kind)(**value.keras_arguments())
    return value


def assemble(model: keras.Model, training: Training) -> Parts:
    """``model`` with the loss, accuracy and optimizer of ``training``; RecipeError where it has nothing to train."""
    if not model.trainable_variables:
        raise RecipeError(say("The net has no weights, so there is nothing to train. Add a Dense or a Conv2D layer."))

    labels = label_encoding(training.loss, units=model.output_shape[-1])
    optimizer = _keras_optimizer(training.optimizer)
    optimizer.build(model.trainable_variables)
    return Parts(model, _keras_loss(training.loss), ACCURACIES[labels](), optimizer, labels)


def _keras_loss(name: LossName) -> keras.losses.Loss:
    """Keras names the function ``mean_squared_error`` and the class ``MeanSquaredError``."""
    return getattr(keras.losses, "".join(word.capitalize() for word in name.split("_")))()


def _keras_optimizer(optimizer: Optimizer) -> keras.optimizers.Optimizer:
    return getattr(keras.optimizers, optimizer.kind)(**optimizer.keras_arguments())
