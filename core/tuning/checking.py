"""Whether a space can be searched from a recipe."""

from core.errors import RecipeError
from core.message import say
from core.recipe import Recipe
from core.tuning.grid import refuse_uncountable
from core.tuning.placing import recipe_with
from core.tuning.space import SearchSpace

FIXED = ("split", "version")
LOSS = "training.loss"


def refuse_unfit(space: SearchSpace, recipe: Recipe) -> None:
    """RecipeError for a path that ``recipe`` does not have, or whose values it cannot have, each by itself; for what
    must be the same in all trials; and for a grid whose points cannot be counted."""
    for path, parameter in space.parameters.items():
        _refuse_unfair(path, space)
        for value in parameter.extremes:
            recipe_with(recipe, {path: value})
    if space.sampler == "grid":
        refuse_uncountable(space)


def _refuse_unfair(path: str, space: SearchSpace) -> None:
    if path.split(".")[0] in FIXED:
        raise RecipeError(
            say(
                "{path} cannot be searched: all trials have to be judged on the same validation images, and none may "
                "see the test images.",
                path=path,
            )
        )
    if path == LOSS and space.objective == "val_loss":
        raise RecipeError(
            say(
                "{path} cannot be searched by val_loss: values of different losses do not compare. Search by "
                "val_accuracy.",
                path=path,
            )
        )
