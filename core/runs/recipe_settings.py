"""The settings of a recipe, each by its path, without building the recipe: quick enough for a thousand of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from core.message import Message, say
from core.recipe_changes.fields import title

Plain = str | int | float | bool
"""What a setting holds."""

_BY_NAMES: Final = "training.class_weights"
"""Holds a number for each name of a class: that is one setting, since the names are no fields."""


def settings_of(content: Mapping[str, Any]) -> dict[str, Plain]:
    """Every setting of the recipe ``content``, as JSON, by its path, such as ``training.optimizer.learning_rate``.

    What has a kind is under its own path with that as its value: ``training.optimizer`` is ``Adam``. ``layers`` is how
    many there are. What is none is left out, as is the version of the file.
    """
    settings: dict[str, Plain] = {}
    for name, value in content.items():
        if name == "layers":
            settings[name] = len(value)
        if name != "version":
            settings.update(_flat(value, name))
    return settings


def setting_title(path: str) -> Message:
    """What the setting at ``path`` is called, with the number of its layer: ``filters of layer 3``."""
    *around, setting = path.split(".")
    positions = [int(step) for step in (*around, setting) if step.isdigit()]
    if path == "layers":
        return say("number of layers")
    if not positions:
        return title(path)
    number = ".".join(str(position + 1) for position in positions)
    is_layer = path.startswith("layers.")
    name = say("layer {number}", number=number) if is_layer else say("augmentation {number}", number=number)
    return name if setting.isdigit() else say("{setting} of {name}", setting=title(path), name=name)


def _flat(value: Any, path: str) -> Iterator[tuple[str, Plain]]:
    if isinstance(value, dict) and path != _BY_NAMES:
        yield from _of_fields(value, path)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for position, content in enumerate(value):
            yield from _of_fields(content, f"{path}.{position}")
    elif value not in (None, [], {}):
        yield path, _joined(value) if isinstance(value, dict | list) else value


def _of_fields(content: Mapping[str, Any], path: str) -> Iterator[tuple[str, Plain]]:
    for name, value in content.items():
        if name == "kind":
            yield path, value
        else:
            yield from _flat(value, f"{path}.{name}")


def _joined(value: Mapping[str, float] | Sequence[Any]) -> str:
    """``3 × 5``, ``accuracy, loss`` or ``cat 1.0, dog 2.0``."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {weight}" for name, weight in value.items())
    is_size = all(isinstance(each, int) for each in value)
    return (" × " if is_size else ", ").join(str(each) for each in value)
