"""All trials of a search as a table. The run of the one that is ticked can be opened."""

import pandas as pd
import streamlit as st

from core.tuning.searches import Search
from ui.markdown import plain
from ui.text import _
from ui.tuning import trial_table

_ROW_PIXELS, _MOST_ROWS = 35, 12


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws it. ``table`` as of `core.tuning.trials.trials`."""
    shown, config = trial_table.of_everything(search, table)
    picked = st.dataframe(
        shown,
        key=f"pictures_all_{search.id}",
        hide_index=True,
        height=height(search),
        column_config=config,
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        alt=_("All trials with their settings and what they reached"),
    )
    rows = [row for row in picked["selection"]["rows"] if row < len(table)]
    if rows:
        _offer_run(table.iloc[rows[0]])


def height(search: Search) -> int:
    """In pixels: with room for the trials that were asked for, as far as they can be seen at once."""
    return _ROW_PIXELS * (1 + min(max(search.trials, 3), _MOST_ROWS)) + 2


def _offer_run(trial: pd.Series) -> None:
    if reason := trial_table.reason(trial.to_dict()):
        st.markdown(plain(reason))
    if pd.isna(trial["run_id"]):
        st.caption(_("Trial {trial:,} has no run.").format(trial=int(trial["number"]) + 1))
        return
    st.page_link(
        "pages/train/runs.py",
        label=_("Open run {number}").format(number=trial["run_number"]),
        icon=":material/arrow_forward:",
        query_params={"run": trial["run_id"]},
    )
