"""The fields that a search changes, and their values, in words."""

import json
from math import isnan
from typing import Any

from core.message import times
from core.recipe import Recipe
from core.tuning import Choices, titles
from core.tuning.space import Parameter
from ui import numbers
from ui.text import _, ngettext, translate


def title_of(path: str, recipe: Recipe) -> str:
    """What stands at ``path`` of the recipe of a search: "learning rate", "filters of layer 3 (Conv2D)"."""
    return translate(titles.title(path, recipe))


def heading_of(path: str, recipe: Recipe) -> str:
    """As `title_of`, where a line begins."""
    title = title_of(path, recipe)
    return title[:1].upper() + title[1:]


def value_text(path: str, label: Any) -> str:
    """How a value at ``path`` is shown; ``label`` is what Optuna and the table of trials have for it."""
    if isinstance(label, float) and isnan(label):  # what a table has where a trial has no such value
        return "–"
    value = _plain(label)
    field = path.rpartition(".")[2]
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _in_or_out(value) if field == "disabled" else (_("yes") if value else _("no"))
    if isinstance(value, list):
        return _list(field, value)
    if isinstance(value, int | float):
        return _number(field, value)
    return str(value)


def parameter_text(path: str, parameter: Parameter) -> str:
    """Which values are tried: ``0.0001 – 0.01, logarithmic``, ``0 – 0.6 in steps of 0.1`` or ``16, 32, 64``."""
    if isinstance(parameter, Choices):
        return ", ".join(value_text(path, value) for value in parameter.choices)
    ends = f"{value_text(path, parameter.low)} – {value_text(path, parameter.last)}"
    if parameter.log:
        return _("{ends}, logarithmic").format(ends=ends)
    if parameter.step is not None:
        return _("{ends} in steps of {step}").format(ends=ends, step=numbers.quantity(parameter.step))
    return ends


def _plain(label: Any) -> Any:
    """``label`` as it stands in a recipe: no number of numpy, no JSON of a list."""
    if hasattr(label, "item"):
        label = label.item()
    if isinstance(label, str) and label[:1] in ("[", "{"):
        return json.loads(label)
    return list(label) if isinstance(label, tuple) else label


def _in_or_out(is_left_out: bool) -> str:
    return _("left out") if is_left_out else _("in")


def _list(field: str, value: list[Any]) -> str:
    """A size such as [3, 5] as 3 × 5, augmentations as off or on, other things of a recipe by their kinds."""
    if value and all(isinstance(each, int) for each in value):
        return times(tuple(value))
    kinds = [each["kind"] if isinstance(each, dict) and "kind" in each else str(each) for each in value]
    if field == "augmentation":
        return _("on ({kinds})").format(kinds=_few(kinds)) if kinds else _("off")
    return _few(kinds) or _("none")


def _few(kinds: list[str]) -> str:
    if len(kinds) <= 2:
        return ", ".join(kinds)
    return ngettext("{count} part", "{count} parts", len(kinds)).format(count=len(kinds))


def _number(field: str, value: float) -> str:
    if field == "learning_rate":
        return numbers.rate(value)
    if field in ("kernel_size", "pool_size", "strides") and float(value).is_integer():
        return times((int(value), int(value)))
    return numbers.number(value) if isinstance(value, int) else numbers.quantity(value)
