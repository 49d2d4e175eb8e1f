"""Widgets that show a value kept elsewhere, such as the draft: they follow it when it changes there."""

from typing import Any

import streamlit as st


def show(key: str, value: Any) -> None:
    """Makes the widget with this key show ``value``; to be called before the widget is drawn.

    The widget gives its own changes to a callback, which runs earlier, so nothing that was typed is lost. The browser
    is told the value at each run: one that is interrupted may never reach it, and a widget that was not told shows, and
    reports as an edit, the least value that it can have.
    """
    st.session_state[key] = value
