"""Choosing a class, one that is there or a new one."""

from typing import Final

import streamlit as st

from core.dataset.editing.class_name import LONGEST_CLASS_NAME
from core.dataset.store import Dataset
from ui import collected_classes
from ui.text import _

_NEW: Final = -1


def show(key: str, base: Dataset | None) -> str | None:
    """The name of the class, or None while there is none. Offers the classes of ``base``, else those that were
    collected. The field of a new name has the key ``{key}_new``."""
    known = list(base.class_names) if base else list(collected_classes.collection().counts())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if known:
            chosen = st.selectbox(
                _("Class"),
                [_NEW, *range(len(known))],
                format_func=lambda position: _("a new class") if position == _NEW else known[position],
                key=key,
            )
            if chosen != _NEW:
                return known[chosen]
        name = st.text_input(
            _("Name of the class"), key=f"{key}_new", max_chars=LONGEST_CLASS_NAME, placeholder=_("for example, cats")
        )
    return (name or "").strip() or None
