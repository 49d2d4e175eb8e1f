"""What a layer of a functional model was called with, in the notation of Keras 2 and of Keras 3."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.architecture.keras_file.remark import shown


@dataclass(frozen=True)
class Call:
    """``sources`` are the names of the layers whose outputs were handed over, in order; ``extras`` what was besides,
    such as ``training=true``."""

    sources: tuple[str, ...]
    extras: tuple[str, ...] = ()


def read_call(node: Any) -> Call:
    """One of the ``inbound_nodes``; what cannot be read in it is left out."""
    return _keras_3(node) if isinstance(node, dict) else _keras_2(node)


def references(value: Any) -> tuple[str, ...]:
    """The names in ``input_layers`` or ``output_layers``: one ``[name, 0, 0]``, or a list or object of them."""
    if _is_reference(value):
        return (value[0],)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple(each[0] for each in inside if _is_reference(each))


def _keras_3(node: dict[str, Any]) -> Call:
    """``{"args": […], "kwargs": {…}}`` with tensors anywhere inside.

    Keras 3 writes ``training=false`` for what was called without it, and lets the training overrule it.
    """
    args, kwargs = node.get("args"), node.get("kwargs")
    arguments = kwargs if isinstance(kwargs, dict) else {}
    named = {name: value for name, value in arguments.items() if (name, value) != ("training", False)}
    positional = [value for value in args if value is not None] if isinstance(args, list) else []
    others = [shown(value) for value in positional if not any(_tensors(value))]
    return Call(tuple(_tensors([args, kwargs])), (*others, *_named(named)))


def _tensors(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        yield from _history(value.get("config"))
        return
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _tensors(inner)


def _history(config: Any) -> Iterator[str]:
    history = config.get("keras_history") if isinstance(config, dict) else None
    yield from references(history)


def _keras_2(node: Any) -> Call:
    """``[["conv", 0, 0, {}], …]``, or one of these without the list around it."""
    found = [node] if _is_reference(node) else node if isinstance(node, list) else []
    tensors = [each for each in found if _is_reference(each)]
    arguments = (tensor[3] for tensor in tensors if len(tensor) > 3 and isinstance(tensor[3], dict))
    extras = [named for some in arguments for named in _named(some)]
    return Call(tuple(tensor[0] for tensor in tensors), tuple(extras))


def _named(arguments: dict[str, Any]) -> list[str]:
    """Those that say something: masks are written down as none."""
    said = {name: value for name, value in arguments.items() if value is not None and not any(_tensors(value))}
    return [f"{name}={shown(value)}" for name, value in said.items()]


def _is_reference(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)
