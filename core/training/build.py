"""From a recipe to the Keras objects that are trained."""

from dataclasses import dataclass

import keras

from core.architecture.layer import Layer
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

    The layer at position i of the recipe is named ``layer_i``.
    """
    images = keras.Input(recipe.image.shape, name="images")
    values = keras.layers.Rescaling(1 / 255, name="scaling")(images)
    for position, layer in enumerate(recipe.layers):
        values = keras_layer(layer, name=layer_name(position))(values)
    return keras.Model(images, values)


def layer_name(position: int) -> str:
    """The name, in the Keras model, of the layer at ``position`` of the recipe, from 0."""
    return f"layer_{position}"


def keras_layer(layer: Layer, name: str) -> keras.layers.Layer:
    """The Keras layer that ``layer`` describes."""
    return getattr(keras.layers, layer.kind)(name=name, **layer.keras_arguments())


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
