"""Shifted images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import Augmentation, FillMode
from core.message import mark


class RandomTranslation(Augmentation):
    """Each image is shifted up or down and to a side, by at most these shares of its height and width."""

    summary: ClassVar[str] = mark("Shifts each image by a random distance, up or down and to the left or right.")

    kind: Literal["RandomTranslation"] = "RandomTranslation"
    height_factor: Annotated[
        float, Field(ge=0, le=1, description=mark("The largest shift up or down, as a share of the height."))
    ]
    width_factor: Annotated[
        float, Field(ge=0, le=1, description=mark("The largest shift to a side, as a share of the width."))
    ]
    fill_mode: FillMode = "reflect"
