"""A file with a net: a recipe of ours, or a model that Keras has saved or written as JSON."""

from dataclasses import dataclass
from pathlib import PurePath

from core.architecture import Layer, Shape
from core.architecture.keras_file import read_keras_model
from core.errors import RecipeError
from core.message import Message, say
from core.recipe import Recipe, parse_net

SUFFIXES = ("yaml", "yml", "json", "keras")
LARGEST_TEXT = 2_000_000


@dataclass(frozen=True)
class NetFile:
    """What a file holds: ``recipe`` as a whole where it is one of ours, else the layers alone.

    ``input_shape`` is the size of the images that the net was made for, where the file says so; ``notes`` name what of
    the file cannot be taken over.
    """

    layers: tuple[Layer, ...]
    recipe: Recipe | None = None
    input_shape: Shape | None = None
    notes: tuple[Message, ...] = ()


def read_net(data: bytes, name: str) -> NetFile:
    """The net in a file called ``name``. Nothing in it is executed. Raises RecipeError."""
    if PurePath(name).suffix.lower() == ".keras" or _is_keras_json(data):
        return _of_keras(data, name)
    _check_size(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecipeError(
            say("{name} is no text. A recipe is a YAML or JSON file, a model of Keras ends in .keras.", name=name)
        ) from error
    return read_net_text(text, name)


def read_net_text(text: str, name: str) -> NetFile:
    """The net in ``text``: a recipe, layers alone, or what ``to_json`` of a Keras model gives. Raises RecipeError."""
    data = text.encode()
    if _is_keras_json(data):
        return _of_keras(data, name)
    _check_size(data, name)
    net = parse_net(text, name)
    if isinstance(net, Recipe):
        return NetFile(net.layers, net, net.image.shape)
    return NetFile(net)


def _check_size(data: bytes, name: str) -> None:
    """Reading YAML takes seconds for each million bytes, and no net needs so many."""
    if len(data) > LARGEST_TEXT:
        raise RecipeError(
            say(
                "{name} has {size:,} bytes; a recipe has at most {most:,}.",
                name=name,
                size=len(data),
                most=LARGEST_TEXT,
            )
        )


def _of_keras(data: bytes, name: str) -> NetFile:
    net = read_keras_model(data, name)
    return NetFile(net.layers, input_shape=net.input_shape, notes=net.notes)


def _is_keras_json(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{" and b'"class_name"' in data
