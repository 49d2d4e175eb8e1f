"""Values of a Keras configuration as the values of our layers."""

from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from core.architecture.regularizers import L1, REGULARIZERS, Regularizer

OTHER_ACTIVATION_NAMES: Final = {"swish": "silu", "hard_swish": "hard_silu"}
"""Names from Keras 2, and Keras's own for them."""


def class_of(value: Any) -> str | None:
    """The name of the class or function that ``value`` stands for; None where it is none that has a name."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else None
    kind, config = value.get("class_name"), value.get("config")
    if kind == "function":
        return config if isinstance(config, str) else None
    return kind if isinstance(kind, str) else None


def plain_name(name: str | None) -> str:
    """``glorot_uniform`` and ``GlorotUniform`` alike as ``glorotuniform``."""
    return (name or "").replace("_", "").lower()


def read_activation(value: Any) -> Any:
    """The name of the activation; what has none stays as it is, for the layer to refuse."""
    name = class_of(value)
    return value if name is None else OTHER_ACTIVATION_NAMES.get(name, name)


def read_regularizer(value: Any) -> Regularizer | None:
    """None also for a regularizer that is not in our table."""
    kind = _REGULARIZERS.get(plain_name(class_of(value)))
    if kind is None:
        return None
    config = value.get("config", {}) if isinstance(value, dict) else {}
    is_exact = isinstance(value, dict) and "module" in value and kind is not L1
    try:
        return kind.model_validate(config if is_exact else {key: in_short(config[key]) for key in config})
    except (TypeError, ValidationError):
        return None


def in_short(value: Any) -> Any:
    """0.009999999776482582 as 0.01: Keras 2 keeps many numbers in single precision, Keras 3 still that of L1."""
    if not isinstance(value, float):
        return value
    with np.errstate(over="ignore"):
        single = np.float32(value)
    return float(str(single)) if float(single) == value else value


def read_size(value: Any) -> Any:
    """Lists as tuples, and ``[2, 2]`` as 2; ``[[1, 1], [2, 2]]`` as ``(1, 2)``."""
    if not isinstance(value, list):
        return value
    items = [read_size(item) for item in value]
    if any(isinstance(item, tuple | list) for item in items):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return items[0] if len(items) == 2 and items[0] == items[1] else tuple(items)


_REGULARIZERS: Final = {plain_name(kind): regularizer for kind, regularizer in REGULARIZERS.items()}
