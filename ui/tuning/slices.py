"""Picture: for each setting, what the trials reached by its values."""

import pandas as pd
import streamlit as st

from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE, FAILED, PRUNED
from ui.charts import slices, trial_marks
from ui.text import _, language
from ui.tuning import objective, trial_table
from ui.tuning.seen_trials import axes, scale, seen, setting_columns

_NARROWEST = 270
_MOST_IN_A_ROW, _IN_A_ROW = 3, {2: 2, 4: 2}
"""As many beside each other, or by the number of settings."""


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws them. ``table`` as of `core.tuning.trials.trials`, ``best`` the number of the best trial, if there is
    one."""
    ended = seen(search, table, best)
    on_axis = scale(search, ended)
    title, theme, columns = objective.title(search.space), st.context.theme.type or "light", setting_columns(search)
    st.caption(trial_marks.legend(COMPLETE, PRUNED, FAILED))
    in_a_row = _IN_A_ROW.get(len(columns), _MOST_IN_A_ROW)
    places = st.grid(in_a_row, min_column_width=_NARROWEST, gap="medium")
    for axis in axes(search):
        with places.cell(), st.container(gap="xxsmall", key=f"pictures_slice_{columns[axis.path]}"):
            st.markdown(f"**{axis.title}**")
            trial_marks.show(
                slices.specification(axis, on_axis, title, theme, language()),
                slices.rows(ended, axis, on_axis, columns[axis.path]),
                key=f"pictures_slices_{columns[axis.path]}",
                description=_("What the trials reached, by {setting}").format(setting=axis.title),
            )
    if beyond := objective.caption_of_beyond(on_axis, ended["value"], search.space):
        st.caption(beyond)
    trial_table.show_settings(search, table, "pictures_slices_table")
