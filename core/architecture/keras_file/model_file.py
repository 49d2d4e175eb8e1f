"""From the bytes of a file to the JSON that describes the model in it.

A ``.keras`` file is a zip archive: https://keras.io/guides/serialization_and_saving/. Of its members only
``config.json`` is read, in memory.
"""

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from core.errors import RecipeError
from core.message import Message, say

LARGEST_DESCRIPTION: Final = 5_000_000
"""Bytes of JSON. Those of nets with a thousand layers, written by Keras, have less than two million."""

DEEPEST_NESTING: Final = 100
"""Lists and objects inside each other. A plain model has ten; each model inside another one adds four."""

_CONFIG = "config.json"
_BEGIN_OF_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEGIN_OF_HDF5 = b"\x89HDF\r\n\x1a\n"
_DAMAGED = (BadZipFile, EOFError, OSError, OverflowError, RuntimeError, ValueError, struct.error, zlib.error)
"""What `zipfile` raises for archives that are cut off, damaged or protected by a password."""


@dataclass(frozen=True)
class ModelFile:
    """The parsed JSON; ``has_weights`` tells a ``.keras`` file from the text of ``model.to_json()``."""

    content: Any
    has_weights: bool


def read_model_file(data: bytes, name: str) -> ModelFile:
    """The description of the model in the file ``name``, which holds ``data``. Raises RecipeError."""
    if data.startswith(_BEGIN_OF_HDF5):
        raise RecipeError(
            say(
                "{name} is an HDF5 file, the old format of Keras, which is not read here. Load it in Keras, save the "
                "model as .keras or write model.to_json() to a file, and take that.",
                name=name,
            )
        )
    is_archive = data.startswith(_BEGIN_OF_ZIP)
    text = _config_text(data, name) if is_archive else data
    if len(text) > LARGEST_DESCRIPTION:
        raise RecipeError(_too_large(name))
    return ModelFile(_parsed(text, name), has_weights=is_archive)


def _config_text(data: bytes, name: str) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _member(archive, name)
    except _DAMAGED as error:
        raise RecipeError(
            say(
                "{name} is damaged, was cut off on its way or is protected by a password. Save the model again.",
                name=name,
            )
        ) from error


def _member(archive: ZipFile, name: str) -> bytes:
    entry = next((entry for entry in archive.infolist() if entry.filename == _CONFIG), None)
    if entry is None:
        raise RecipeError(
            say(
                "{name} is a zip archive without config.json, so it is no Keras model. Save the model as .keras and "
                "take that.",
                name=name,
            )
        )
    if entry.file_size > LARGEST_DESCRIPTION:
        raise RecipeError(_too_large(name))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others unpack more at once than was asked for
        raise RecipeError(say("{name} is packed in a way that Keras does not use. Save the model again.", name=name))
    return archive.read(entry)  # at most file_size bytes


def _parsed(text: bytes, name: str) -> Any:
    try:
        content = json.loads(text.decode("utf-8-sig"))
    except RecursionError as error:
        raise RecipeError(_too_deep(name)) from error
    except ValueError as error:  # also for what is no UTF-8
        raise RecipeError(
            say(
                "{name} is neither a .keras file nor JSON. Save the model as .keras, or write model.to_json() to a "
                "file, and take that.",
                name=name,
            )
        ) from error
    if _is_nested_deeper([content], DEEPEST_NESTING):
        raise RecipeError(_too_deep(name))
    return content


def _is_nested_deeper(values: list[Any], levels: int) -> bool:
    """Looks level by level, so that no nesting is too deep for the looking itself."""
    for _ in range(levels):
        values = [inner for value in values for inner in _inside(value)]
    return bool(values)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_large(name: str) -> Message:
    megabytes = LARGEST_DESCRIPTION // 1_000_000
    return say(
        "{name} describes its model in more than {megabytes} MB, which is the limit.", name=name, megabytes=megabytes
    )


def _too_deep(name: str) -> Message:
    return say("{name} is nested too deeply to be the description of a model.", name=name)
