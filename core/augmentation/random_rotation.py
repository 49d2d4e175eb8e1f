"""Turned images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import Augmentation, FillMode
from core.message import mark


class RandomRotation(Augmentation):
    """Each image is turned about its middle, by an angle between −``factor`` and ``factor`` of a full turn."""

    summary: ClassVar[str] = mark("Turns each image by a random angle, to the left or to the right.")

    kind: Literal["RandomRotation"] = "RandomRotation"
    factor: Annotated[
        float,
        Field(ge=0, le=1, description=mark("The largest angle, as a share of a full turn: 0.05 is up to 18 degrees.")),
    ]
    fill_mode: FillMode = "reflect"
