"""Sentences for people: kept as an English template and its values, put into a language only where they are shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Message:
    """A sentence with named values, such as ``say("The pool is {pool}.", pool="3 × 3")``.

    ``str(message)`` is the English sentence. A value may itself be a message. ``plural`` is the template for a
    ``count`` other than 1, where the sentence has one.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        plural = self.plural if self.values.get("count") != 1 else None
        return (plural or self.template).format(**self.values)

    def to_json(self) -> str:
        """The message as text for a database or a file; `from_json` reads it back."""
        return json.dumps(_encode(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return _decode(json.loads(text))


def say(template: str, /, **values: Any) -> Message:
    """A message; the template is collected for translation."""
    return Message(template, values)


def say_count(template: str, plural: str, /, *, count: int, **values: Any) -> Message:
    """A message about ``count`` things: ``template`` for one, ``plural`` for every other number."""
    return Message(template, {"count": count, **values}, plural)


def mark(text: str, /) -> str:
    """``text`` itself, collected for translation: for labels in tables and descriptions of fields."""
    return text


def times(size: tuple[int, ...]) -> str:
    """A shape or a size as it is read aloud: ``(24, 24, 32)`` is ``24 × 24 × 32``."""
    return " × ".join(f"{length:,}" for length in size)


def _encode(value: Any) -> Any:
    if not isinstance(value, Message):
        return value
    encoded = {"message": value.template, "values": {name: _encode(inner) for name, inner in value.values.items()}}
    return encoded | ({"plural": value.plural} if value.plural else {})


def _decode(value: Any) -> Any:
    if not (isinstance(value, dict) and "message" in value):
        return value
    return Message(
        value["message"], {name: _decode(inner) for name, inner in value["values"].items()}, value.get("plural")
    )
