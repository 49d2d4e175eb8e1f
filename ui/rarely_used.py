"""Settings that are rarely changed: out of sight until one opens them, in sight where one of them is in use."""

from contextlib import AbstractContextManager
from typing import Any

import streamlit as st


def show(title: str, key: str, *, is_used: bool) -> AbstractContextManager[Any]:
    """What is drawn inside can be opened and closed. What is open stays so while its last setting is taken back."""
    st.session_state.setdefault(key, is_used)
    return st.expander(title, key=key, type="compact", on_change="rerun")
