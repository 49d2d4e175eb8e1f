"""Layers that make the map larger, and how large it may become."""

from typing import Any, Final

from core.architecture.layer import Obstacle, Repair, Shape
from core.architecture.maps import MapLayer
from core.message import say, times

LARGEST_SIDE: Final = 4096
"""Pixels of a map, down or to the right. Images have fewer, and only a layer of this kind makes a map larger."""


class GrowingLayer(MapLayer):
    """A layer whose output is at least as high and as wide as its input."""

    def fitting(self, input_shape: Shape) -> dict[str, Any]:
        """The argument, by its name, with which the output is as large as this layer can make it and may become."""
        raise NotImplementedError

    def obstacle_on_map(self, input_shape: Shape) -> Obstacle | None:
        output_shape = self.output_shape(input_shape)
        if max(output_shape[:2]) <= LARGEST_SIDE:
            return None
        message = say(
            "{kind} makes a map of {output} from its input of {input}, but no side may be longer than {most:,} pixels.",
            kind=self.kind,
            output=times(output_shape[:2]),
            input=times(input_shape[:2]),
            most=LARGEST_SIDE,
        )
        return Obstacle(message, (*self._smaller(input_shape), Repair(say("Remove this {kind}", kind=self.kind), ())))

    def _smaller(self, input_shape: Shape) -> tuple[Repair, ...]:
        """Nothing where the layer could only leave the map as it is: then it can as well be removed."""
        arguments = self.fitting(input_shape)
        changed = self.changed(**arguments)
        if changed.output_shape(input_shape) == input_shape:
            return ()
        ((name, value),) = arguments.items()
        return (Repair(say("Set {name} to {size}", name=name, size=_as_in_a_recipe(value)), (changed,)),)


def _as_in_a_recipe(value: Any) -> str:
    """``4``, ``[4, 2]`` or ``[[1, 0], [2, 2]]``."""
    return str(value).translate({ord("("): "[", ord(")"): "]"})
