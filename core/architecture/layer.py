"""What every layer of the catalogue answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from core.message import Message

Shape = tuple[int, ...]
"""``(height, width, channels)`` for a map, ``(units,)`` for a vector; without the batch axis."""


class Purpose(StrEnum):
    """What a layer is for. Each purpose has one hue in the layer list and in the diagrams."""

    CONVOLUTION = "convolution"
    POOLING = "pooling"
    DENSE = "dense"
    SHAPING = "shaping"
    REGULARIZING = "regularizing"


@dataclass(frozen=True)
class Repair:
    """A way out of a problem: the layer is replaced by ``layers``; none at all removes it."""

    message: Message
    layers: tuple["Layer", ...]


@dataclass(frozen=True)
class Obstacle:
    """Why a layer cannot work on its input, and the ways out."""

    message: Message
    repairs: tuple[Repair, ...]


class Layer(BaseModel):
    """A Keras layer as a value. Its fields are exactly the Keras arguments; ``kind`` is the name of the Keras class.

    The methods take the ``input_shape`` and, `obstacle` apart, may be asked only where `obstacle` answers None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    purpose: ClassVar[Purpose]
    summary: ClassVar[str]

    kind: str

    def obstacle(self, input_shape: Shape) -> Obstacle | None:
        """What stands in the way of this layer on this input; None where Keras accepts it."""
        return None

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def parameters(self, input_shape: Shape) -> int:
        """Numbers that are stored in the layer: weights, biases and the statistics of a normalization."""
        return 0

    def trained_parameters(self, input_shape: Shape) -> int:
        """Those of `parameters` that training moves against the gradient."""
        return self.parameters(input_shape)

    def multiply_adds(self, input_shape: Shape) -> int:
        """Multiply-adds for one image. Only products with a kernel count: no bias, activation, pooling or
        normalization."""
        return 0

    def window(self, input_shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        """``(height, width)`` of what one output sees of the input, and ``(height, width)`` of the step between
        outputs."""
        return (1, 1), (1, 1)

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class named by ``kind``."""
        return self.model_dump(exclude={"kind"})

    def changed(self, **arguments: Any) -> Self:
        """This layer with other arguments, validated."""
        return type(self).model_validate(self.model_dump() | arguments)
