"""Steps of training and validation as TensorFlow graphs that run many batches in one call.

A call costs about as much as a step of a small net, so the loop over the batches is inside the graph.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf

from core.training.build import Parts
from core.training.data import Examples

Graph = Callable[[np.ndarray], tuple[tf.Tensor, tf.Tensor]]
"""Takes positions of images, int32 (batches, batch size); gives loss and accuracy of each batch, both (batches,)."""

Step = Callable[[tf.Tensor, tf.Tensor], tuple[tf.Tensor, tf.Tensor]]
"""Takes images, float32 (batch, height, width, channels) of 0–255, and labels; gives the batch's loss and accuracy."""


def training_graph(parts: Parts, examples: Examples) -> Graph:
    """Each batch updates the weights once. Its figures are those before the update, as in Keras's ``fit``."""
    model, optimizer = parts.model, parts.optimizer

    def step(images: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            outputs = model(images, training=True)
            loss = parts.loss(labels, outputs) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return loss, _accuracy(parts, labels, outputs)

    return _over_batches(step, examples)


def validation_graph(parts: Parts, examples: Examples) -> Graph:
    """The net as it is, in test mode: nothing is changed."""
    model = parts.model

    def step(images: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        outputs = model(images, training=False)
        return parts.loss(labels, outputs) + sum(model.losses), _accuracy(parts, labels, outputs)

    return _over_batches(step, examples)


def _accuracy(parts: Parts, labels: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
    """The accuracy on this batch alone; an epoch's is the mean over its images."""
    parts.accuracy.reset_state()
    parts.accuracy.update_state(labels, outputs)
    return parts.accuracy.result()


def _over_batches(step: Step, examples: Examples) -> Graph:
    images, labels = tf.constant(examples.images), tf.constant(examples.labels)

    def gathered(positions: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return step(tf.cast(tf.gather(images, positions), tf.float32), tf.gather(labels, positions))

    # One signature for every chunk length and batch size, so that the graph is traced once. One iteration at a time,
    # since a step works on the weights that the step before it has left.
    @tf.function(input_signature=[tf.TensorSpec([None, None], tf.int32)])
    def graph(chunk: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        figures = (tf.float32, tf.float32)
        return tf.map_fn(gathered, chunk, fn_output_signature=figures, parallel_iterations=1)

    return graph
