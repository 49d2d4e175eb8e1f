"""Values of a recipe as the texts of a choice: those that are offered, and those that somebody typed."""

import json
import re
from math import isfinite
from typing import Any

_SIZE = re.compile(r"(\d{1,4})\s*[x×]\s*(\d{1,4})")


def text_of(value: Any) -> str:
    """What stands for ``value`` among the texts; `value_of` reads it back."""
    return json.dumps(value)


def value_of(text: str) -> Any:
    """The value of an offered text, or the number or size that somebody typed, such as 48, 1e-3 or 3 x 5.

    Raises ValueError where it is none.
    """
    size = _SIZE.fullmatch(text.strip())
    if size is not None:
        height, width = map(int, size.groups())
        return height if height == width else [height, width]
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        value = float(text)  # .5 and 1.e-3 are no JSON
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(text)
    return value


def can_be_typed(value: Any) -> bool:
    """Whether it is a number or a size."""
    if isinstance(value, list):
        return bool(value) and all(map(_is_number, value))
    return _is_number(value)


def ascending(values: list[Any]) -> list[Any]:
    """In order where all are numbers, otherwise as they came; each once."""
    if all(map(_is_number, values)):
        return sorted(set(values))
    return list({text_of(value): value for value in values}.values())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
