"""How each chosen setting is searched: the values between two numbers, or those in a list."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from zlib import crc32

import streamlit as st

from core.message import Message, say
from core.objective import OPTIMIZERS
from core.recipe import Recipe
from core.tuning import Choices, Range, Suggestion
from core.tuning.space import Parameter
from ui.markdown import plain
from ui.text import _, translate
from ui.tuning import fitting, typed_values
from ui.tuning.listed_values import listed
from ui.tuning.names import heading_of, value_text

_OPTIMIZER: Final = "training.optimizer.kind"
_WIDTHS: Final = [1, 2]
_TROUBLE: Final = ":small[:red[:material/error: {text}]]"


def show(
    chosen: Sequence[Suggestion], recipe: Recipe, classes: int, prefix: str, *, lists_all: bool
) -> dict[str, Parameter | None]:
    """Draws a row for each and returns what is to be searched, by path: None where that cannot be, for which the reason
    stands there.

    ``lists_all``: whether every setting needs a list of its values, as for a grid. Keys begin with ``prefix``.
    """
    with st.container(gap="small", key=f"{prefix}_rows"):
        return {each.path: _row(each, recipe, classes, prefix, lists_all=lists_all) for each in chosen}


def _row(each: Suggestion, recipe: Recipe, classes: int, prefix: str, *, lists_all: bool) -> Parameter | None:
    name, editor = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    title = heading_of(each.path, recipe)
    name.markdown(plain(title))
    key = f"{prefix}_{crc32((each.path + each.parameter.model_dump_json()).encode())}"
    with editor.container(gap="xxsmall"):
        if isinstance(each.parameter, Range) and not lists_all:
            found = _edit_range(each.parameter, key)
        else:
            found = _edit_list(each.path, each.parameter, key, title)
        if not isinstance(found, Message):
            found = fitting.trouble(recipe, each.path, found, classes) or found
        if isinstance(found, Message):
            st.markdown(_TROUBLE.format(text=plain(translate(found))))
            return None
    return found


def _edit_range(suggested: Range, key: str) -> Range | Message:
    """From, to, and how the values lie between them: in steps, or evenly, or evenly over the orders of magnitude."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        number = partial(_number, suggested, key)
        low, high = number("low", _("From"), suggested.low), number("high", _("To"), suggested.high)
        if suggested.step is not None:
            return range_of(low, high, number("step", _("Step"), suggested.step), log=False)
        return range_of(low, high, None, log=_choose_scale(suggested, key))


def range_of(low: float, high: float, step: float | None, *, log: bool) -> Range | Message:
    """The range, or what is wrong with it."""
    if low > high:
        return say("The range begins above its end.")
    if log and low <= 0:
        return say("A logarithmic range begins above 0: there is no order of magnitude for 0.")
    if step is not None and step <= 0:
        return say("A step is above 0.")
    return Range(low=low, high=high, step=step, log=log)


def _number(suggested: Range, key: str, name: str, label: str, value: float) -> float:
    return st.number_input(
        label,
        value=value,
        step=1 if suggested.is_whole else suggested.step or value or None,
        format="%d" if suggested.is_whole else "%g",
        key=f"{key}_{name}",
        persist_state="session",
        width=150,
    )


def _choose_scale(suggested: Range, key: str) -> bool:
    scales = {True: _("logarithmic"), False: _("linear")}
    return st.segmented_control(
        _("Scale"),
        list(scales),
        default=suggested.log,
        format_func=scales.__getitem__,
        key=f"{key}_scale",
        required=True,
        help=_("Logarithmic: each order of magnitude is tried as often as every other. Linear: each number is."),
        persist_state="session",
    )


def _edit_list(path: str, suggested: Parameter, key: str, title: str) -> Choices | Message:
    first = listed(suggested) if isinstance(suggested, Range) else list(suggested.choices)
    offered = [*first, *(kind for kind in OPTIMIZERS if kind not in first)] if path == _OPTIMIZER else first
    texts = st.multiselect(
        title,
        [typed_values.text_of(value) for value in offered],
        default=[typed_values.text_of(value) for value in first],
        format_func=partial(_shown, path),
        key=f"{key}_values",
        accept_new_options=_takes_others(offered),
        placeholder=_("Choose or type values") if _takes_others(offered) else _("Choose values"),
        label_visibility="collapsed",
        persist_state="session",
    )
    return choices_of(texts)


def choices_of(texts: Sequence[str]) -> Choices | Message:
    """The values that the ``texts`` stand for, or what is wrong with them."""
    values: list[Any] = []
    for text in texts:
        try:
            values.append(typed_values.value_of(text))
        except ValueError:
            return say("{text} is no number.", text=text)
    if not values:
        return say("Choose at least one value, or do not search this setting.")
    return Choices(choices=tuple(typed_values.ascending(values)))


def _takes_others(offered: Sequence[Any]) -> bool:
    """Numbers and sizes can be typed; a kind, a yes or no, or a list of augmentations cannot."""
    return all(typed_values.can_be_typed(value) for value in offered)


def _shown(path: str, text: str) -> str:
    """As the value is shown elsewhere; what is no value, as it was typed."""
    try:
        return value_text(path, typed_values.value_of(text))
    except ValueError:
        return text
