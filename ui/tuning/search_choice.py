"""Which search of the project is looked at: the newest, unless another one is chosen."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from core.tuning.searches import Search
from core.tuning.trial_states import FINISHED
from ui import session
from ui.text import _, ngettext
from ui.tuning import objective, search_states

_CHOSEN: Final = "tune_search"


def choose(search_id: str) -> None:
    """Has this search looked at."""
    st.session_state[_CHOSEN] = search_id


def show(of_project: Sequence[Search]) -> Search:
    """Draws the choice, where there is one, and returns the chosen search. ``of_project``: at least one, the newest
    first."""
    known = {search.id: search for search in of_project}
    if st.session_state.get(_CHOSEN) not in known:
        choose(of_project[0].id)
    if len(known) == 1:
        return of_project[0]
    titles = {search.id: _title(search, *_reached(search)) for search in of_project}
    chosen = st.selectbox(
        _("Search"),
        list(known),
        format_func=lambda search_id: titles.get(search_id, search_id),
        key=_CHOSEN,
        label_visibility="collapsed",
        persist_state="session",
        width=460,
    )
    return known[chosen]


def _title(search: Search, finished: int, best: float | None) -> str:
    """``Search 3 · completed · 20 trials · best 97.3%``."""
    name = _("Search {number}").format(number=search.number)
    trials = ngettext("{count:,} trial", "{count:,} trials", finished).format(count=finished)
    reached = [] if best is None else [_("best {value}").format(value=objective.written(best, search.space))]
    return " · ".join([name, search_states.title(search), trials, *reached])


def _reached(search: Search) -> tuple[int, float | None]:
    """How many trials are finished, and the best value so far."""
    if search.is_at_rest:
        return _reached_at_rest(search.id, search.worked_seconds, search)
    return _looked_up(search)


@st.cache_data(max_entries=256, show_spinner=False)
def _reached_at_rest(search_id: str, worked_seconds: float, _search: Search) -> tuple[int, float | None]:
    """By how long it has worked: one that was continued since has done more."""
    return _looked_up(_search)


def _looked_up(search: Search) -> tuple[int, float | None]:
    from core.tuning import trials  # brings Optuna, which a project without searches does without

    table = trials.trials(session.database(), search.id)
    best = trials.best_k(table, search.space)["value"]
    return int(table["state"].isin(FINISHED).sum()), None if best.empty else float(best.iloc[0])
