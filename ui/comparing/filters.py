"""Which runs the table shows: by a text, by tags, by states, and with those that were put away or without."""

from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from core.runs.states import RunState
from ui import run_states
from ui.text import _


def show(runs: pd.DataFrame) -> pd.DataFrame:
    """Draws the filters and returns what they let through of ``runs``, as of `core.runs.overview.Overview`."""
    tags = sorted({tag for of_run in runs["tags"] for tag in of_run})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compare_filters"):
        text = st.text_input(
            _("Find"), key="compare_find", placeholder=_("a number, a tag, a word of a note"), persist_state="session"
        )
        wanted_tags = _choose_tags(tags) if tags else []
        states = st.multiselect(
            _("State"),
            [state.value for state in RunState if (runs["state"] == state.value).any()],
            key="compare_states",
            format_func=lambda state: run_states.state_title(RunState(state)),
            placeholder=_("All"),
            persist_state="session",
        )
        shows_archived = (
            st.toggle(_("Archived too"), key="compare_archived", persist_state="session")
            if runs["is_archived"].any()
            else False
        )
    return matching(runs, text, wanted_tags, states, shows_archived=shows_archived)


def _choose_tags(tags: Sequence[str]) -> list[str]:
    return st.multiselect(_("Tags"), tags, key="compare_tags", placeholder=_("All"), persist_state="session")


def matching(
    runs: pd.DataFrame, text: str, tags: Collection[str], states: Collection[str], *, shows_archived: bool
) -> pd.DataFrame:
    """The rows that have ``text`` as their number or in their tags or their note, one of ``tags`` and one of
    ``states``; where one of these is empty, it keeps nothing out."""
    keep = pd.Series(True, index=runs.index)
    if not shows_archived:
        keep &= ~runs["is_archived"]
    if states:
        keep &= runs["state"].isin(states)
    if tags:
        keep &= runs["tags"].map(lambda of_run: not set(tags).isdisjoint(of_run)).astype(bool)
    if sought := text.strip().casefold():
        words = runs["tags"].str.join("\n") + "\n" + runs["note"]
        keep &= words.str.casefold().str.contains(sought, regex=False) | (runs["number"].astype(str) == sought)
    return runs[keep]
