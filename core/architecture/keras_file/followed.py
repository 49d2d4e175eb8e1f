"""Every step of a graph taken over by itself, with the shapes that flow between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from core.architecture.keras_file.graph import Graph, Step
from core.architecture.keras_file.remark import Remark
from core.architecture.keras_file.taken import Taken, take_over
from core.architecture.layer import Layer, Shape
from core.message import say


@dataclass(frozen=True)
class Followed:
    """By the position of a step, what was taken over of it, and the shape of its output, None where not known."""

    taken: Mapping[int, Taken]
    shapes: Mapping[int, Shape | None]

    @property
    def notes(self) -> tuple[Remark, ...]:
        return tuple(chain.from_iterable(taken.notes for taken in self.taken.values()))

    @property
    def objections(self) -> tuple[Remark, ...]:
        return tuple(chain.from_iterable(taken.objections for taken in self.taken.values()))

    def layer(self, position: int) -> Layer | None:
        """None for what cannot be taken over."""
        return self.taken[position].layer


def is_addition(step: Step) -> bool:
    """Whether it is Keras's Add, as a layer or as ``+``."""
    return step.saved.class_name == "Add" and not step.saved.is_own_class


def follow(graph: Graph, opening: Sequence[int], image_shape: Shape) -> Followed:
    """The steps behind ``opening``, which hands on images of ``image_shape``."""
    taken: dict[int, Taken] = {}
    shapes: dict[int, Shape | None] = dict.fromkeys(opening, image_shape)
    for position, step in enumerate(graph.steps):
        if position not in shapes:
            taken[position], shapes[position] = _take(step, [shapes[source] for source in step.inputs])
    return Followed(taken, shapes)


def _take(step: Step, shapes: Sequence[Shape | None]) -> tuple[Taken, Shape | None]:
    if not shapes:  # one input too many, which is said elsewhere
        return Taken(), None
    if is_addition(step):
        return Taken(objections=_objections_to_addition(step)), shapes[0] if len(set(shapes)) == 1 else None
    taken = take_over(step, shapes[0])
    return taken, _output_shape(taken.layer, shapes[0])


def _objections_to_addition(step: Step) -> tuple[Remark, ...]:
    if len(step.inputs) == 2:
        return ()
    return (Remark(step.saved.label, say("it adds {count:,} tensors; here two are added.", count=len(step.inputs))),)


def _output_shape(layer: Layer | None, input_shape: Shape | None) -> Shape | None:
    if layer is None or input_shape is None or layer.obstacle(input_shape):
        return None
    return layer.output_shape(input_shape)
