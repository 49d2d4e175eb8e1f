"""One click to a net that can be trained, where there is nothing to train yet."""

from collections.abc import Iterator, Sequence

from core.architecture.layer import Layer, Shape
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.flatten import Flatten
from core.architecture.shapes import work
from core.architecture.templates import TEMPLATES, template_layers
from core.message import say
from core.objective.ending import ending
from core.objective.losses import LossName
from core.objective.output import with_fitting_output
from core.problem import Fix

FIRST = "first_cnn"


def beginnings(
    layers: tuple[Layer, ...], image_shape: Shape, output_shape: Shape, loss: LossName, classes: int | None
) -> tuple[Fix, ...]:
    """What to do with ``layers`` that are none, are all disabled, or have no weights.

    Nothing ends in the right output while the number of ``classes`` is not known, or is 1; of 0, a number is to be
    predicted.
    """
    if not all(layer.disabled for layer in layers):
        return () if classes is None or classes == 1 else (ending(layers, loss, classes, len(output_shape) == 3),)
    return (*_switched_on(layers, image_shape), *new_net(layers, image_shape, loss, classes))


def _switched_on(layers: Sequence[Layer], image_shape: Shape) -> Iterator[Fix]:
    enabled = tuple(layer.changed(disabled=False) for layer in layers)
    if enabled and work(enabled, image_shape):
        yield Fix(say("Switch all layers on"), enabled)


def new_net(layers: tuple[Layer, ...], image_shape: Shape, loss: LossName, classes: int | None) -> Iterator[Fix]:
    """The first template in place of ``layers``, whose disabled ones stay, in front. Where images are too small for it,
    one convolution is enough. Nothing while the number of ``classes`` is not known, or is 1."""
    disabled = tuple(layer for layer in layers if layer.disabled)
    if classes is None or classes == 1:
        return
    template = with_fitting_output(template_layers(FIRST), loss, classes)
    if work(template, image_shape):
        message = say("Start from the template {title}", title=say(TEMPLATES[FIRST].title))
        yield Fix(message, (*disabled, *template))
        return
    convolution = Conv2D(filters=32, kernel_size=3, padding="same", activation="relu")
    net = with_fitting_output((convolution, Flatten()), loss, classes)
    yield Fix(say("Start from a small net: Conv2D, Flatten and Dense"), (*disabled, *net))
