"""Slanted images: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_shear/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import Augmentation, FillMode
from core.message import mark


class RandomShear(Augmentation):
    """Each image is slanted to a side and upwards, by at most these shares."""

    summary: ClassVar[str] = mark("Slants each image by a random amount, as italics slant upright letters.")

    kind: Literal["RandomShear"] = "RandomShear"
    x_factor: Annotated[
        float, Field(ge=0, le=1, description=mark("The largest slant to a side, as a share of the height."))
    ] = 0.0
    y_factor: Annotated[
        float, Field(ge=0, le=1, description=mark("The largest slant up or down, as a share of the width."))
    ] = 0.0
    fill_mode: FillMode = "reflect"
