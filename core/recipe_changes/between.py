"""The differences between two recipes, in the order in which a recipe tells them."""

from core.recipe import Recipe
from core.recipe_changes.change import Change, Concern
from core.recipe_changes.stacks import augmentation_changes, layer_changes
from core.recipe_changes.values import value_changes


def changes(before: Recipe, after: Recipe) -> tuple[Change, ...]:
    """Every difference; none exactly where the recipes are equal."""
    return (
        *value_changes("image", before.image, after.image, Concern.DATA),
        *value_changes("split", before.split, after.split, Concern.SPLIT),
        *augmentation_changes(before.augmentation, after.augmentation),
        *layer_changes(before, after),
        *value_changes("training", before.training, after.training, Concern.TRAINING),
    )
