"""Every kind of augmentation there is: the single source for forms, recipe files and the Keras layers."""

from typing import Annotated, get_args

from pydantic import Field

from core.augmentation.augmentation import Augmentation
from core.augmentation.random_brightness import RandomBrightness
from core.augmentation.random_contrast import RandomContrast
from core.augmentation.random_erasing import RandomErasing
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_noise import RandomNoise
from core.augmentation.random_rotation import RandomRotation
from core.augmentation.random_shear import RandomShear
from core.augmentation.random_translation import RandomTranslation
from core.augmentation.random_zoom import RandomZoom

AnyAugmentation = Annotated[
    RandomFlip
    | RandomRotation
    | RandomTranslation
    | RandomZoom
    | RandomShear
    | RandomBrightness
    | RandomContrast
    | RandomNoise
    | RandomErasing,
    Field(discriminator="kind"),
]

AUGMENTATIONS: dict[str, type[Augmentation]] = {kind.__name__: kind for kind in get_args(get_args(AnyAugmentation)[0])}
"""The augmentations by kind, in the order in which they are offered."""

FRESH_AUGMENTATIONS: dict[str, Augmentation] = {
    "RandomFlip": RandomFlip(mode="horizontal"),
    "RandomRotation": RandomRotation(factor=0.05),
    "RandomTranslation": RandomTranslation(height_factor=0.1, width_factor=0.1),
    "RandomZoom": RandomZoom(height_factor=0.1),
    "RandomShear": RandomShear(x_factor=0.1, y_factor=0.1),
    "RandomBrightness": RandomBrightness(factor=0.2),
    "RandomContrast": RandomContrast(factor=0.2),
    "RandomNoise": RandomNoise(factor=0.1),
    "RandomErasing": RandomErasing(factor=0.5),
}
"""An augmentation of each kind as it is first added: gentle enough for most images."""
