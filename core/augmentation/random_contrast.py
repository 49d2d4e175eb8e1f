"""More and less contrast: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import VALUE_RANGE, Augmentation
from core.message import mark


class RandomContrast(Augmentation):
    """All pixels of an image move away from its mean or towards it; what leaves 0–255 is cut off."""

    summary: ClassVar[str] = mark("Makes the contrast of each image stronger or weaker by a random amount.")

    kind: Literal["RandomContrast"] = "RandomContrast"
    factor: Annotated[
        float,
        Field(ge=0, le=1, description=mark("The largest change: 0.2 gives between 80 % and 120 % of the contrast.")),
    ]

    def keras_arguments(self) -> dict[str, Any]:
        return super().keras_arguments() | {"value_range": VALUE_RANGE}
