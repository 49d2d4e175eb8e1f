"""A layer's settings in short."""

from typing import Any

from core.architecture import Layer, Residual
from core.architecture.layer import OURS
from core.architecture.regularizers import Regularizer
from core.message import times
from ui.text import _, ngettext


def settings(layer: Layer) -> str:
    """What makes this layer different from its defaults: ``32 filters · 5 × 5 · relu``."""
    fields = {name: field for name, field in type(layer).model_fields.items() if name not in OURS}
    values = {name: getattr(layer, name) for name in fields}
    told = {
        name: value for name, value in values.items() if value != fields[name].default or (layer.kind, name) in _ALWAYS
    }
    ordered = sorted(told, key=lambda name: name not in ("filters", "units"))
    inside = [_inside(layer)] if isinstance(layer, Residual) else []
    return " · ".join([*inside, *(_setting(name, told[name]) for name in ordered if name != "layers")])


_ALWAYS = frozenset(
    {
        ("MaxPooling2D", "pool_size"),
        ("AveragePooling2D", "pool_size"),
        ("UpSampling2D", "size"),
        ("ZeroPadding2D", "padding"),
    }
)
"""Told even where it is the default: it is the layer."""


def _inside(residual: Residual) -> str:
    count = len(residual.enabled)
    return ngettext("{count} layer", "{count} layers", count).format(count=count)


def _setting(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return name if value else _("no {name}").format(name=name)
    if isinstance(value, Regularizer):
        return f"{value.kind} {' '.join(f'{strength:g}' for strength in value.keras_arguments().values())}"
    if name in ("filters", "units"):
        return f"{value:,} {name}"
    if name in ("kernel_size", "pool_size", "size"):
        return times(value if isinstance(value, tuple) else (value, value))
    if name == "activation" or value in ("valid", "same"):
        return _("no {name}").format(name=name) if value is None else str(value)
    if isinstance(value, tuple):
        return f"{name} {times(value) if name in _SIZES else _margins(value)}"
    return f"{name} {value}"


_SIZES = ("strides", "dilation_rate")


def _margins(value: tuple[Any, ...]) -> str:
    return " ".join(_margins(part) if isinstance(part, tuple) else str(part) for part in value)
