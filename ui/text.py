"""Texts in the language of the person at the screen.

The language is the one chosen here, else the one in the URL (``?lang=ko``, which keeps the choice over a reload), else
the browser's if there is a catalogue for it, else English.
"""

from typing import Final

import streamlit as st

from core.message import Message
from ui.catalogue import LANGUAGES, Language, translate_count, translate_message, translate_text

SESSION_KEY: Final = "language"
URL_KEY: Final = "lang"
_NOW: Final = "language_now"


def language() -> Language:
    """The language of this session: asked for some two hundred times a run, so `keep_choice` finds it out once."""
    return st.session_state.get(_NOW) or _found_out()


def choose(choice: Language) -> None:
    """Shows everything in ``choice`` from now on, in this session and after a reload."""
    st.session_state[SESSION_KEY] = st.session_state[_NOW] = choice
    st.query_params[URL_KEY] = choice


def keep_choice() -> None:
    """Carries the choice over a reload and a change of page, which clear the session and the URL; for app.py."""
    st.session_state[_NOW] = _found_out()
    chosen = _chosen()
    if chosen is None:
        return
    st.session_state[SESSION_KEY] = chosen
    if st.query_params.get(URL_KEY) != chosen:
        st.query_params[URL_KEY] = chosen


def _(text: str) -> str:
    """``text`` in the language of this session."""
    return translate_text(text, language())


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for ``count`` things in the language of this session; values are filled in by the caller."""
    return translate_count(singular, plural, count, language())


def translate(message: Message) -> str:
    """A message from core in the language of this session."""
    return translate_message(message, language())


def _found_out() -> Language:
    chosen = _chosen()
    if chosen is not None:
        return chosen
    preferred = (st.context.locale or "").split("-")[0].lower()
    return preferred if preferred in LANGUAGES else "en"


def _chosen() -> Language | None:
    choices = (st.session_state.get(SESSION_KEY), st.query_params.get(URL_KEY))
    return next((choice for choice in choices if choice in LANGUAGES), None)
