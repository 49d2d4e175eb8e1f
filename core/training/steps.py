"""Steps of training and validation as TensorFlow graphs that run many batches in one call.

A call costs about as much as a step of a small net, so the loop over the batches is inside the graph.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import tensorflow as tf

from core.training.build import Parts
from core.training.data import Batches

Graph = Callable[[Batches], np.ndarray]
"""Gives the figures of each batch, float32 (batches, figures), in the order of `Parts.figures`."""

Batch = Mapping[str, tf.Tensor]
"""One of `core.training.data.Batches`; of a training also ``rate``, its learning rate."""

Found = Callable[[Batch], tuple[list[tf.Tensor], tf.Tensor, tf.Tensor]]
"""Gives the gradients of the weights, the loss and the outputs for some images."""

Step = Callable[[Batch], tf.Tensor]
"""Gives the figures of one batch, float32 (figures,)."""


def training_graph(parts: Parts, weighted: bool = False) -> Graph:
    """Each batch updates the weights once, at its learning rate. Its figures are those before the update, as in Keras's
    ``fit``.

    It wants ``rates``, float32 (batches,), among the batches, and ``weights`` where it is ``weighted``.
    """
    model, optimizer, share = parts.model, parts.optimizer, parts.share
    weights = model.trainable_variables

    def find(own: Batch) -> tuple[list[tf.Tensor], tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            outputs = model(_augmented(parts, _as_float(own)), training=True)
            loss = share.of_loss(parts.loss(own["labels"], outputs, sample_weight=own.get("weights")), own)
            loss += share.divided(sum(model.losses))
            scaled = optimizer.scale_loss(loss)
        return tape.gradient(scaled, weights), loss, outputs

    def learn(batch: Batch) -> tf.Tensor:
        own = share.of(batch)
        gradients, loss, outputs = _side_by_side(find, own, parts.shares)
        optimizer.apply_gradients(zip(gradients, weights, strict=True))
        return _figures(parts, loss, own, outputs)

    def step(batch: Batch) -> tf.Tensor:
        parts.learning_rate.assign(batch["rates"])
        return share.run(learn, batch)

    return _over_batches(step, parts, {"rates": tf.TensorSpec([None])} | _weights_spec(weighted))


def validation_graph(parts: Parts) -> Graph:
    """The net as it is, in test mode: nothing is changed."""
    model, share = parts.model, parts.share

    def find(own: Batch) -> tuple[list[tf.Tensor], tf.Tensor, tf.Tensor]:
        outputs = model(_as_float(own), training=False)
        return [], share.of_loss(parts.loss(own["labels"], outputs), own) + share.divided(sum(model.losses)), outputs

    def judge(batch: Batch) -> tf.Tensor:
        own = share.of(batch)
        _, loss, outputs = _side_by_side(find, own, parts.shares)
        return _figures(parts, loss, own, outputs)

    return _over_batches(lambda batch: share.run(judge, batch), parts, {})


def _side_by_side(find: Found, batch: Batch, shares: int) -> tuple[list[tf.Tensor], tf.Tensor, tf.Tensor]:
    """The gradients, the loss and the outputs that ``find`` gives for ``batch``, found in ``shares`` at the same time.

    TensorFlow computes side by side what does not depend on each other. A share is weighed by its images; one that
    would be empty, of the last batch of an epoch, borrows an image and weighs nothing.
    """
    if shares == 1:
        return find(batch)
    images = tf.shape(batch["images"])[0]
    cuts = [images * share // shares for share in range(shares + 1)]
    gradients, losses, outputs = [], [], []
    for start, stop in pairwise(cuts):
        first = tf.minimum(start, images - 1)
        own = {name: batch[name][first : tf.maximum(stop, first + 1)] for name in batch if name != "rates"}
        weight = tf.cast((stop - start) / images, tf.float32)
        its_gradients, its_loss, its_outputs = find(own)
        gradients.append([gradient * weight for gradient in its_gradients])
        losses.append(its_loss * weight)
        outputs.append(its_outputs[: stop - start])
    return [tf.add_n(each) for each in zip(*gradients, strict=True)], tf.add_n(losses), tf.concat(outputs, axis=0)


def _augmented(parts: Parts, images: tf.Tensor) -> tf.Tensor:
    for layer in parts.augmentation:
        images = layer(images, training=True)
    return images


def _as_float(batch: Batch) -> tf.Tensor:
    return tf.cast(batch["images"], tf.float32)


def _figures(parts: Parts, loss: tf.Tensor, batch: Batch, outputs: tf.Tensor) -> tf.Tensor:
    """The loss and the metrics on this batch alone; an epoch's are the means over its images."""
    figures = [loss]
    for metric in parts.metrics.values():
        metric.reset_state()
        metric.update_state(batch["labels"], outputs)
        figures.append(parts.share.weighted(metric.result(), batch))
    return tf.stack([tf.cast(figure, tf.float32) for figure in figures])


def _over_batches(step: Step, parts: Parts, further: Mapping[str, tf.TensorSpec]) -> Graph:
    label = tf.TensorSpec([None, None], tf.int32) if parts.labels == "index" else tf.TensorSpec([None, None, None])
    images = tf.TensorSpec([None, None, *parts.model.input_shape[1:]], tf.uint8)
    specification = {"images": images, "labels": label, **further}

    # One signature for every chunk length and batch size, so that the graph is traced once. One iteration at a time,
    # since a step works on the weights that the step before it has left.
    @tf.function(input_signature=[specification])
    def graph(batches: Mapping[str, tf.Tensor]) -> tf.Tensor:
        return tf.map_fn(step, batches, fn_output_signature=tf.float32, parallel_iterations=1)

    return lambda batches: graph({name: batches[name] for name in specification}).numpy()


def _weights_spec(weighted: bool) -> dict[str, tf.TensorSpec]:
    return {"weights": tf.TensorSpec([None, None])} if weighted else {}
