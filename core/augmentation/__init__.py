"""Augmentation: how training images are changed at random, anew in each epoch."""

from core.augmentation.augmentation import Augmentation
from core.augmentation.catalogue import AUGMENTATIONS, FRESH_AUGMENTATIONS, AnyAugmentation

__all__ = ["AUGMENTATIONS", "FRESH_AUGMENTATIONS", "AnyAugmentation", "Augmentation"]
