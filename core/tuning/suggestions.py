"""What may be worth searching in a recipe, with ranges and scales to begin with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from typing import Any

from core.architecture import Layer
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.naming import number
from core.augmentation.catalogue import FRESH_AUGMENTATIONS
from core.errors import RecipeError
from core.message import Message, say
from core.recipe import Recipe
from core.tuning.placing import recipe_with
from core.tuning.space import Choices, Parameter, Range

KERNELS = (3, 5, 7)
OPTIMIZERS = ("SGD", "RMSprop", "Adam")
HIGHEST_RATE = 100.0
LARGEST_BATCH = 4096
HIGHEST_DROPOUT, DROPOUT_STEP = 0.6, 0.1


@dataclass(frozen=True)
class Suggestion:
    """``parameter`` is what could be searched at ``path``; ``title`` says in words what that is."""

    path: str
    title: Message
    parameter: Parameter


def suggestions(recipe: Recipe) -> list[Suggestion]:
    """Those for the learning rate (a decade to both sides), the batch size (powers of two), the optimizer, augmentation
    (with and without), and for the filters, the kernel and the use of layers.

    Of a layer, only what fits the shapes of ``recipe`` as it is; nothing where less than two values do.
    """
    return [*_of_training(recipe), _of_augmentation(recipe), *_of_layers(recipe)]


def _of_training(recipe: Recipe) -> Iterator[Suggestion]:
    rate = recipe.training.optimizer.learning_rate
    decades = Range(low=_rounded(rate / 10), high=_rounded(min(rate * 10, HIGHEST_RATE)), log=True)
    yield Suggestion("training.optimizer.learning_rate", say("learning rate"), decades)
    yield Suggestion(
        "training.batch_size", say("batch size"), Choices(choices=_batch_sizes(recipe.training.batch_size))
    )
    kinds = dict.fromkeys((*OPTIMIZERS, recipe.training.optimizer.kind))
    yield Suggestion("training.optimizer.kind", say("optimizer"), Choices(choices=tuple(kinds)))


def _of_augmentation(recipe: Recipe) -> Suggestion:
    chosen = recipe.augmentation or (FRESH_AUGMENTATIONS["RandomTranslation"],)
    on = [each.model_dump(mode="json") for each in chosen]
    return Suggestion("augmentation", say("augmentation, off or on"), Choices(choices=([], on)))


def _of_layers(recipe: Recipe) -> Iterator[Suggestion]:
    for place, layer in _layers(recipe.layers):
        path = "layers." + ".layers.".join(str(step) for step in place)
        told = {"number": number(place), "kind": layer.kind}
        if isinstance(layer, Conv2D):
            filters = (max(1, layer.filters // 2), layer.filters, layer.filters * 2)
            yield from _fitting(recipe, f"{path}.filters", say("filters of layer {number} ({kind})", **told), filters)
            kernels = [layer.kernel_size, *(size for size in KERNELS if size != layer.kernel_size)]
            yield from _fitting(
                recipe, f"{path}.kernel_size", say("kernel of layer {number} ({kind})", **told), kernels
            )
        if isinstance(layer, Dropout):
            rates = Range(low=0.0, high=HIGHEST_DROPOUT, step=DROPOUT_STEP)
            yield Suggestion(f"{path}.rate", say("dropout rate of layer {number}", **told), rates)
        if isinstance(layer, Conv2D | Dense):
            title = say("layer {number} ({kind}) left out or not", **told)
            yield from _fitting(recipe, f"{path}.disabled", title, (False, True))


def _fitting(recipe: Recipe, path: str, title: Message, values: Iterable[Any]) -> Iterator[Suggestion]:
    choices = tuple(value for value in dict.fromkeys(_plain(value) for value in values) if _fits(recipe, path, value))
    if len(choices) > 1:
        yield Suggestion(path, title, Choices(choices=_sorted(choices)))


def _fits(recipe: Recipe, path: str, value: Any) -> bool:
    """Whether no layer is in trouble and the net answers in the shape in which it did."""
    try:
        changed = recipe_with(recipe, {path: value}).summary()
    except RecipeError:
        return False
    has_errors = any(problem.forbids_training for problem in changed.problems)
    return not has_errors and changed.output_shape == recipe.summary().output_shape


def _layers(layers: Iterable[Layer], inside: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Layer]]:
    """Each layer that is not left out, with its place."""
    for position, layer in enumerate(layers):
        if layer.disabled:
            continue
        yield (*inside, position), layer
        yield from _layers(getattr(layer, "layers", ()), (*inside, position))


def _batch_sizes(size: int) -> tuple[int, ...]:
    """The nearest power of two, and those a half, a quarter, twice and four times as large."""
    nearest = round(log2(size))
    return tuple(2**power for power in range(max(0, nearest - 2), nearest + 3) if 2**power <= max(size, LARGEST_BATCH))


def _rounded(rate: float) -> float:
    return float(f"{rate:.6g}")


def _plain(value: Any) -> Any:
    """A kernel of [height, width] as it can be compared."""
    return tuple(value) if isinstance(value, list) else value


def _sorted(choices: tuple[Any, ...]) -> tuple[Any, ...]:
    """Ascending, where they are numbers."""
    return tuple(sorted(choices)) if all(isinstance(choice, int) for choice in choices) else choices
