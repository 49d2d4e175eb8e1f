"""Shapes, parameters, multiply-adds and receptive field of a list of layers, layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.architecture.layer import Layer, Obstacle, Shape
from core.message import say
from core.problem import Fix, Problem


@dataclass(frozen=True)
class Readout:
    """What one layer does to its input. Everything but ``layer`` is None where the layer cannot be reached or
    cannot work.

    ``trained_parameters`` are those of ``parameters`` that training moves; ``receptive_field`` is ``(height, width)``
    in pixels of the image, never larger than the image.
    """

    layer: Layer
    output_shape: Shape | None = None
    parameters: int | None = None
    trained_parameters: int | None = None
    multiply_adds: int | None = None
    receptive_field: tuple[int, int] | None = None


@dataclass(frozen=True)
class Summary:
    """The readouts of all layers, in order, and what is wrong with the shapes."""

    readouts: tuple[Readout, ...]
    problems: tuple[Problem, ...]

    @property
    def parameters(self) -> int:
        return sum(readout.parameters or 0 for readout in self.readouts)

    @property
    def multiply_adds(self) -> int:
        return sum(readout.multiply_adds or 0 for readout in self.readouts)

    @property
    def output_shape(self) -> Shape | None:
        """The shape of the last layer's output; None without layers or behind a problem."""
        return self.readouts[-1].output_shape if self.readouts else None


def summarize(layers: Sequence[Layer], input_shape: Shape) -> Summary:
    """Follow an image of ``input_shape`` ``(height, width, channels)`` through the layers, up to the first that
    cannot work."""
    if not layers:
        return Summary((), (Problem(None, say("There are no layers yet: add one, or start from a template.")),))
    readouts: list[Readout] = []
    field = _Field(input_shape[0], input_shape[1])
    shape = input_shape
    for position, layer in enumerate(layers):
        obstacle = layer.obstacle(shape)
        if obstacle:
            unknown = tuple(Readout(later) for later in layers[position:])
            return Summary((*readouts, *unknown), (_problem(layers, position, obstacle),))
        field = field.behind(layer, shape)
        readouts.append(_readout(layer, shape, field))
        shape = layer.output_shape(shape)
    return Summary(tuple(readouts), _nothing_to_train(readouts))


def _readout(layer: Layer, input_shape: Shape, field: "_Field") -> Readout:
    return Readout(
        layer,
        output_shape=layer.output_shape(input_shape),
        parameters=layer.parameters(input_shape),
        trained_parameters=layer.trained_parameters(input_shape),
        multiply_adds=layer.multiply_adds(input_shape),
        receptive_field=field.within_image,
    )


def _nothing_to_train(readouts: Sequence[Readout]) -> tuple[Problem, ...]:
    if any(readout.trained_parameters for readout in readouts):
        return ()
    return (Problem(None, say("No layer has weights, so there is nothing to train: add a Conv2D or a Dense.")),)


@dataclass(frozen=True)
class _Field:
    """The receptive field while it grows: by (window − 1) × the product of the strides before.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019,
    equation 2.
    """

    image_height: int
    image_width: int
    height: int = 1
    width: int = 1
    step_down: int = 1
    step_right: int = 1

    def behind(self, layer: Layer, input_shape: Shape) -> "_Field":
        window, strides = layer.window(input_shape)
        return _Field(
            self.image_height,
            self.image_width,
            self.height + (window[0] - 1) * self.step_down,
            self.width + (window[1] - 1) * self.step_right,
            self.step_down * strides[0],
            self.step_right * strides[1],
        )

    @property
    def within_image(self) -> tuple[int, int]:
        return min(self.height, self.image_height), min(self.width, self.image_width)


def _problem(layers: Sequence[Layer], position: int, obstacle: Obstacle) -> Problem:
    fixes = (
        Fix(repair.message, (*layers[:position], *repair.layers, *layers[position + 1 :]))
        for repair in obstacle.repairs
    )
    return Problem(position, obstacle.message, tuple(fixes))
