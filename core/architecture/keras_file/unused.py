"""What our layers do not have of a Keras configuration: what to say about it, and what cannot be left out."""

from collections.abc import Callable
from typing import Any, Final

from core.architecture import Shape
from core.architecture.keras_file.remark import shown
from core.architecture.keras_file.serialized import class_of, plain_name
from core.message import Message, say

SILENT: Final = frozenset(
    {
        "name", "seed", "batch_shape", "batch_input_shape", "input_shape", "autocast",
        "synchronized",  # over several devices; here there is one
        "renorm_momentum", "renorm_clipping",  # of no effect without renorm, which is refused
    }
)  # fmt: skip
"""Arguments that change nothing, whatever they are."""

ONLY: Final[dict[str, Any]] = {"data_format": "channels_last", "groups": 1}
"""What these arguments have to be, where they are there and our layer does not have them. Of all others: none or
false."""

DEFAULT_INITIALIZERS: Final = {
    "kernel_initializer": "GlorotUniform",
    "depthwise_initializer": "GlorotUniform",
    "pointwise_initializer": "GlorotUniform",
    "bias_initializer": "Zeros",
    "beta_initializer": "Zeros",
    "gamma_initializer": "Ones",
    "moving_mean_initializer": "Zeros",
    "moving_variance_initializer": "Ones",
}
"""How weights begin in Keras, by the names of its classes."""

_GLOROT_IN_FULL: Final = {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform"}
"""GlorotUniform as Keras before 2.3 writes it: a VarianceScaling."""


def note_on(argument: str, value: Any, has_weights: bool) -> Message | None:
    """What to tell a person about an argument that is left out, and does not change what the net computes."""
    rule = next((rule for ending, rule in _NOTES.items() if argument.endswith(ending)), None)
    return rule(argument, value, has_weights) if rule else None


def objection_to(argument: str, value: Any, input_shape: Shape | None) -> Message | None:
    """Why the layer cannot be taken over without this argument; None where it can."""
    if argument in SILENT or argument.endswith(tuple(_NOTES)):
        return None
    if argument == "axis":
        return _objection_to_axis(value, input_shape)
    if value is None or value is False or (argument in ONLY and value == ONLY[argument]):
        return None
    return say("its {argument} is {value}, which is not possible here.", argument=shown(argument), value=shown(value))


def _objection_to_axis(value: Any, input_shape: Shape | None) -> Message | None:
    axis = value[0] if isinstance(value, list) and len(value) == 1 else value
    last = (-1, len(input_shape)) if input_shape else (-1, 1, 3)
    if axis in last:
        return None
    return say("it works along axis {axis}; here that is always the last one.", axis=shown(value))


def _initializer(argument: str, value: Any, has_weights: bool) -> Message | None:
    if value is None or _is_default(argument, value):
        return None
    return say(
        "{argument} {value} is left out: weights begin as Keras begins them.", argument=argument, value=_named(value)
    )


def _is_default(argument: str, value: Any) -> bool:
    name, default = plain_name(class_of(value)), DEFAULT_INITIALIZERS.get(argument)
    if name == "variancescaling" and default == "GlorotUniform" and isinstance(value, dict):
        config = value.get("config")
        return isinstance(config, dict) and _GLOROT_IN_FULL.items() <= config.items()
    return default is not None and name == plain_name(default)


def _regularizer(argument: str, value: Any, has_weights: bool) -> Message | None:
    if value is None:
        return None
    return say("{argument} {value} is left out: it adds nothing to the loss.", argument=argument, value=_named(value))


def _constraint(argument: str, value: Any, has_weights: bool) -> Message | None:
    if value is None:
        return None
    return say("{argument} {value} is left out: weights may take any value.", argument=argument, value=_named(value))


def _trainable(argument: str, value: Any, has_weights: bool) -> Message | None:
    if value is not False or not has_weights:
        return None
    return say("it is not trainable in the file; here all weights are trained.")


def _dtype(argument: str, value: Any, has_weights: bool) -> Message | None:
    config = value.get("config") if isinstance(value, dict) else None
    name = config.get("name") if isinstance(config, dict) else value
    if name in (None, "float32"):
        return None
    return say("dtype {value} is left out: it computes in float32.", value=shown(name))


def _named(value: Any) -> str:
    return shown(class_of(value) or value)


_NOTES: Final[dict[str, Callable[[str, Any, bool], Message | None]]] = {
    "_initializer": _initializer,
    "_regularizer": _regularizer,
    "_constraint": _constraint,
    "trainable": _trainable,
    "dtype": _dtype,
}
"""By how the argument ends."""
