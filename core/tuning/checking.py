"""Whether a space can be searched from a recipe."""

from collections import Counter
from collections.abc import Iterator, Sequence

from core.architecture import Layer, Residual
from core.architecture.regularizers import Regularizer
from core.errors import RecipeError
from core.message import say
from core.recipe import Recipe
from core.tuning.grid import refuse_uncountable
from core.tuning.placing import recipe_with
from core.tuning.space import SearchSpace

FIXED = ("split", "version")


def refuse_unfit(space: SearchSpace, recipe: Recipe) -> None:
    """RecipeError for a path that ``recipe`` does not have, or whose values it cannot have, each by itself; for what
    must be the same in all trials, the seed among it; and for a grid whose points cannot be counted."""
    for path, parameter in space.parameters.items():
        _refuse_other_images(path)
        for value in parameter.extremes:
            changed = recipe_with(recipe, {path: value})
            _refuse_other_seed(path, recipe, changed)
            if space.objective == "val_loss":
                _refuse_other_loss(path, recipe, changed)
    if space.sampler == "grid":
        refuse_uncountable(space)


def changed_in_the_loss(recipe: Recipe, other: Recipe) -> str | None:
    """The path of a field by which the losses of two recipes are values of different things; None where they compare.

    The validation loss is that of `Training.loss` on smoothed labels, plus what the weights cost, which a standardized
    loss tells in other units. All else is either the same on validation images, as class weights and augmentation are
    for training images alone, or it is what a search is for: an image of another size is still the same image.
    """
    for name in ("loss", "label_smoothing"):
        if getattr(recipe.training, name) != getattr(other.training, name):
            return f"training.{name}"
    before, after = dict(_prices(recipe.layers)), dict(_prices(other.layers))
    if Counter(before.values()) != Counter(after.values()):
        return next(path for path in before | after if before.get(path) != after.get(path))
    if before and recipe.training.standardize != other.training.standardize:
        return "training.standardize"
    return None


def _refuse_other_images(path: str) -> None:
    if path.split(".")[0] in FIXED:
        raise RecipeError(
            say(
                "{path} cannot be searched: all trials have to be judged on the same validation images, and none may "
                "see the test images.",
                path=path,
            )
        )


def _refuse_other_seed(path: str, recipe: Recipe, changed: Recipe) -> None:
    if changed.training.seed != recipe.training.seed:
        raise RecipeError(
            say(
                "{path} cannot be searched: a seed is not a setting, and the best of many seeds is luck. Leave it as "
                "it is, and train the best trials again with fresh seeds.",
                path=path,
            )
        )


def _refuse_other_loss(path: str, recipe: Recipe, changed: Recipe) -> None:
    field = changed_in_the_loss(recipe, changed)
    if field is not None:
        raise RecipeError(
            say(
                "{path} cannot be searched by val_loss: it changes {field}, and values of different losses do not "
                "compare. Search by val_accuracy, or leave {field} as it is.",
                path=path,
                field=field,
            )
        )


def _prices(layers: Sequence[Layer], place: str = "layers") -> Iterator[tuple[str, Regularizer]]:
    """What the weights of the layers in use cost, by the paths of the fields that say so."""
    for position, layer in enumerate(layers):
        if layer.disabled:
            continue
        for name in type(layer).model_fields:
            if isinstance(price := getattr(layer, name), Regularizer):
                yield f"{place}.{position}.{name}", price
        if isinstance(layer, Residual):
            yield from _prices(layer.layers, f"{place}.{position}.layers")
