"""Mirror images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import Augmentation
from core.message import mark


class RandomFlip(Augmentation):
    """Each image is mirrored or not, as a coin falls."""

    summary: ClassVar[str] = mark(
        "Mirrors every other image. Only for classes that stay the same in the mirror: a mirrored digit is none."
    )

    kind: Literal["RandomFlip"] = "RandomFlip"
    mode: Annotated[
        Literal["horizontal", "vertical", "horizontal_and_vertical"],
        Field(description=mark("Left and right, top and bottom, or both change places.")),
    ] = "horizontal_and_vertical"
