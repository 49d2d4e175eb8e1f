"""Brighter and darker images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import VALUE_RANGE, Augmentation
from core.message import mark


class RandomBrightness(Augmentation):
    """The same number is added to all pixels of an image; what leaves 0–255 is cut off."""

    summary: ClassVar[str] = mark("Makes each image brighter or darker by a random amount.")

    kind: Literal["RandomBrightness"] = "RandomBrightness"
    factor: Annotated[
        float,
        Field(ge=0, le=1, description=mark("The largest change, as a share of the way from black to white.")),
    ]

    def keras_arguments(self) -> dict[str, Any]:
        return super().keras_arguments() | {"value_range": VALUE_RANGE}
