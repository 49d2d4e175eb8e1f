"""A residual block: He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2015), equation 2."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from core.architecture.convolution2d import OutputActivation
from core.architecture.cost import Term, term
from core.architecture.layer import Layer, Obstacle, Purpose, Repair, Shape
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.receptive_field import ReceptiveField
from core.architecture.sliding import SlidingLayer
from core.architecture.window import one_or_two
from core.message import mark, say, times

if TYPE_CHECKING:
    from core.architecture.catalogue import AnyLayer

DEEPEST = 3
"""How many Residuals may stand inside each other."""

_USUAL_WIDTH = 32


class Residual(Layer):
    """A stack of layers whose input is added to its output. It is no class of Keras: it becomes its layers and an Add.

    Where the shapes differ, a projection brings the input to the shape of the output: a 1 × 1 convolution without a
    bias, for vectors a Dense without a bias.
    """

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("A stack whose input is added to its output, so that deep nets can be trained.")

    kind: Literal["Residual"] = "Residual"
    layers: Annotated[tuple["AnyLayer", ...], Field(strict=False, description=mark("The layers inside."))]
    projection: Annotated[
        bool,
        Field(description=mark("Bring the input to the shape of the output by a 1 × 1 convolution where they differ.")),
    ] = True
    activation: OutputActivation = None

    @model_validator(mode="after")
    def _not_too_deep(self) -> "Residual":
        if self.depth > DEEPEST:
            raise PydanticCustomError(
                "too_deep",
                mark("must not hold a Residual here: at most {deepest} stand inside each other"),
                {"deepest": DEEPEST},
            )
        return self

    @property
    def depth(self) -> int:
        """1 for a Residual without another one inside."""
        return 1 + max((layer.depth for layer in self.layers if isinstance(layer, Residual)), default=0)

    @property
    def enabled(self) -> tuple[Layer, ...]:
        """The layers inside that are not disabled."""
        return tuple(layer for layer in self.layers if not layer.disabled)

    def obstacle(self, input_shape: Shape) -> Obstacle | None:
        """The first inside, else that of the addition."""
        shape = input_shape
        for layer in self.enabled:
            obstacle = layer.obstacle(shape)
            if obstacle:
                return obstacle
            shape = layer.output_shape(shape)
        return self.obstacle_to_addition(input_shape)

    def obstacle_to_addition(self, input_shape: Shape) -> Obstacle | None:
        """Why input and output cannot be added, where every layer inside works."""
        if not self.enabled:
            return self._empty(input_shape)
        output_shape = self._inner_output_shape(input_shape)
        if output_shape == input_shape or self.projection_layer(input_shape):
            return None
        return self._shapes_differ(input_shape, output_shape)

    def output_shape(self, input_shape: Shape) -> Shape:
        return self._inner_output_shape(input_shape)

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        sizes = [
            times(input_shape),
            *(times(layer.output_shape(shape)) for layer, shape in self._followed(input_shape)),
        ]
        return ((mark("inside"), " → ".join(sizes)),)

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """One number for each layer inside, for trained and untrained parameters apart, and the projection's."""
        terms = (_as_one(layer.kind, layer.parameter_terms(shape)) for layer, shape in self._followed(input_shape))
        return (*(each for some in terms for each in some), *self._projected(input_shape, "parameter_terms"))

    def product_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        terms = (_as_one(layer.kind, layer.product_terms(shape)) for layer, shape in self._followed(input_shape))
        return (*(each for some in terms for each in some), *self._projected(input_shape, "product_terms"))

    def activations(self, input_shape: Shape) -> int:
        """Those of the layers inside, of the projection, and of the sum."""
        inside = sum(layer.activations(shape) for layer, shape in self._followed(input_shape))
        projection = self.projection_layer(input_shape)
        return inside + super().activations(input_shape) + (projection.activations(input_shape) if projection else 0)

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        """What the stack sees, and what the input that is added sees."""
        if len(input_shape) == 1:
            field = field.merged
        inside = field
        for layer, shape in self._followed(input_shape):
            inside = layer.field_behind(inside, shape)
        projection = self.projection_layer(input_shape)
        return inside.joined(projection.field_behind(field, input_shape) if projection else field)

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        field = self.field_behind(ReceptiveField.of_image(input_shape), input_shape)
        return field.rows if axis == 0 else field.columns

    def projection_layer(self, input_shape: Shape) -> Conv2D | Dense | None:
        """What brings the input to the shape of the output; None where they are the same, or where nothing can.

        It may have more filters or units than may be chosen by hand.
        """
        output_shape = self._inner_output_shape(input_shape)
        if not self.projection or output_shape == input_shape or len(output_shape) != len(input_shape):
            return None
        if len(input_shape) == 1:
            return Dense.model_construct(units=output_shape[0], use_bias=False)
        strides = (-(-input_shape[0] // output_shape[0]), -(-input_shape[1] // output_shape[1]))
        projection = Conv2D.model_construct(
            filters=output_shape[2], kernel_size=1, strides=one_or_two(strides), use_bias=False
        )
        return projection if projection.output_shape(input_shape) == output_shape else None

    def mixes_images(self) -> bool:
        """Whether a layer inside does."""
        return any(layer.mixes_images() for layer in self.enabled)

    def keras_arguments(self) -> dict[str, Any]:
        """Residual is no class of Keras: `core.training.build` makes it of its layers."""
        raise NotImplementedError

    def _followed(self, input_shape: Shape) -> Iterator[tuple[Layer, Shape]]:
        """The enabled layers inside, each with the shape of its input."""
        shape = input_shape
        for layer in self.enabled:
            yield layer, shape
            shape = layer.output_shape(shape)

    def _inner_output_shape(self, input_shape: Shape) -> Shape:
        shape = input_shape
        for layer in self.enabled:
            shape = layer.output_shape(shape)
        return shape

    def _projected(self, input_shape: Shape, terms: str) -> tuple[Term, ...]:
        projection = self.projection_layer(input_shape)
        return _as_one("projection", getattr(projection, terms)(input_shape)) if projection else ()

    def _empty(self, input_shape: Shape) -> Obstacle:
        message = say("This Residual holds no layer, so it would only double its input.")
        inside: Layer = (
            Conv2D(filters=_USUAL_WIDTH, kernel_size=3, padding="same", activation="relu")
            if len(input_shape) == 3
            else Dense(units=_USUAL_WIDTH, activation="relu")
        )
        filled = self.changed(layers=(*self.layers, inside), projection=True)
        repairs = (
            Repair(say("Put a {kind} inside", kind=inside.kind), (filled,)),
            Repair(say("Remove this {kind}", kind=self.kind), ()),
        )
        return Obstacle(message, repairs)

    def _shapes_differ(self, input_shape: Shape, output_shape: Shape) -> Obstacle:
        message = say(
            "Residual adds its input of {input} to the output of its layers, but that is {output}: only equal shapes "
            "can be added.",
            input=times(input_shape),
            output=times(output_shape),
        )
        ways = (self._projecting(), self._padded(), self._without_resizing(input_shape))
        mended: dict[Residual, str] = {}
        for text, layer in ways:
            if layer != self and layer.obstacle(input_shape) is None:
                mended.setdefault(layer, text)
        ending = (Activation(activation=self.activation),) if self.activation else ()
        unwrapped = Repair(say("Replace this Residual by its layers"), (*self.layers, *ending))
        repairs = (Repair(say(text), (layer,)) for layer, text in mended.items())
        return Obstacle(message, (*islice(repairs, 2), unwrapped))

    def _projecting(self) -> tuple[str, "Residual"]:
        return mark("Set projection to true"), self.changed(projection=True)

    def _padded(self) -> tuple[str, "Residual"]:
        """Same padding all over, with a projection for what is left."""
        layers = tuple(
            layer.changed(padding="same") if isinstance(layer, SlidingLayer) else layer for layer in self.layers
        )
        return mark("Set padding to same inside"), self.changed(layers=layers, projection=True)

    def _without_resizing(self, input_shape: Shape) -> tuple[str, "Residual"]:
        """Without the layers that change the size by other means than a window, such as Flatten."""
        kept, shape = [], input_shape
        for layer in self.layers:
            behind = shape if layer.disabled else layer.output_shape(shape)
            if isinstance(layer, SlidingLayer) or behind[:-1] == shape[:-1]:
                kept.append(layer)
            shape = behind
        text = mark("Remove the layers inside that change the size")
        return text, self.changed(layers=tuple(kept), projection=True)


def _as_one(name: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms of a layer as one number, or as two where some are trained and others are not."""
    sums = (
        (is_trained, sum(each.value for each in terms if each.is_trained is is_trained)) for is_trained in (True, False)
    )
    return tuple(term(name, (name, value), is_trained=is_trained) for is_trained, value in sums if value)
