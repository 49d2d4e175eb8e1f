"""A form for a value whose fields describe themselves: a layer or an optimizer. Each edit is handed on at once."""

from collections.abc import Callable, Collection
from functools import partial
from math import floor, log10
from typing import Annotated, Any, Literal, get_args, get_origin

import streamlit as st
from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.architecture.layer import OURS
from core.architecture.regularizers import FRESH_REGULARIZERS, REGULARIZERS, Regularizer
from ui import shown_value, size_field
from ui.text import _

Save = Callable[[str, Any], None]


def show(
    value: BaseModel, prefix: str, save: Save, *, skip: Collection[str] = (), only: Collection[str] | None = None
) -> None:
    """Draws a widget for each field of ``value`` but ``kind``, ``disabled`` and those in ``skip``; where there is
    ``only``, for those alone, in its order.

    An edit calls ``save(name, new value)``. Keys are ``{prefix}_{name}``.
    """
    fields = type(value).model_fields
    for name in fields if only is None else only:
        if name in (*OURS, *skip):
            continue
        show_field(name, fields[name], getattr(value, name), f"{prefix}_{name}", save)


def show_field(name: str, field: FieldInfo, value: Any, key: str, save: Save) -> None:
    """Draws the widget that fits ``field``, with the label ``name``."""
    _widget(field)(name, field, value, key, save)


def _widget(field: FieldInfo) -> Callable[[str, FieldInfo, Any, str, Save], None]:
    kinds = _leaves(field.annotation)
    if tuple in kinds:
        return size_field.show
    if any(isinstance(kind, type) and issubclass(kind, Regularizer) for kind in kinds):
        return _regularizer
    if bool in kinds:
        return _toggle
    if float in kinds:
        return _real
    return _whole if int in kinds else _choice


def _leaves(annotation: Any) -> set[Any]:
    """The plain types in an annotation; literals stay as they are, ``tuple`` stands for pairs."""
    if isinstance(annotation, type):
        return {annotation}
    if get_origin(annotation) is Literal:
        return {annotation}
    if get_origin(annotation) is tuple:
        return {tuple}
    return {leaf for inner in get_args(annotation) if not isinstance(inner, FieldInfo) for leaf in _leaves(inner)}


def _toggle(name: str, field: FieldInfo, value: bool, key: str, save: Save) -> None:
    shown_value.show(key, value)
    st.toggle(name, key=key, help=_(field.description or ""), on_change=partial(_hand_on, key, name, save))


def _whole(name: str, field: FieldInfo, value: int, key: str, save: Save) -> None:
    low, high = _bounds(field)
    shown_value.show(key, value)
    st.number_input(
        name,
        int(low or 0),
        None if high is None else int(high),
        key=key,
        help=_(field.description or ""),
        on_change=partial(_hand_on, key, name, save),
    )


def _real(name: str, field: FieldInfo, value: float | None, key: str, save: Save) -> None:
    low, high = _bounds(field)
    if value is not None:  # one beside an open bound may be nearer to it than what can be clicked
        low, high = low if low is None else min(low, value), high if high is None else max(high, value)
    shown_value.show(key, None if value is None else float(value))
    st.number_input(
        name,
        low,
        high,
        value=None if type(None) in _leaves(field.annotation) else "min",
        placeholder=_("none"),
        step=_step(field.default or value),
        format="%g",
        key=key,
        help=_(field.description or ""),
        on_change=partial(_hand_on, key, name, save),
    )


def _step(default: Any) -> float:
    """A tenth of the digit that counts: the first of ``default``, or of its distance to 1 as in 0.999."""
    if not isinstance(default, float) or not default:
        return 0.05
    counting = min(default, 1 - default) if default < 1 else default
    return 10.0 ** (floor(log10(counting) + 1e-9) - 1)


def _choice(name: str, field: FieldInfo, value: str | None, key: str, save: Save) -> None:
    kinds = _leaves(field.annotation)
    options = [option for kind in kinds if get_origin(kind) is Literal for option in get_args(kind)]
    if type(None) in kinds:
        options.insert(0, None)
    shown_value.show(key, value)
    st.selectbox(
        name,
        options,
        key=key,
        format_func=lambda option: _("none") if option is None else option,
        help=_(field.description or ""),
        on_change=partial(_hand_on, key, name, save),
    )


def _regularizer(name: str, field: FieldInfo, value: Regularizer | None, key: str, save: Save) -> None:
    """Which one, and below it how strong."""
    shown_value.show(key, value.kind if value else None)
    st.selectbox(
        name,
        [None, *REGULARIZERS],
        key=key,
        format_func=lambda kind: _("none") if kind is None else kind,
        help=_(field.description or ""),
        on_change=partial(_hand_on_kind, key, name, save),
    )
    if value:
        show(value, f"{key}_{value.kind}", lambda strength, number: save(name, _changed(value, strength, number)))


def _hand_on_kind(key: str, name: str, save: Save) -> None:
    kind = st.session_state[key]
    save(name, kind and FRESH_REGULARIZERS[kind])


def _changed(value: Regularizer, strength: str, number: float) -> Regularizer:
    return type(value).model_validate(value.model_dump() | {strength: number})


def _bounds(field: FieldInfo) -> tuple[float | None, float | None]:
    """The lowest and the highest value a field may have; an open bound is moved inwards by very little."""
    low = high = None
    for bound in _metadata(field):
        if isinstance(bound, Ge):
            low = float(bound.ge)
        if isinstance(bound, Gt):
            low = float(bound.gt) + 1e-9
        if isinstance(bound, Le):
            high = float(bound.le)
        if isinstance(bound, Lt):
            high = float(bound.lt) - 1e-6
    return low, high


def _metadata(field: FieldInfo) -> list[Any]:
    """Of the field, and of what it may hold besides None."""
    inner = [FieldInfo.from_annotation(kind) for kind in get_args(field.annotation) if get_origin(kind) is Annotated]
    return [*field.metadata, *(bound for each in inner for bound in each.metadata)]


def _hand_on(key: str, name: str, save: Save) -> None:
    save(name, st.session_state[key])
