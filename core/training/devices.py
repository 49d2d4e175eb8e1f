"""What a training computes on: the processor, or graphics processors, one or several."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import tensorflow as tf


def graphics_processors() -> list[str]:
    """The names of those that TensorFlow can use."""
    return [device.name for device in tf.config.list_logical_devices("GPU")]


def strategy() -> tf.distribute.Strategy:
    """Where the variables of a training live: on each of several graphics processors, else where TensorFlow puts
    them."""
    processors = graphics_processors()
    return tf.distribute.MirroredStrategy(processors) if len(processors) > 1 else tf.distribute.get_strategy()


@dataclass(frozen=True)
class Share:
    """How a batch is shared among the replicas of a net: every n-th image to each of n, and the sum of what they find.

    With one replica all of it is left as it is. A batch with fewer images than replicas gives some of them twice.
    """

    strategy: tf.distribute.Strategy

    @property
    def replicas(self) -> int:
        return int(self.strategy.num_replicas_in_sync)

    def run(self, step: Callable[[Mapping[str, tf.Tensor]], tf.Tensor], batch: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """``step`` on each replica, which gets all of the batch, and the sum of their results."""
        if self.replicas == 1:
            return step(batch)
        return self.strategy.reduce("SUM", self.strategy.run(step, args=(batch,)), axis=None)

    def of(self, batch: Mapping[str, tf.Tensor]) -> Mapping[str, tf.Tensor]:
        """This replica's images, with their labels and weights. Asked within `run`."""
        if self.replicas == 1:
            return batch
        images = tf.shape(batch["images"])[0]
        replica = tf.distribute.get_replica_context().replica_id_in_sync_group
        positions = tf.range(replica, tf.maximum(images, self.replicas), self.replicas) % images
        own = {name: tf.gather(batch[name], positions) for name in batch if name != "rates"}
        return own | {"of": tf.maximum(images, self.replicas)}

    def weighted(self, mean: tf.Tensor, own: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """A mean over this replica's images, so that the sum over replicas is the mean over the batch."""
        if self.replicas == 1:
            return mean
        share = tf.shape(own["images"])[0] / own["of"]
        return mean * tf.cast(share, mean.dtype)

    def of_loss(self, loss: tf.Tensor, own: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """As `weighted`, for a Keras loss, which within `run` is divided by the number of replicas already."""
        return self.weighted(loss if self.replicas == 1 else loss * self.replicas, own)

    def divided(self, whole: tf.Tensor | float) -> tf.Tensor | float:
        """What every replica has alike, so that the sum over replicas is that."""
        return whole if self.replicas == 1 else whole / self.replicas
