"""A field for one length or several: sizes such as 3 × 5, and margins such as 1 above, 2 below."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo

from core.architecture.layers.zero_padding2d import Margins
from core.message import times
from ui import shown_value
from ui.markdown import plain
from ui.text import _

Save = Callable[[str, Any], None]
SQUARES = 11
LONGEST = 1024
SHOWN = 40  # characters of what was typed and is no size


def show(name: str, field: FieldInfo, value: Any, key: str, save: Save) -> None:
    """Equal lengths are offered; others can be typed. Each edit calls ``save(name, new value)``."""
    if _is_margins(field):
        _show(name, field, key, value, [str(rows) for rows in range(SQUARES)], _margins, save)
        return
    texts = [_text(side) for side in range(1, SQUARES + 1)]
    _show(name, field, key, value, texts if field.default is not None else [_text(None), *texts], _size, save)


def _show(
    name: str, field: FieldInfo, key: str, value: Any, texts: list[str], read: Callable[[str], Any], save: Save
) -> None:
    shown = _margins_text(value) if _is_margins(field) else _text(value)
    shown_value.show(key, shown)
    typing = _("Type one number for all sides, two for rows and columns, four for top, bottom, left and right.")
    help = typing if _is_margins(field) else _("Type 3 x 5 for height 3 and width 5.")
    st.selectbox(
        name,
        texts if shown in texts else [shown, *texts],
        key=key,
        accept_new_options=True,
        help=f"{_(field.description or '')} {help}",
        on_change=partial(_hand_on, key, name, read, save),
    )


def _hand_on(key: str, name: str, read: Callable[[str], Any], save: Save) -> None:
    text = st.session_state[key] or ""
    try:
        value = read(text)
    except ValueError:
        refusal = _("{text} is not a size: type whole numbers, such as 3 or 3 x 5.")
        st.toast(refusal.format(text=plain(text[:SHOWN])), icon=":material/error:")
        return
    save(name, value)


def _size(text: str) -> int | tuple[int, int] | None:
    """ValueError where ``text`` holds no one or two lengths."""
    if text == _text(None):
        return None
    match _lengths(text):
        case [side] if side > 0:
            return side
        case [height, width] if min(height, width) > 0:
            return height if height == width else (height, width)
    raise ValueError(text)


def _margins(text: str) -> int | tuple[int, int] | tuple[tuple[int, int], tuple[int, int]]:
    """ValueError where ``text`` holds no one, two or four numbers."""
    match _lengths(text):
        case [rows]:
            return rows
        case [rows, columns]:
            return rows, columns
        case [top, bottom, left, right]:
            return (top, bottom), (left, right)
    raise ValueError(text)


def _lengths(text: str) -> list[int]:
    """The numbers in texts such as ``3``, ``3 x 5``, ``1, 2`` and ``(3, 5)``; ValueError where there is more."""
    parts = re.findall(r"[^\s,x×*()\[\]]+", text.lower())
    if not all(re.fullmatch("[0-9]{1,4}", part) and int(part) <= LONGEST for part in parts):
        raise ValueError(text)
    return [int(part) for part in parts]


def _is_margins(field: FieldInfo) -> bool:
    return field.annotation == _MARGINS.annotation


_MARGINS = FieldInfo.from_annotation(Margins)


def _text(size: int | tuple[int, int] | None) -> str:
    if size is None:
        return _("as pool_size")
    return times((size, size) if isinstance(size, int) else size)


def _margins_text(margins: Any) -> str:
    return " ".join(re.findall("[0-9]+", str(margins)))
