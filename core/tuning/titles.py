"""What the fields that a search changes are called."""

from collections.abc import Mapping
from typing import Final

from core.architecture import Layer, Place
from core.architecture.naming import number
from core.message import Message, mark, say
from core.recipe import Recipe
from core.runs.recipe_settings import setting_title

_OF_TRAINING: Final[Mapping[str, str]] = {
    "training.optimizer.kind": mark("optimizer"),
    "augmentation": mark("augmentation, off or on"),
}
_OF_LAYERS: Final[Mapping[str, str]] = {
    "filters": mark("filters of layer {number} ({kind})"),
    "units": mark("units of layer {number} ({kind})"),
    "kernel_size": mark("kernel of layer {number} ({kind})"),
    "rate": mark("dropout rate of layer {number}"),
    "disabled": mark("layer {number} ({kind}) left out or not"),
}


def title(path: str, recipe: Recipe) -> Message:
    """What stands at ``path`` of ``recipe``, in words: "filters of layer 3 (Conv2D)"."""
    if path in _OF_TRAINING:
        return say(_OF_TRAINING[path])
    *steps, field = path.split(".")
    found = _layer_at(steps, recipe)
    if found is None or field not in _OF_LAYERS:
        return setting_title(path)
    place, layer = found
    return say(_OF_LAYERS[field], number=number(place), kind=layer.kind)


def _layer_at(steps: list[str], recipe: Recipe) -> tuple[Place, Layer] | None:
    """The layer at such steps as layers, 3, layers, 0; None where they lead to none."""
    layers: tuple[Layer, ...] = recipe.layers
    place: Place = ()
    layer = None
    for name, position in zip(steps[::2], steps[1::2], strict=False):
        if name != "layers" or not position.isdecimal() or int(position) >= len(layers):
            return None
        layer = layers[int(position)]
        place = (*place, int(position))
        layers = getattr(layer, "layers", ())
    return None if layer is None or len(steps) % 2 else (place, layer)
