"""Picture: each trial as a line across its settings to what it reached."""

import pandas as pd
import streamlit as st

from core.tuning.searches import Search
from ui.charts import parallel_coordinates, trial_marks
from ui.text import _, language
from ui.tuning import objective, trial_table
from ui.tuning.drawn_trials import caption, drawn
from ui.tuning.seen_trials import axes, scale, seen


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws it. ``table`` as of `core.tuning.trials.trials`, ``best`` the number of the best trial, if there is one."""
    ended = seen(search, table, best)
    on_axis = scale(search, ended)
    with_value = table[table["value"].notna()]
    shown = drawn(with_value, search.space)
    of_settings = axes(search)
    specified = parallel_coordinates.specification(
        of_settings, on_axis, objective.title(search.space), st.context.theme.type or "light", language()
    )
    st.caption(_("thick: the best · the stronger the colour, the better · dashed: pruned"))
    trial_marks.show(
        specified,
        parallel_coordinates.rows(ended[ended["trial"].isin(shown + 1)], of_settings, on_axis),
        key="pictures_parallel",
        description=_("Each trial as a line across one axis per setting, to the axis of what it reached"),
    )
    if beyond := objective.caption_of_beyond(on_axis, ended["value"], search.space):
        st.caption(beyond)
    if thinned := caption(len(shown), of=len(with_value)):
        st.caption(thinned)
    trial_table.show_settings(search, table, "pictures_parallel_table")
