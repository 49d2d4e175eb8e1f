"""Layers that need a map to work on, and what to do where they meet a vector."""

from core.architecture.layer import Layer, Obstacle, Repair, Shape
from core.message import say


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
