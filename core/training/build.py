"""From a recipe to the Keras objects that are trained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.architecture import Layer, Place, Residual, Shape
from core.architecture.regularizers import Regularizer
from core.augmentation import Augmentation
from core.errors import RecipeError
from core.message import say
from core.objective import Training, label_encoding
from core.objective.losses import LabelEncoding
from core.objective.metrics import MetricName
from core.objective.number_scale import NumberScale
from core.objective.optimizers import Optimizer
from core.recipe import Recipe
from core.training.devices import Share
from core.training.random_noise import RandomNoise

ACCURACIES: dict[LabelEncoding, type[keras.metrics.Metric]] = {
    "index": keras.metrics.SparseCategoricalAccuracy,
    "one_hot": keras.metrics.CategoricalAccuracy,
    "number": keras.metrics.BinaryAccuracy,
}
"""What counts as right: the largest output is the true class's; for one unit, it is on the label's side of 0.5."""


@dataclass(frozen=True)
class Parts:
    """Everything that a step of training needs, as Keras objects.

    ``labels``: how loss and metrics want the labels. ``augmentation``: what training images, float32 (images, height,
    width, channels) of 0–255, pass through before the model. ``share``: how batches are divided among devices.
    ``numbers``: how numbers are learned, where they are to be predicted; None where classes are. ``shares``: into how
    many parts a batch is divided that cores compute side by side; more than 1 only where no layer mixes the images.
    """

    model: keras.Model
    loss: keras.losses.Loss
    metrics: Mapping[str, keras.metrics.Metric]
    optimizer: keras.optimizers.Optimizer
    labels: LabelEncoding
    augmentation: Sequence[keras.layers.Layer]
    share: Share
    numbers: NumberScale | None = None
    shares: int = 1

    @property
    def figures(self) -> tuple[str, ...]:
        """What is measured on each batch, in this order."""
        return ("loss", *self.metrics)

    def in_units_of_data(self, values: np.ndarray) -> np.ndarray:
        """What was measured on standardized numbers, (batches, figures), as if it had been on the numbers themselves.

        An error is as many times larger as they are, a squared one the square of that.
        """
        if self.numbers is None or self.numbers.is_plain:
            return values
        powers = [1 if name == "mean_absolute_error" else 2 for name in self.figures]
        return values * np.float32(self.numbers.deviation) ** np.array(powers, np.float32)

    @property
    def learning_rate(self) -> keras.Variable:
        """What holds the learning rate of the next step."""
        return getattr(self.optimizer, "inner_optimizer", self.optimizer).learning_rate

    @property
    def variables(self) -> list[keras.Variable]:
        """All that a step of training changes and later steps depend on: weights, what the optimizer remembers, and
        the states of the random numbers of dropout and augmentation."""
        augmentation = [variable for layer in self.augmentation for variable in layer.variables]
        return [*self.model.variables, *self.optimizer.variables, *augmentation]


METRICS: dict[MetricName, Callable[[LabelEncoding], keras.metrics.Metric]] = {
    "top_3_accuracy": lambda labels: _top_accuracy(labels, 3),
    "top_5_accuracy": lambda labels: _top_accuracy(labels, 5),
    "mean_absolute_error": lambda _: keras.metrics.MeanAbsoluteError(),
    "mean_squared_error": lambda _: keras.metrics.MeanSquaredError(),
}
"""The Keras metric for each that a recipe may name."""


def _top_accuracy(labels: LabelEncoding, k: int) -> keras.metrics.Metric:
    kinds = {"index": keras.metrics.SparseTopKCategoricalAccuracy, "one_hot": keras.metrics.TopKCategoricalAccuracy}
    return kinds[labels](k=k)


ANSWERS = "answers"
"""The name, in the Keras model, of the layer that gives numbers in their own units."""


def build(recipe: Recipe) -> keras.Model:
    """The net of ``recipe``, with fresh weights: (images, height, width, channels) of 0–255 to (images, units).

    The output of the layer at a place of the recipe is that of the Keras layer named by `layer_name`; a disabled layer
    has none. The last layer computes in float32, whatever Keras's policy is.
    """
    images = keras.Input(recipe.image.shape, name="images")
    values = keras.layers.Rescaling(1 / 255, name="scaling")(images)
    return keras.Model(images, _through(recipe.layers, values, last_dtype="float32"))


def with_answers_in_units(model: keras.Model, numbers: NumberScale | None) -> keras.Model:
    """``model``, trained on standardized numbers, with a last layer that gives the numbers themselves.

    Where they were learned as they are, or classes were, it is ``model`` itself.
    """
    if numbers is None or numbers.is_plain:
        return model
    answers = keras.layers.Rescaling(numbers.deviation, numbers.mean, name=ANSWERS, dtype="float32")(model.output)
    return keras.Model(model.input, answers)


def layer_name(place: Place) -> str:
    """The name, in the Keras model, of the layer at ``place`` of the recipe: ``layer_3``, inside a Residual
    ``layer_3_0``."""
    return "_".join(["layer", *map(str, place)])


def weight_names(model: keras.Model) -> list[str]:
    """The names of ``model.get_weights()``, in that order: the place of the layer and Keras's own name of the weight.

    ``0/kernel``, inside a Residual ``4.1/kernel``, and ``4.projection/kernel`` for what its input passes through.
    """
    return [
        f"{layer.name.removeprefix('layer_').replace('_', '.')}/{weight.name}"
        for layer in model.layers
        for weight in layer.weights
    ]


def layer_output(model: keras.Model, place: Place) -> keras.KerasTensor:
    """What the layer at ``place`` of the recipe gives; that which answers with a number, that in its own units."""
    output = model.get_layer(layer_name(place)).output
    last = model.layers[-1]
    return last.output if last.name == ANSWERS and last.input is output else output


def keras_layer(layer: Layer, name: str, dtype: str | None = None) -> keras.layers.Layer:
    """The Keras layer that ``layer``, which is no Residual, describes; ``dtype`` None is that of Keras's policy."""
    arguments = {argument: _keras_value(value) for argument, value in layer.keras_arguments().items()}
    return getattr(keras.layers, layer.kind)(name=name, dtype=dtype, **arguments)


def _through(
    layers: Sequence[Layer], values: keras.KerasTensor, place: Place = (), last_dtype: str | None = None
) -> keras.KerasTensor:
    enabled = [(position, layer) for position, layer in enumerate(layers) if not layer.disabled]
    for position, layer in enabled:
        dtype = last_dtype if position == enabled[-1][0] else None
        values = _apply(layer, values, (*place, position), dtype)
    return values


def _apply(layer: Layer, values: keras.KerasTensor, place: Place, dtype: str | None) -> keras.KerasTensor:
    if isinstance(layer, Residual):
        return _add(layer, values, place)
    return keras_layer(layer, layer_name(place), dtype)(values)


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


def assemble(
    model: keras.Model,
    training: Training,
    augmentation: Sequence[Augmentation] = (),
    numbers: NumberScale | None = None,
    shares: int = 1,
) -> Parts:
    """``model`` with the loss, metrics and optimizer of ``training``; RecipeError where it has nothing to train.

    Where ``numbers`` are to be predicted, there is no accuracy: an answer is near or far, not right or wrong.

    To be called where the model was built: within the scope of the strategy, under the same policy of Keras.
    """
    if not model.trainable_variables:
        raise RecipeError(say("The net has no weights, so there is nothing to train. Add a Dense or a Conv2D layer."))

    labels = label_encoding(training.loss, units=model.output_shape[-1])
    accuracy = {"accuracy": ACCURACIES[labels]()} if numbers is None else {}
    optimizer = _keras_optimizer(training.optimizer)
    optimizer.build(model.trainable_variables)
    return Parts(
        model,
        _keras_loss(training),
        accuracy | {name: METRICS[name](labels) for name in training.metrics},
        optimizer,
        labels,
        keras_augmentation(augmentation, training.seed),
        Share(tf.distribute.get_strategy()),
        numbers,
        shares,
    )


def _keras_loss(training: Training) -> keras.losses.Loss:
    """Keras names the function ``mean_squared_error`` and the class ``MeanSquaredError``."""
    kind = getattr(keras.losses, "".join(word.capitalize() for word in training.loss.split("_")))
    return kind(label_smoothing=training.label_smoothing) if training.label_smoothing else kind()


def _keras_optimizer(optimizer: Optimizer) -> keras.optimizers.Optimizer:
    """In float16 the loss is scaled up, so that small gradients do not become 0."""
    built = getattr(keras.optimizers, optimizer.kind)(**optimizer.keras_arguments())
    is_float16 = keras.config.dtype_policy().compute_dtype == "float16"
    return keras.optimizers.LossScaleOptimizer(built) if is_float16 else built


_OWN_AUGMENTATION = {"RandomNoise": RandomNoise}


def augmentation_layer(kind: str) -> type[keras.layers.Layer]:
    """The class of layers for a kind of augmentation: Keras's, else our own."""
    return _OWN_AUGMENTATION.get(kind) or getattr(keras.layers, kind)


def keras_augmentation(augmentation: Sequence[Augmentation], seed: int) -> tuple[keras.layers.Layer, ...]:
    """The Keras layers, each with random numbers of its own that follow from ``seed``."""
    return tuple(
        augmentation_layer(each.kind)(seed=seed + place, dtype="float32", **each.keras_arguments())
        for place, each in enumerate(augmentation)
    )
