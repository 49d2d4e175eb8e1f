"""Taking a layer out as a repair."""

from core.architecture.editing import layer_at, remove
from core.architecture.layer import Layer
from core.architecture.layers.residual import Residual
from core.architecture.place import Place
from core.message import say
from core.problem import Fix


def removal(layers: tuple[Layer, ...], place: Place) -> Fix:
    """The layer at ``place`` is removed; a Residual that holds no other goes with it."""
    while _is_alone_inside(layers, place):
        place = place[:-1]
    return Fix(say("Remove this {kind}", kind=layer_at(layers, place).kind), remove(layers, place))


def _is_alone_inside(layers: tuple[Layer, ...], place: Place) -> bool:
    if len(place) == 1:
        return False
    around = layer_at(layers, place[:-1])
    return isinstance(around, Residual) and len(around.enabled) == 1
