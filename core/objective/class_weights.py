"""How much the images of a class count in the loss: https://keras.io/api/models/model_training_apis/#fit-method"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from core.errors import RecipeError
from core.message import Message, mark, say

LARGEST_WEIGHT = 1000


def _balanced_or_by_name(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError as error:
        raise PydanticCustomError(
            "class_weights",
            mark("must be balanced, or a number above 0 and up to {most} for each class by its name"),
            {"most": LARGEST_WEIGHT},
        ) from error


Weight = Annotated[float, Field(gt=0, le=LARGEST_WEIGHT)]
ClassWeights = Annotated[
    Literal["balanced"] | dict[str, Weight] | None,
    Field(
        description=mark(
            "How much a mistake on an image of each class costs. Balanced: a class with few images counts as much as "
            "one with many."
        )
    ),
    WrapValidator(_balanced_or_by_name),
]
"""None: each image counts the same. ``balanced``: each class does. Else a weight by class name, 1 for the others."""


def weights_of(
    class_weights: ClassWeights, class_names: Sequence[str], counts: Sequence[int]
) -> tuple[float, ...] | None:
    """How much an image of each class counts, in the order of ``class_names``; None where all count the same.

    ``counts``: training images of each class. Balanced is images ÷ (classes × images of the class), as in
    https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html; a class
    without training images weighs 1 and is not one of the classes there. RecipeError where a class is named that
    ``class_names`` does not have.
    """
    if class_weights is None:
        return None
    if class_weights == "balanced":
        return _balanced(counts)
    unknown = next((name for name in class_weights if name not in class_names), None)
    if unknown is not None:
        raise RecipeError(_unknown_class(unknown, class_names))
    return tuple(class_weights.get(name, 1.0) for name in class_names)


def _balanced(counts: Sequence[int]) -> tuple[float, ...]:
    present = sum(1 for count in counts if count)
    images = sum(counts)
    return tuple(images / (present * count) if count else 1.0 for count in counts)


def _unknown_class(name: str, class_names: Sequence[str]) -> Message:
    close = get_close_matches(name, class_names, n=1)
    if close:
        return say(
            "class_weights names the class {name}, which these images do not have. Did you mean {close}?",
            name=name,
            close=close[0],
        )
    return say(
        "class_weights names the class {name}, which these images do not have. Their classes: {known}.",
        name=name,
        known=_first_ones(class_names),
    )


def _first_ones(class_names: Sequence[str]) -> str:
    known = ", ".join(class_names[:10])
    return f"{known}, …" if len(class_names) > 10 else known
