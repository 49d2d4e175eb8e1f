"""Picture: what each trial reached, and the best up to it."""

import pandas as pd
import streamlit as st

from core.tuning.forecast import trials_to_finish
from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE, FAILED, PRUNED
from ui.charts import best_so_far, trial_marks
from ui.text import _, language, ngettext
from ui.tuning import objective, trial_table
from ui.tuning.seen_trials import scale, seen, setting_columns, titles


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws it. ``table`` as of `core.tuning.trials.trials`, ``best`` the number of the best trial, if there is one."""
    from core.tuning.trials import best_so_far as running_best  # brings Optuna, which the table has brought by now

    ended = seen(search, table, best)
    on_axis = scale(search, ended)
    course = running_best(table, search.space)
    room = max(trials_to_finish(search.space, search.trials), len(table))
    specified = best_so_far.specification(on_axis, room, _told(search), st.context.theme.type or "light", language())
    st.caption(trial_marks.legend(COMPLETE, PRUNED, FAILED))
    trial_marks.show(
        specified,
        best_so_far.rows(ended.drop(columns=list(search.space.parameters)), course, on_axis),
        key="pictures_best_so_far",
        description=_("What each trial reached, in the order of the trials, and the best so far as a line of steps"),
    )
    st.markdown(sentence(search, course))
    if beyond := objective.caption_of_beyond(on_axis, ended["value"], search.space):
        st.caption(beyond)
    trial_table.behind_one_click("pictures_best_so_far_table", lambda: _show_table(search, course))


def sentence(search: Search, course: pd.DataFrame) -> str:
    """Where the best was reached, and for how long nothing has been better; ``course`` as of
    `core.tuning.trials.best_so_far`."""
    if course.empty:
        return _("No trial has been trained to its end yet.")
    best = course["best"].iloc[-1]
    first = course.loc[course["value"] == best].iloc[0]
    since = int((course["number"] > first["number"]).sum())
    reached = _("The best so far: **{value}** in trial {trial:,}.").format(
        value=objective.written(best, search.space), trial=int(first["number"]) + 1
    )
    if not since:
        return reached
    later = ngettext(
        "{count:,} complete trial since then was no better.",
        "{count:,} complete trials since then were no better.",
        since,
    ).format(count=since)
    return f"{reached} {later}"


def _told(search: Search) -> tuple[tuple[str, str], ...]:
    settings = ((column, titles(search)[path]) for path, column in setting_columns(search).items())
    return (("state_title", _("State")), ("told", objective.title(search.space)), *settings)


def _show_table(search: Search, course: pd.DataFrame) -> None:
    st.dataframe(
        pd.DataFrame({"trial": course["number"] + 1, "value": course["value"], "best": course["best"]}),
        hide_index=True,
        height=300,
        column_config={
            "trial": st.column_config.NumberColumn(_("Trial"), format="localized"),
            "value": objective.column(search.space),
            "best": objective.column(search.space, _("Best so far")),
        },
        alt=_("What each complete trial reached and the best up to it"),
    )
