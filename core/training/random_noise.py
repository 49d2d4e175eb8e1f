"""Noise on images of 0–255, as a Keras layer."""

from typing import Any

import keras


class RandomNoise(keras.layers.Layer):
    """Adds normal noise to images (images, height, width, channels) in training, and cuts off what leaves
    ``value_range``.

    The standard deviation is drawn for each image, evenly from 0 to ``factor`` of the width of the range. In shape and
    in its seed it is as ``keras.layers.GaussianNoise``, which takes no deviation above 1 and lets pixels leave 0–255.
    """

    def __init__(
        self, factor: float, value_range: tuple[float, float] = (0, 255), seed: int | None = None, **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        self.factor, self.value_range, self.seed = factor, tuple(value_range), seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, images: Any, training: bool = False) -> Any:
        """``images``, with noise where ``training``."""
        if not training:
            return images
        low, high = self.value_range
        shape = keras.ops.shape(images)
        strongest = self.factor * (high - low)
        deviation = keras.random.uniform((shape[0], 1, 1, 1), 0, strongest, self.compute_dtype, self.seed_generator)
        noise = keras.random.normal(shape, dtype=self.compute_dtype, seed=self.seed_generator)
        return keras.ops.clip(images + deviation * noise, low, high)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """That of the images."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """What the layer is made from."""
        return super().get_config() | {"factor": self.factor, "value_range": self.value_range, "seed": self.seed}
