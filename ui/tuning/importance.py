"""Picture: which settings made the difference."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE
from ui import session
from ui.charts import importance_bars
from ui.text import _, translate
from ui.tuning import trial_table
from ui.tuning.seen_trials import titles

if TYPE_CHECKING:
    from core.tuning.importance import Importance

_EVERY_ONE_UP_TO = 30


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws it. ``table`` as of `core.tuning.trials.trials`."""
    complete = int((table["state"] == COMPLETE).sum())
    with st.spinner(_("Computing what made the difference…")):
        found = _importance(search.id, as_of(complete, search))
    if found.shares.empty:
        st.markdown(translate(found.message))
        return
    rows = bars(found, search)
    st.altair_chart(
        importance_bars.chart(rows, st.context.theme.type or "light"),
        width="stretch",
        alt=_("The share of the differences that goes with each setting by itself, and the rest"),
        key="pictures_importance",
    )
    st.markdown(translate(found.message))
    trial_table.behind_one_click("pictures_importance_table", lambda: _show_table(rows))


def bars(found: "Importance", search: Search) -> pd.DataFrame:
    """What is drawn of it: title, share, and is_rest, which is the last one."""
    settings = pd.DataFrame({"title": found.shares["parameter"].map(titles(search)), "share": found.shares["share"]})
    rest = pd.DataFrame({"title": [_("The rest: together, or chance")], "share": [found.rest]})
    return pd.concat([settings.assign(is_rest=False), rest.assign(is_rest=True)], ignore_index=True)


def as_of(complete: int, search: Search) -> int:
    """For how many complete trials it is computed: it takes seconds, so while a search is at work, of many trials it is
    not computed anew for each."""
    if not search.state.is_working or complete <= _EVERY_ONE_UP_TO:
        return complete
    return complete - complete % (_EVERY_ONE_UP_TO // 3)


@st.cache_data(max_entries=16, show_spinner=False)
def _importance(search_id: str, complete: int) -> "Importance":
    """Kept by what it depends on."""
    from core.tuning.importance import importance  # brings Optuna, which the table has brought by now

    return importance(session.database(), search_id)


def _show_table(rows: pd.DataFrame) -> None:
    st.dataframe(
        rows[["title", "share"]],
        hide_index=True,
        column_config={
            "title": st.column_config.TextColumn(_("Setting")),
            "share": st.column_config.NumberColumn(_("Share of the differences"), format="percent"),
        },
        alt=_("The share of the differences that goes with each setting by itself, and the rest"),
    )
