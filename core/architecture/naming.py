"""How a sentence names one layer of a list."""

from core.architecture.layer import Layer
from core.architecture.place import Place
from core.message import Message, say


def number(place: Place) -> str:
    """Counted from 1, as people count: the layer at ``(3, 0)`` is number ``4.1``."""
    return ".".join(str(position + 1) for position in place)


def named(layer: Layer, place: Place) -> Message:
    """``Flatten (layer 3)``."""
    return say("{kind} (layer {number})", kind=layer.kind, number=number(place))
