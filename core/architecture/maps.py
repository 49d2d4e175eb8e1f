"""Layers that need a map to work on, and what to do where they meet a vector."""

from core.architecture.layer import Layer, Obstacle, Repair, Shape
from core.message import Message, say, times


class MapLayer(Layer):
    """A layer whose input is a map ``(height, width, channels)``."""

    def obstacle(self, input_shape: Shape) -> Obstacle | None:
        if len(input_shape) == 3:
            return self.obstacle_on_map(input_shape)
        message = say(
            "{kind} needs a map (height × width × channels), but its input is a vector of {length:,} numbers: "
            "a layer before it has flattened the map.",
            kind=self.kind,
            length=input_shape[0],
        )
        return Obstacle(message, (Repair(say("Remove this {kind}", kind=self.kind), ()),))

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        """`obstacle` for an input that is known to be a map."""
        return None


def does_not_fit(
    layer: Layer, name: str | Message, window: tuple[int, int], input_shape: Shape, smaller: tuple[Repair, ...]
) -> Obstacle:
    """The obstacle of a window that is larger than its input while padding is valid.

    ``name`` is what the window is called, ``smaller`` the ways to one that fits.
    """
    message = say(
        "The {name} of {window} is larger than the input of {size}, and valid padding adds nothing around it.",
        name=name,
        window=times(window),
        size=times(input_shape[:2]),
    )
    others = (
        Repair(say("Set padding to same"), (layer.changed(padding="same"),)),
        Repair(say("Remove this {kind}", kind=layer.kind), ()),
    )
    return Obstacle(message, smaller + others)


def resized(layer: Layer, name: str, size: tuple[int, int]) -> Repair:
    """Gives the argument ``name`` of ``layer`` the ``(height, width)`` of ``size``, as one number where they are
    equal."""
    value = size[0] if size[0] == size[1] else size
    return Repair(say("Set {name} to {size}", name=name, size=times(size)), (layer.changed(**{name: value}),))
