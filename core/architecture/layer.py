"""What every layer of the catalogue answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from core.architecture.cost import Term, total
from core.message import Message, mark

if TYPE_CHECKING:
    from core.architecture.receptive_field import ReceptiveField

Shape = tuple[int, ...]
"""``(height, width, channels)`` for a map, ``(units,)`` for a vector; without the batch axis."""

OURS = frozenset({"kind", "disabled"})
"""The fields of a layer that are no arguments of its Keras class."""


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
    """A Keras layer as a value. Its fields are exactly the Keras arguments, but for ``kind``, the name of the Keras
    class, and ``disabled``: such a layer stays in the list and is skipped.

    The methods take the ``input_shape`` and, `obstacle` apart, may be asked only where `obstacle` answers None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    purpose: ClassVar[Purpose]
    summary: ClassVar[str]

    kind: str
    disabled: Annotated[bool, Field(description=mark("The layer stays in the list, but the net does without it."))] = (
        False
    )

    def obstacle(self, input_shape: Shape) -> Obstacle | None:
        """What stands in the way of this layer on this input; None where Keras accepts it.

        One limit is ours, not that of Keras: `core.architecture.growing.LARGEST_SIDE`.
        """
        return None

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        """How the output shape comes about: pairs of a name, in English, and a formula with this layer's numbers.

        Empty where the shape stays as it is.
        """
        return ()

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """The numbers that are stored in the layer: weights, biases and the statistics of a normalization."""
        return ()

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """The multiply-adds for one image. Only products with a kernel count: no bias, activation, pooling or
        normalization."""
        return ()

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        """For each position of the output along ``axis`` (0: down, 1: right), the positions of the input that it sees.

        None where each sees only itself. Global pooling has one position, which sees all.
        """
        return None

    def field_behind(self, field: "ReceptiveField", input_shape: Shape) -> "ReceptiveField":
        """What the outputs see of the image; ``field`` is what the inputs see of it."""
        return field.through(self.windows(input_shape, 0), self.windows(input_shape, 1))

    def parameters(self, input_shape: Shape) -> int:
        return total(self.parameter_terms(input_shape))

    def trained_parameters(self, input_shape: Shape) -> int:
        """Those of `parameters` that training moves against the gradient."""
        return total(term for term in self.parameter_terms(input_shape) if term.is_trained)

    def multiply_adds(self, input_shape: Shape) -> int:
        return total(self.product_terms(input_shape))

    def activations(self, input_shape: Shape) -> int:
        """How many numbers the layer hands on for one image; training keeps them all until the weights are updated."""
        return prod(self.output_shape(input_shape))

    def mixes_images(self) -> bool:
        """Whether what it makes of an image in training depends on the others of the batch."""
        return False

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class named by ``kind``; a regularizer is still a value of ours."""
        return {name: getattr(self, name) for name in type(self).model_fields if name not in OURS}

    def content(self) -> dict[str, Any]:
        """The layer as it stands in a recipe file: its kind, and what differs from the defaults."""
        fields = type(self).model_fields.items()
        values = {name: getattr(self, name) for name, field in fields if getattr(self, name) != field.default}
        return {"kind": self.kind} | {name: _plain(value) for name, value in values.items()}

    def changed(self, **arguments: Any) -> Self:
        """This layer with other arguments, validated."""
        return type(self).model_validate(dict(self) | arguments)


def _plain(value: Any) -> Any:
    if isinstance(value, Layer):
        return value.content()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.model_dump() if isinstance(value, BaseModel) else value
