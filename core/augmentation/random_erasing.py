"""Erased patches: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_erasing/

Zhong, Zheng, Kang, Li and Yang, "Random Erasing Data Augmentation" (2017), https://arxiv.org/abs/1708.04896
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from core.augmentation.augmentation import VALUE_RANGE, Augmentation
from core.message import mark


class RandomErasing(Augmentation):
    """A patch of between 2 and 33 % of an image becomes noise. Keras draws each image's chance from 0 to ``factor``."""

    summary: ClassVar[str] = mark(
        "Puts noise over a random patch of some images, so that the net does not rely on one detail."
    )

    kind: Literal["RandomErasing"] = "RandomErasing"
    factor: Annotated[
        float,
        Field(ge=0, le=1, description=mark("Twice the share of images that get a patch: 1 is every other image.")),
    ] = 1.0

    def keras_arguments(self) -> dict[str, Any]:
        return super().keras_arguments() | {"value_range": VALUE_RANGE}
