"""Chains of steps as layers: two branches that are added become a Residual."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.architecture import Layer, Residual, Shape
from core.architecture.keras_file.branches import Branching, Chain
from core.architecture.keras_file.followed import Followed, is_addition
from core.architecture.keras_file.graph import Graph
from core.architecture.keras_file.remark import Remark
from core.architecture.layers.activation import Activation
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.relu import ReLU
from core.message import say


@dataclass(frozen=True)
class Assembled:
    """What a chain becomes; layers that cannot be taken over are missing in it."""

    layers: tuple[Layer, ...]
    objections: tuple[Remark, ...] = ()


def assemble(chain: Chain, graph: Graph, followed: Followed) -> Assembled:
    """The layers of ``chain``, whose steps stand in ``followed`` one by one."""
    layers: list[Layer] = []
    objections: list[Remark] = []
    for element in chain:
        if not isinstance(element, Branching):
            _append(layers, followed.layer(element))
            continue
        assembled = _residual(element, graph, followed)
        layers.extend(assembled.layers)
        objections.extend(assembled.objections)
    return Assembled(tuple(layers), tuple(objections))


def _append(layers: list[Layer], layer: Layer | None) -> None:
    """``layer`` behind the others; right behind a Residual, an activation goes into that."""
    if layer is None:
        return
    before = layers[-1] if layers else None
    activation = _activation(layer)
    if activation and isinstance(before, Residual) and before.activation is None:
        layers[-1] = before.changed(activation=activation)
    else:
        layers.append(layer)


def _activation(layer: Layer) -> str | None:
    if isinstance(layer, Activation):
        return layer.activation
    return "relu" if layer == ReLU() else None


def _residual(branching: Branching, graph: Graph, followed: Followed) -> Assembled:
    inside = [assemble(branch, graph, followed) for branch in branching.branches]
    objections = tuple(objection for branch in inside for objection in branch.objections)
    step = graph.steps[branching.join]
    if not is_addition(step) or len(inside) != 2:  # said already
        return Assembled((), objections)
    if followed.objections and any(followed.shapes[source] is None for source in step.inputs):
        return Assembled((), objections)  # a layer before it cannot be taken over, so nothing is known of the sum
    first, second = (branch.layers for branch in inside)
    shapes = (followed.shapes[branching.source], followed.shapes[branching.join])
    for stack, shortcut in ((first, second), (second, first)):
        if _is_residual(stack, shortcut, *shapes):
            return Assembled((_around(stack),), objections)
    reason = say(
        "only the sum of a stack of layers and of what went into it can be taken over, as a Residual. What went in may "
        "pass a 1 × 1 Conv2D without bias (a vector: a Dense without bias) only to get the shape of the sum."
    )
    return Assembled((), (*objections, Remark(step.saved.label, reason)))


def _is_residual(
    stack: Sequence[Layer], shortcut: Sequence[Layer], input_shape: Shape | None, output_shape: Shape | None
) -> bool:
    """Whether a Residual around ``stack`` would add what ``shortcut`` makes of the input."""
    if not stack or len(shortcut) > 1 or input_shape is None or output_shape is None:
        return False
    if not shortcut:
        return input_shape == output_shape
    if input_shape == output_shape or shortcut[0].output_shape(input_shape) != output_shape:
        return False
    return _around(stack).projection_layer(input_shape) == _projection(shortcut[0])


def _around(stack: Sequence[Layer]) -> Residual:
    return Residual.model_validate({"layers": tuple(stack)})


def _projection(layer: Layer) -> Layer:
    """``layer`` as Residuals write their projection: for a kernel of 1 × 1, padding changes nothing."""
    return layer.changed(padding="valid") if isinstance(layer, Conv2D) and layer.kernel_size == 1 else layer
