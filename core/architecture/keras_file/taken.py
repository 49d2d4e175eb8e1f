"""One layer of Keras as a layer of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from core.architecture import CATALOGUE, Layer, Shape
from core.architecture.keras_file.graph import Step
from core.architecture.keras_file.remark import Remark, shown
from core.architecture.keras_file.saved_layer import SavedLayer
from core.architecture.keras_file.serialized import in_short, read_activation, read_regularizer, read_size
from core.architecture.keras_file.unused import note_on, objection_to
from core.architecture.layer import OURS
from core.message import Message, say

KINDS: Final[Mapping[str, type[Layer]]] = {kind: CATALOGUE[kind] for kind in CATALOGUE if kind != "Residual"}
"""The layers that are classes of Keras."""

OTHER_NAMES: Final = {"LeakyReLU": {"alpha": "negative_slope"}}
"""Arguments that Keras 2 called differently."""


@dataclass(frozen=True)
class Taken:
    """``layer`` is None where there are objections."""

    layer: Layer | None = None
    notes: tuple[Remark, ...] = ()
    objections: tuple[Remark, ...] = ()


def take_over(step: Step, input_shape: Shape | None) -> Taken:
    """The catalogue's layer for ``step``; ``input_shape`` is None where it is not known."""
    saved = step.saved
    config = _config(saved)
    objection = _objection_to_kind(saved) or _objection_to_inputs(step)
    if objection:
        return Taken(objections=(Remark(saved.label, objection),))

    kind = KINDS[saved.class_name]
    unused = {argument: value for argument, value in config.items() if argument not in _arguments_of(kind)}
    objections = [objection_to(argument, value, input_shape) for argument, value in unused.items()]
    try:
        layer = kind.model_validate(_arguments(kind, config, saved.is_of_keras_2))
    except ValidationError as error:
        return Taken(objections=_remarks(saved, [*objections, *_wrong_values(error)]))
    if any(objections):
        return Taken(objections=_remarks(saved, objections))

    left_out = unused | _unreadable_regularizers(layer, config)
    notes = [note_on(argument, value, _has_weights(kind)) for argument, value in left_out.items()]
    return Taken(layer, notes=_remarks(saved, notes))


def _objection_to_kind(saved: SavedLayer) -> Message | None:
    if saved.class_name == "Lambda":
        return say("it holds Python code, and nothing in a file is run here.")
    if saved.is_own_class:
        return say("its class is not one of Keras: its code is not in the file, and nothing in a file is run here.")
    if saved.class_name not in KINDS:
        return say("there is no such layer here.")
    return None


def _objection_to_inputs(step: Step) -> Message | None:
    return None if len(step.inputs) == 1 else say("it takes {count:,} inputs; here it has one.", count=len(step.inputs))


def _config(saved: SavedLayer) -> dict[str, Any]:
    names = OTHER_NAMES.get(saved.class_name, {})
    return {names.get(argument, argument): value for argument, value in saved.config.items()}


def _arguments_of(kind: type[Layer]) -> frozenset[str]:
    return frozenset(kind.model_fields) - OURS


def _arguments(kind: type[Layer], config: Mapping[str, Any], is_of_keras_2: bool) -> dict[str, Any]:
    arguments = {name: _value(name, config[name]) for name in _arguments_of(kind) if name in config}
    if is_of_keras_2:
        arguments = {name: in_short(value) for name, value in arguments.items()}
    if arguments.get("activation") == "linear" and not kind.model_fields["activation"].is_required():
        arguments["activation"] = None
    if "pool_size" in arguments and arguments.get("strides") == arguments["pool_size"]:
        arguments["strides"] = None  # Keras writes down what it takes for none
    return arguments


def _value(argument: str, value: Any) -> Any:
    if argument == "activation":
        return read_activation(value)
    return read_regularizer(value) if argument.endswith("_regularizer") else read_size(value)


def _unreadable_regularizers(layer: Layer, config: Mapping[str, Any]) -> dict[str, Any]:
    names = (name for name in _arguments_of(type(layer)) if name.endswith("_regularizer"))
    return {name: config[name] for name in names if name in config and getattr(layer, name) is None}


def _wrong_values(error: ValidationError) -> list[Message]:
    wrong = {str(details["loc"][0]): details for details in error.errors(include_url=False)}
    return [_wrong_value(argument, details["type"], details["input"]) for argument, details in wrong.items()]


def _wrong_value(argument: str, problem: str, value: Any) -> Message:
    if problem == "missing":
        return say("its {argument} is missing.", argument=argument)
    return say("its {argument} is {value}, which is not possible here.", argument=argument, value=shown(value))


def _has_weights(kind: type[Layer]) -> bool:
    return kind.parameter_terms is not Layer.parameter_terms


def _remarks(saved: SavedLayer, reasons: list[Message | None]) -> tuple[Remark, ...]:
    return tuple(Remark(saved.label, reason) for reason in reasons if reason)
