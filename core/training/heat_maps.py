"""Where a net looks for a class: Grad-CAM.

Selvaraju, Cogswell, Das, Vedantam, Parikh and Batra, "Grad-CAM: Visual explanations from deep networks via
gradient-based localization" (2017), https://arxiv.org/abs/1610.02391
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from core.architecture import Place
from core.architecture.naming import number
from core.dataset.store import Dataset, load
from core.errors import RecipeError
from core.evaluation.probabilities import probabilities
from core.message import say
from core.recipe import Recipe
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import InspectionError
from core.runs.run import Run
from core.runs.store import run_folder
from core.training.build import layer_output
from core.training.feature_maps import image_pixels, trained_model
from core.training.finished_run import epochs_to_look_back_at, resting_run, take_back
from core.training.question import Answer, Question

SQUASHING = (keras.activations.softmax, keras.activations.sigmoid)
"""Behind these an output hardly moves once the net is sure, so that the gradient is taken before them."""

FAINTEST = 1e-6
"""What moves the scores by less than this share of them counts as 0: the rounding of float32 makes as much, and scaled
to its own peak it would look like any other map."""


def answer_heat_maps(question: Question) -> Answer:
    """The heat maps that ``question`` asks for. LayerlabError where there are none."""
    run, place = resting_run(question), tuple(question.payload["place"])
    dataset = load(question.workspace.datasets, run.dataset_id)
    model = trained_model(question.workspace, run.id, run.recipe, place)
    look = Look.of(model, place, None if dataset.predicts_numbers else question.payload["class_index"])
    pixels = _pixels(question.payload, dataset, run.recipe)
    looks = {epoch: look.at(pixels) for epoch in _epochs(question, run, model)}
    answers = np.concatenate([answer for answer, _ in looks.values()])
    maps = np.stack([each for _, each in looks.values()])
    shown = answers if dataset.predicts_numbers else probabilities(answers)
    heat = HeatMaps.of(tuple(looks), resized(maps, pixels.shape), maps.shape[1:], shown)
    return Answer(heat.to_result(), heat.to_data())


def _epochs(question: Question, run: Run, model: keras.Model) -> Iterator[int]:
    """The epochs that are asked for; ``model`` has the weights of each while it is the last one given."""
    if question.payload["epochs"] is None:
        yield run.kept_epoch or run.epoch
        return
    folder = run_folder(question.workspace, run.id)
    for epoch in epochs_to_look_back_at(folder):
        take_back(model, folder, epoch)
        yield epoch


@dataclass(frozen=True)
class Look:
    """``graph`` gives for one image the scores before the last softmax or sigmoid, which is ``squash``, and what of a
    layer's maps speaks for a class and against it."""

    graph: Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]
    squash: Callable[[tf.Tensor], tf.Tensor]

    @classmethod
    def of(cls, model: keras.Model, place: Place, class_index: int | None) -> Self:
        """For the layer at ``place`` and a class, None for the number that ``model`` predicts.

        It takes the activation off the last layer of ``model``, whose weights may change later. RecipeError where the
        layer has no maps, InspectionError where there is no such class.
        """
        maps = layer_output(model, place)
        if len(maps.shape) != 4:
            raise _no_maps(place)
        direction = _direction(class_index, model.output_shape[-1])
        scores, squash = _before_squashing(model.layers[-1])
        return cls(_graph(keras.Model(model.input, [maps, scores]), direction), squash)

    def at(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the net answers for one image, uint8 (height, width, channels), as (1, units), and what of it speaks for
        the class, (height, width) of the layer's maps: equation 2 of the paper; 0 where that is below FAINTEST."""
        scores, weighted = self._seen(pixels)
        return self.squash(scores).numpy(), _without_noise(np.maximum(weighted, 0), scores.numpy())

    def weighted(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `at`, with what speaks against the class as values below 0."""
        scores, weighted = self._seen(pixels)
        return self.squash(scores).numpy(), weighted

    def _seen(self, pixels: np.ndarray) -> tuple[tf.Tensor, np.ndarray]:
        """The scores, (1, units), and what speaks for the class and against it."""
        scores, weighted = self.graph(tf.constant(pixels[np.newaxis], tf.float32))
        return scores, weighted.numpy()


def _without_noise(shown: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """``shown``, (height, width), or zeros where all its places together would move the ``scores``, (1, units), by less
    than FAINTEST of the largest: importance is a mean over the places, so that their sum is counted once a place."""
    return shown if shown.max() * shown.size >= FAINTEST * np.abs(scores).max() else np.zeros_like(shown)


def _graph(net: keras.Model, direction: np.ndarray) -> Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]:
    """``net`` gives maps and scores; ``direction``, float32 (units,), how much each score counts in that of the class.

    A graph takes as long to make as one look without it, and is many times faster from the second epoch on.
    """

    def weighted(images: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(images)
            maps, scores = net(images, training=False)
            score = tf.reduce_sum(scores * direction)
        importance = tf.reduce_mean(tape.gradient(score, maps), axis=(1, 2))  # alpha in equation 1
        return scores, tf.einsum("ihwc,ic->hw", maps, importance)

    return tf.function(weighted)


def resized(maps: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """``maps``, (maps, height, width), at the height and width that ``shape`` begins with; bilinear."""
    return tf.image.resize(maps[..., np.newaxis], shape[:2], "bilinear").numpy()[..., 0]


def _before_squashing(last: keras.layers.Layer) -> tuple[keras.KerasTensor, Callable[[tf.Tensor], tf.Tensor]]:
    """What the ``last`` layer of a net gives without its softmax or sigmoid, and that function."""
    if isinstance(last, keras.layers.Softmax):
        return last.input, keras.activations.softmax
    activation = getattr(last, "activation", None)
    if activation not in SQUASHING:
        return last.output, keras.activations.linear
    last.activation = keras.activations.linear
    return last.output, activation


def _direction(class_index: int | None, units: int) -> np.ndarray:
    """One unit is the score of class 1, so that what lowers it speaks for class 0."""
    if class_index is None:
        return np.ones(1, np.float32)
    if class_index not in range(max(units, 2)):
        raise InspectionError(say("The net does not know this class. Choose another one."))
    if units == 1:
        return np.array([1 if class_index else -1], np.float32)
    return np.eye(units, dtype=np.float32)[class_index]


def _pixels(payload: Mapping[str, Any], dataset: Dataset, recipe: Recipe) -> np.ndarray:
    """The image of the dataset, or the one that came with the question, at the size that the net takes."""
    if payload["pixels"] is None:
        return image_pixels(dataset, payload["image"], recipe)
    values = np.frombuffer(base64.b64decode(payload["pixels"]), np.uint8)
    if len(values) == np.prod(recipe.image.shape):
        return values.reshape(recipe.image.shape)
    raise InspectionError(
        say(
            "The image has {received:,} values, but the net takes {height} × {width} × {channels}. Choose the image "
            "again.",
            received=len(values),
            height=recipe.image.height,
            width=recipe.image.width,
            channels=recipe.image.channels,
        )
    )


def _no_maps(place: Place) -> RecipeError:
    return RecipeError(
        say(
            "Layer {number} gives a list of numbers that says nothing of places in the image. Choose a layer before "
            "Flatten or the global pooling, such as the last convolution.",
            number=number(place),
        )
    )
