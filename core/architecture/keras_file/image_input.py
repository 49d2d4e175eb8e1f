"""The shape of the images that a saved model takes."""

from dataclasses import dataclass
from typing import Any, Final

from core.architecture import Shape
from core.architecture.keras_file.graph import Graph
from core.architecture.keras_file.remark import Remark
from core.architecture.keras_file.saved_layer import SavedLayer
from core.message import Message, say, times

STAND_IN: Final = (224, 224, 3)
"""Height, width and channels where the file does not name them: those of ImageNet."""


@dataclass(frozen=True)
class ImageInput:
    """``shape`` is None where the file leaves it open; ``assumed`` is what the layers are followed with then.

    ``objection``: why images cannot be what the model takes.
    """

    shape: Shape | None
    assumed: Shape
    notes: tuple[Message, ...] = ()
    objection: Remark | None = None


def read_image_input(saved: SavedLayer, first: SavedLayer | None) -> ImageInput:
    """The input of a model; ``first`` is its first layer, where there is one."""
    lengths = _lengths(saved.config)
    if lengths is None:
        return _open(STAND_IN)
    if len(lengths) == 2 and first is not None and first.class_name == "Flatten":
        lengths = [*lengths, 1]  # grey images without channels, as in many a first lesson; laid out flat, no difference
    if len(lengths) != 3:
        reason = say("it has {count:,} axes; an image has three: height, width and channels.", count=len(lengths))
        return ImageInput(None, STAND_IN, objection=Remark(saved.label, reason))
    shape = tuple(length for length in lengths if length is not None)
    if len(shape) == 3:
        return ImageInput(shape, shape)
    pairs = zip(lengths, STAND_IN, strict=True)
    return _open(tuple(stand_in if length is None else length for length, stand_in in pairs))


def first_layer(graph: Graph, opening: tuple[int, ...]) -> SavedLayer | None:
    """What stands behind the opening; None where several do."""
    consumers = graph.consumers(opening[-1])
    return graph.steps[consumers[0]].saved if len(consumers) == 1 else None


def _lengths(config: dict[str, Any]) -> list[int | None] | None:
    """The axes of one image; None where nothing, or nothing sensible, is written down."""
    shape = next((config[key] for key in ("batch_shape", "batch_input_shape") if config.get(key)), None)
    if not isinstance(shape, list) or not all(_is_length(length) for length in shape[1:]):
        return None
    return shape[1:]


def _is_length(value: Any) -> bool:
    return value is None or (type(value) is int and value > 0)


def _open(assumed: Shape) -> ImageInput:
    note = say("The file does not name the image size; shapes were followed for {size}.", size=times(assumed))
    return ImageInput(None, assumed, (note,))
