"""Enlarged and shrunken images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import Augmentation, FillMode
from core.message import mark


class RandomZoom(Augmentation):
    """Each image is enlarged or shrunk about its middle, height and width alike."""

    summary: ClassVar[str] = mark("Brings each image nearer or takes it farther away, by a random amount.")

    kind: Literal["RandomZoom"] = "RandomZoom"
    height_factor: Annotated[
        float,
        Field(
            ge=0,
            lt=1,
            description=mark("How much more or less of the image's height and width is seen at most: 0.1 is 10 %."),
        ),
    ]
    fill_mode: FillMode = "reflect"
