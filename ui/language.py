"""The switch between the languages."""

import streamlit as st

from ui import shown_value, text
from ui.catalogue import LANGUAGES
from ui.text import _

_KEY = "language_choice"
_NAMES = {"en": "English", "ko": "한국어"}  # each in itself: who cannot read the one, looks for the other


def show() -> None:
    """Draws the switch. A choice holds from the next run on, and over reloads."""
    shown_value.show(_KEY, text.language())
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        format_func=_NAMES.__getitem__,
        key=_KEY,
        required=True,
        on_change=_choose,
        label_visibility="collapsed",
        width="stretch",
    )


def _choose() -> None:
    text.choose(st.session_state[_KEY])
