"""Noise: what ``keras.layers.GaussianNoise`` adds, but in shares of 0–255, which Keras refuses, and cut off there.

The layer itself is `core.training.random_noise.RandomNoise`.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import VALUE_RANGE, Augmentation
from core.message import mark


class RandomNoise(Augmentation):
    """Each image gets noise of a standard deviation between 0 and ``factor`` × 255; what leaves 0–255 is cut off."""

    summary: ClassVar[str] = mark("Adds noise to each pixel, as a camera does in poor light, by a random amount.")

    kind: Literal["RandomNoise"] = "RandomNoise"
    factor: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description=mark("The strongest noise: its standard deviation, as a share of the way from black to white."),
        ),
    ]

    def keras_arguments(self) -> dict[str, Any]:
        return super().keras_arguments() | {"value_range": VALUE_RANGE}
