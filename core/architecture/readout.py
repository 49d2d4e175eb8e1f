"""What each layer of a list makes of an image, layer by layer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.architecture.layer import Layer, Obstacle, Shape
from core.architecture.layers.residual import Residual
from core.architecture.place import Place
from core.architecture.receptive_field import ReceptiveField


@dataclass(frozen=True)
class Readout:
    """What one layer does to its input.

    Shapes and numbers are None where the layer cannot be reached or cannot work; ``obstacle`` says why it cannot.
    ``input_field`` is what its inputs see of the image, ``field`` what its outputs see.
    ``trained_parameters`` are those of ``parameters`` that training moves; ``activations`` are the numbers handed on
    for one image. A disabled layer hands on its input and costs nothing. ``inner`` are the readouts inside a Residual,
    whose numbers are in its own already.
    """

    layer: Layer
    place: Place
    input_shape: Shape | None = None
    output_shape: Shape | None = None
    parameters: int | None = None
    trained_parameters: int | None = None
    multiply_adds: int | None = None
    activations: int | None = None
    input_field: ReceptiveField | None = None
    field: ReceptiveField | None = None
    obstacle: Obstacle | None = None
    inner: tuple["Readout", ...] = ()

    @property
    def receptive_field(self) -> tuple[int, int] | None:
        """``(height, width)`` in pixels of the image, never larger than the image."""
        return self.field.largest if self.field else None


def follow(
    layers: Sequence[Layer], input_shape: Shape | None, field: ReceptiveField | None, place: Place = ()
) -> tuple[Readout, ...]:
    """The readouts of ``layers``, which stand inside the layer at ``place``, up to the first that cannot work."""
    readouts: list[Readout] = []
    for position, layer in enumerate(layers):
        readout = _read(layer, (*place, position), input_shape, field)
        readouts.append(readout)
        input_shape, field = readout.output_shape, readout.field
    return tuple(readouts)


def walk(readouts: Iterable[Readout]) -> Iterator[Readout]:
    """Every readout, each Residual before what is inside it."""
    for readout in readouts:
        yield readout
        yield from walk(readout.inner)


def _read(layer: Layer, place: Place, shape: Shape | None, field: ReceptiveField | None) -> Readout:
    if shape is None or field is None:
        return Readout(layer, place, inner=_unknown(layer, place))
    if layer.disabled:
        return Readout(layer, place, shape, shape, 0, 0, 0, 0, field, field, inner=_unknown(layer, place))
    inner = follow(layer.layers, shape, field, place) if isinstance(layer, Residual) else ()
    if inner and inner[-1].output_shape is None:
        return Readout(layer, place, shape, inner=inner)
    obstacle = layer.obstacle(shape)
    if obstacle:
        return Readout(layer, place, shape, obstacle=obstacle, inner=inner)
    return Readout(
        layer,
        place,
        input_shape=shape,
        output_shape=layer.output_shape(shape),
        parameters=layer.parameters(shape),
        trained_parameters=layer.trained_parameters(shape),
        multiply_adds=layer.multiply_adds(shape),
        activations=layer.activations(shape),
        input_field=field,
        field=layer.field_behind(field, shape),
        inner=inner,
    )


def _unknown(layer: Layer, place: Place) -> tuple[Readout, ...]:
    return follow(layer.layers, None, None, place) if isinstance(layer, Residual) else ()
