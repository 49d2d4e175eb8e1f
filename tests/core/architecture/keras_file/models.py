"""Models of real Keras as files, and what reading them gives."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import keras

from core.architecture import Layer
from core.architecture.keras_file import ImportedNet, read_keras_model
from core.errors import RecipeError

IMAGE = (8, 8, 3)


def as_json(model: keras.Model) -> bytes:
    return model.to_json().encode()


def as_file(model: keras.Model, folder: Path) -> bytes:
    """What Keras saves."""
    path = folder / "model.keras"
    model.save(path)
    return path.read_bytes()


def scaled(*layers: keras.layers.Layer, image: Sequence[int | None] = IMAGE) -> keras.Model:
    """A Sequential that divides pixels by 255 first, as a recipe does."""
    return keras.Sequential([keras.Input(image), keras.layers.Rescaling(1 / 255), *layers])


def imported(model: keras.Model) -> ImportedNet:
    return read_keras_model(as_json(model), "net.json")


def layers_of(model: keras.Model) -> tuple[Layer, ...]:
    return imported(model).layers


def notes_of(model: keras.Model) -> list[str]:
    return [str(note) for note in imported(model).notes]


def refusal(data: bytes, name: str = "net.json") -> str:
    """The sentence with which ``data`` is refused; nothing where it is read."""
    try:
        read_keras_model(data, name)
    except RecipeError as error:
        return str(error)
    return ""


def archive(**members: bytes) -> bytes:
    """A zip archive; in the names of its members ``_`` stands for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("_", "."), data)
    return file.getvalue()
