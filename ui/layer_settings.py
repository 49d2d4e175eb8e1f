"""A layer's settings in short."""

from typing import Any

from core.architecture import Layer
from core.message import times
from ui.text import _


def settings(layer: Layer) -> str:
    """What makes this layer different from its defaults: ``32 filters · 5 × 5 · relu``."""
    values = layer.model_dump(exclude={"kind"}, exclude_defaults=True)
    if "pool_size" in type(layer).model_fields:
        values = {"pool_size": layer.model_dump()["pool_size"]} | values  # also the default one: it is the layer
    return " · ".join(_setting(name, value) for name, value in values.items() if value is not None)


def _setting(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return name if value else _("no {name}").format(name=name)
    if name in ("filters", "units"):
        return f"{value:,} {name}"
    if name in ("kernel_size", "pool_size"):
        return times(value if isinstance(value, tuple) else (value, value))
    if name in ("activation", "padding"):
        return str(value)
    return f"{name} {times(value) if isinstance(value, tuple) else value}"
