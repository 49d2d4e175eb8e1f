"""What may be worth searching in a recipe, with ranges and scales to begin with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from typing import Any

from core.architecture import Layer, shapes
from core.architecture.layer import Shape
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.residual import Residual
from core.augmentation.catalogue import FRESH_AUGMENTATIONS
from core.errors import RecipeError
from core.message import Message
from core.recipe import Recipe
from core.tuning.placing import recipe_with
from core.tuning.space import Choices, Parameter, Range
from core.tuning.titles import title

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
    (with and without), and for the filters, the units, the kernel, the dropout and the use of layers: with blocks left
    out, it is the number of blocks that is searched.

    Of a layer, only what fits the shapes of ``recipe`` as it is; nothing where less than two values do.
    """
    found = {**_of_training(recipe), "augmentation": _off_or_on(recipe), **_of_layers(recipe)}
    return [Suggestion(path, title(path, recipe), parameter) for path, parameter in found.items()]


def _of_training(recipe: Recipe) -> dict[str, Parameter]:
    optimizer = recipe.training.optimizer
    rate = optimizer.learning_rate
    return {
        "training.optimizer.learning_rate": Range(
            low=_rounded(rate / 10), high=_rounded(min(rate * 10, HIGHEST_RATE)), log=True
        ),
        "training.batch_size": Choices(choices=_batch_sizes(recipe.training.batch_size)),
        "training.optimizer.kind": Choices(choices=tuple(dict.fromkeys((*OPTIMIZERS, optimizer.kind)))),
    }


def _off_or_on(recipe: Recipe) -> Choices:
    chosen = recipe.augmentation or (FRESH_AUGMENTATIONS["RandomTranslation"],)
    return Choices(choices=([], [each.model_dump(mode="json") for each in chosen]))


def _of_layers(recipe: Recipe) -> dict[str, Parameter]:
    answer = _answer(recipe)
    found: dict[str, Parameter] = {}
    if answer is None:
        return found
    for place, layer in _layers(recipe.layers):
        around = "layers." + ".layers.".join(map(str, place))
        if isinstance(layer, Dropout):
            found[f"{around}.rate"] = Range(low=0.0, high=HIGHEST_DROPOUT, step=DROPOUT_STEP)
        for field, values in _values(layer).items():
            path = f"{around}.{field}"
            fitting = tuple(value for value in values if _fits(recipe, path, value, answer))
            if len(fitting) > 1:
                found[path] = Choices(choices=_sorted(fitting))
    return found


def _values(layer: Layer) -> dict[str, list[Any]]:
    """What could stand in the fields of ``layer``, each value once, as far as it goes by the layer alone."""
    found: dict[str, list[Any]] = {}
    if isinstance(layer, Conv2D):
        found["filters"] = _around(layer.filters)
        found["kernel_size"] = list(dict.fromkeys((layer.kernel_size, *KERNELS)))
    if isinstance(layer, Dense):
        found["units"] = _around(layer.units)
    if isinstance(layer, Conv2D | Dense | Residual):
        found["disabled"] = [False, True]
    return found


def _around(size: int) -> list[int]:
    """Half and twice as many, and as many as now."""
    return list(dict.fromkeys((max(1, size // 2), size, size * 2)))


def _fits(recipe: Recipe, path: str, value: Any, answer: Shape) -> bool:
    """Whether all layers work and the net still answers in the shape ``answer``."""
    try:
        return _answer(recipe_with(recipe, {path: value})) == answer
    except RecipeError:
        return False


def _answer(recipe: Recipe) -> Shape | None:
    """The shape of the net's output; None where a layer cannot work."""
    if not shapes.work(recipe.layers, recipe.image.shape):
        return None
    answer: Shape = recipe.image.shape
    for layer, shape in shapes.steps(recipe.layers, recipe.image.shape):
        answer = layer.output_shape(shape)
    return answer


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


def _sorted(choices: tuple[Any, ...]) -> tuple[Any, ...]:
    """Ascending, where they are numbers."""
    return tuple(sorted(choices)) if all(isinstance(choice, int) for choice in choices) else choices
