"""Which runs of the table are chosen. It stays so from screen to screen."""

from collections.abc import Sequence

import streamlit as st

_KEY = "compare_chosen"


def chosen(run_ids: Sequence[str]) -> list[str]:
    """The ids of the chosen runs among ``run_ids``, in the order in which they were chosen."""
    known = set(run_ids)
    return [run_id for run_id in st.session_state.get(_KEY, ()) if run_id in known]


def choose_among(shown: Sequence[str], among: Sequence[str]) -> None:
    """Has ``among`` be the chosen ones of those that are ``shown``; of those that are not, it stays as it was."""
    visible, wanted = set(shown), set(among)
    kept = [run_id for run_id in st.session_state.get(_KEY, ()) if run_id not in visible or run_id in wanted]
    st.session_state[_KEY] = (*kept, *(run_id for run_id in among if run_id not in kept))
